import type { Json, JsonObject } from '../domain/json.ts';
import type { LiveTrigger } from '../domain/trigger.ts';
import { isObject } from '../lib/is-object.ts';
import { fromPointer, leaves } from '../lib/pointer.ts';
import { valueAt } from '../manifest/check/value-at.ts';
import { compose, type SharedLayers } from '../manifest/compose/compose.ts';
import { originOf } from '../manifest/compose/layer.ts';
import { same } from './edit/first-difference.ts';
import { ordered } from './edit/key-order.ts';
import { put } from './into-layers.ts';

/** Where an exported manifest will stand, and what is laid under and over it there. */
export interface Surroundings {
  readonly file: string;
  readonly shared: SharedLayers;
  /** The one that it is exported from, and all others of mxt.yaml; null where none are defined. */
  readonly environment: string | null;
  readonly others: readonly string[];
}

/** What is sent: tags, accepted findings and protection are for the repository to say. */
const SENT: ReadonlySet<string> = new Set([
  'title',
  'description',
  'status',
  'action_type',
  'action_config',
  'trigger_type',
  'schedule_config',
]);

/**
 * A manifest that still comes to what is live, though defaults are laid under it and an overlay of mxt.yaml over it:
 * what they would change is written out, or taken away with a null.
 */
export function underLayers(manifest: JsonObject, live: LiveTrigger, surroundings: Surroundings): JsonObject {
  const { file, shared, environment, others } = surroundings;
  const written = { file, real: file, document: 0, at: [], value: manifest };
  const composition = compose(written, shared)?.triggers[0]?.compositionIn(environment);
  if (composition == null) return manifest;
  let own = manifest;
  let overlay: JsonObject = {};
  for (const { path, wanted } of corrections(composition.value, manifest, live)) {
    if (originOf(composition.layers, path).layer.kind === 'overlay') overlay = put(overlay, path, wanted);
    else own = put(own, path, wanted);
  }
  if (environment === null || Object.keys(overlay).length === 0) return ordered(own);
  const elsewhere = Object.fromEntries(others.map((name) => [name, null]));
  return ordered({ ...own, environments: { [environment]: overlay, ...elsewhere } });
}

/** What must be said above a composition, so that it comes to what is live: a null takes away. */
export function corrections(
  composed: JsonObject,
  manifest: JsonObject,
  live: LiveTrigger,
): { readonly path: readonly string[]; readonly wanted: Json }[] {
  const sent = (root: JsonObject) =>
    [...leaves(root)]
      .map(([pointer, value]) => ({ path: fromPointer(pointer), value }))
      .filter(({ path: [member = ''] }) => SENT.has(member));
  const given = sent(composed)
    .filter(({ path, value }) => !same(value, wantedAt(path, manifest, live)))
    .map(({ path: whole }) => {
      // Where not even its holder is there, that is taken away as a whole.
      const depths = whole.map((_, at) => whole.slice(0, at + 1));
      const path = depths.find((one) => wantedAt(one, manifest, live) === null) ?? whole;
      return { path, wanted: wantedAt(path, manifest, live) };
    });
  const missing = sent(manifest)
    .filter(({ path }) => valueAt(composed, path) === undefined)
    .map(({ path, value }) => ({ path, wanted: value }));
  return [...given, ...missing];
}

/** What the trigger is without any layer: null where it has no such value. */
function wantedAt(path: readonly string[], manifest: JsonObject, live: LiveTrigger): Json {
  const own = valueAt(manifest, path);
  if (own !== undefined) return own;
  const [member = ''] = path;
  if (member === 'status') return live.status === 'paused' ? 'paused' : 'active';
  const section = (live as unknown as JsonObject)[member];
  return isObject(section) ? (valueAt(section, path.slice(1)) ?? null) : null;
}
