import type { ResourceKind } from '../domain/resource.ts';

/** Of which kind the resource is whose id, or ids, a member holds. JSON Schema has no word for it. */
const KIND_OF: Readonly<Record<string, ResourceKind>> = {
  cluster_id: 'clusters',
  collection_id: 'collections',
  include_collections: 'collections',
  output_collection_ids: 'collections',
  retriever_id: 'retrievers',
  target_collection_id: 'collections',
  taxonomy_id: 'taxonomies',
};

/**
 * @param properties what the section's schema declares: a member that it does not know may be anything
 * @returns undefined where a member holds no id of a resource that can be looked up
 */
export function resourceKindOf(
  member: string,
  properties: Readonly<Record<string, unknown>>,
): ResourceKind | undefined {
  return Object.hasOwn(properties, member) && Object.hasOwn(KIND_OF, member) ? KIND_OF[member] : undefined;
}
