/** Kinds of resources that triggers work on, and that manifests may name: `${{ clusters.products }}`. */
export const RESOURCE_KINDS = ['clusters', 'collections', 'taxonomies', 'retrievers'] as const;
export type ResourceKind = (typeof RESOURCE_KINDS)[number];

export interface Resource {
  readonly id: string;
  /** Null where the service gives none. */
  readonly name: string | null;
  /** Of a collection with a schedule: the trigger that the service made for it. */
  readonly triggerId?: string;
}

/** All resources of some kinds. A kind that is missing was not looked up. */
export type Resources = Partial<Readonly<Record<ResourceKind, readonly Resource[]>>>;

/** One of them, as the service's members begin (`cluster_id`) and as people say it. */
export const SINGULAR: Readonly<Record<ResourceKind, string>> = {
  clusters: 'cluster',
  collections: 'collection',
  taxonomies: 'taxonomy',
  retrievers: 'retriever',
};
