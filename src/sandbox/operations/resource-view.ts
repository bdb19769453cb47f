import type { Json, JsonObject } from '../../domain/json.ts';
import type { NamespaceState, Resource, ResourceKind } from '../store/namespace-state.ts';

/** What the newest client requires of each kind beside its id and name. */
const REQUIRED: Readonly<Record<ResourceKind, JsonObject>> = {
  cluster: { input_collections: ['col_inventory'], cluster_type: 'vector' },
  collection: {
    source: { type: 'bucket', bucket_ids: ['bkt_sandbox'] },
    feature_extractor: {
      feature_extractor_name: 'text_extractor',
      version: 'v1',
      feature_extractor_id: 'text_extractor_v1',
    },
    schedule: null,
    trigger_id: null,
  },
  taxonomy: {
    config: {
      taxonomy_type: 'flat',
      retriever_id: 'ret_products',
      input_mappings: [],
      source_collection: { collection_id: 'col_inventory' },
    },
  },
  retriever: {
    stages: [{ stage_name: 'search', config: { stage_id: 'feature_search' }, parameters: {} }],
    fusion: null,
    collection_identifiers: [],
  },
};

/** A resource as the service answers it, with as much as its client insists on. */
export function resourceView(
  world: NamespaceState,
  kind: ResourceKind,
  { id, name, created_at, given = {}, trigger_id }: Resource,
): JsonObject {
  const said = Object.entries(given).filter(([, value]) => value !== null);
  return {
    ...REQUIRED[kind],
    ...(Object.fromEntries(said) as Record<string, Json>),
    [`${kind}_id`]: id,
    [`${kind}_name`]: name,
    namespace_id: world.namespace_id,
    ...(trigger_id === undefined ? {} : { trigger_id }),
    created_at,
    updated_at: created_at,
  };
}
