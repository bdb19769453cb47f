import { createHash } from 'node:crypto';
import type { NamespaceState, Resource } from './namespace-state.ts';

/** One organisation owns everything here. */
export const INTERNAL_ID = 'int_sandbox';

// Fixed, so that a world that was only looked at need not be kept to look the same next time.
const SEEDED_AT = '2025-01-01T00:00:00.000000Z';

const seeds = (...pairs: readonly (readonly [id: string, name: string])[]): readonly Resource[] =>
  pairs.map(([id, name]) => ({ id, name, created_at: SEEDED_AT }));

/** A namespace on first use: what the service's guide speaks of is there, and no trigger. */
export function newNamespaceState(namespaceId: string): NamespaceState {
  return {
    namespace_id: namespaceId,
    stamped: 0,
    triggers: [],
    tasks: [],
    resources: {
      cluster: seeds(['clust_abc123', 'products'], ['clust_def456', 'reviews']),
      collection: seeds(
        ['col_inventory', 'inventory'],
        ['col_inv', 'inv'],
        ['col_enriched', 'enriched'],
        ['col_daily_clusters', 'daily_clusters'],
      ),
      taxonomy: seeds(['tax_products', 'products'], ['tax_reviews', 'reviews']),
      retriever: seeds(['ret_products', 'products'], ['ret_reviews', 'reviews']),
    },
  };
}

/** A namespace as an older build kept it: what it did not know is there with what it would have had. */
export function completed(kept: NamespaceState): NamespaceState {
  return {
    ...kept,
    triggers: kept.triggers.map((trigger) => ({ ...LATER_MEMBERS, ...trigger })),
    resources: { ...newNamespaceState(kept.namespace_id).resources, ...kept.resources },
  };
}

const LATER_MEMBERS = { name: null, last_volume_measurement: null };

/**
 * The header carries a namespace's id or its name. An id stands for itself; a name gets an id that follows
 * from it, so that both lead to the same world.
 */
export function namespaceId(header: string): string {
  if (header.startsWith('ns_')) return header;
  return `ns_${createHash('sha256').update(header).digest('hex').slice(0, 12)}`;
}
