import type { Json, JsonObject } from '../../domain/json.ts';

/** `${{ clusters.products }}`, as manifests refer to a resource by its name. */
const REFERENCE = /^\$\{\{\s*(?:clusters|collections|taxonomies)\.(.*)\}\}$/;

/** What an action works on, and the cluster of which the service lets one run at a time. */
export function targetOf(
  actionType: string,
  config: JsonObject,
): { readonly worksOn: string; readonly cluster: string | null } {
  const { cluster_id: cluster, taxonomy_id: taxonomy, collection_id: collection, batch_id: batch } = config;
  const parts = [
    named('cluster', cluster),
    named('taxonomy', taxonomy),
    named('collection', collection),
    named('batch', batch),
  ].filter((part) => part !== null);
  return {
    worksOn: parts.join(' on ') || actionType,
    cluster: actionType === 'cluster' && typeof cluster === 'string' ? nameIn(cluster) : null,
  };
}

function named(kind: string, id: Json | undefined): string | null {
  return typeof id === 'string' && id !== '' ? `${kind} ${nameIn(id)}` : null;
}

function nameIn(id: string): string {
  return REFERENCE.exec(id)?.[1]?.trimEnd() ?? id;
}
