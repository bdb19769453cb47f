import type { JsonObject } from '../domain/json.ts';
import { compose, type SharedLayers } from '../manifest/compose/compose.ts';
import { ordered } from './edit/key-order.ts';
import { put } from './into-layers.ts';
import type { Member } from './same-trigger.ts';
import { corrections, underLayers } from './under-layers.ts';

const TYPES = ['action_type', 'trigger_type'] as const;

/** A live trigger, and what its manifest would be if it were in that environment alone. */
export interface OwnManifest extends Member {
  readonly manifest: JsonObject;
}

/** Where the manifest of several environments will stand. */
export interface Place {
  readonly file: string;
  readonly shared: SharedLayers;
  /** All of mxt.yaml, in its order. */
  readonly environments: readonly string[];
}

/**
 * One manifest for the same trigger in several environments: as it is in one of them, with an overlay for what differs
 * in another, and a null for each environment that has none.
 *
 * @param base one of the members
 */
export function withOverlays(members: readonly OwnManifest[], base: OwnManifest, place: Place): JsonObject {
  const { file, shared } = place;
  const adopt = Object.fromEntries(members.map(({ environment, live }) => [environment, live.trigger_id]));
  const { environments: above, ...own } = underLayers({ ...base.manifest, adopt }, base.live, {
    file,
    shared,
    environment: base.environment,
    others: [],
  });
  const overlays = new Map(Object.entries((above ?? {}) as Record<string, JsonObject>));
  for (const member of members) {
    if (member === base) continue;
    const overlay = overlayOf(member, own, place);
    if (Object.keys(overlay).length > 0) overlays.set(member.environment, overlay);
  }
  const isIn = (name: string) => members.some(({ environment }) => environment === name);
  const { environments: all } = place;
  if (overlays.size === 0) {
    return ordered(all.every(isIn) ? own : { ...own, environments: all.filter(isIn) });
  }
  const environments = all.flatMap((name): [string, JsonObject | null][] => {
    const overlay = overlays.get(name);
    return overlay === undefined ? (isIn(name) ? [] : [[name, null]]) : [[name, overlay]];
  });
  return ordered({ ...own, environments: Object.fromEntries(environments) });
}

/** What an environment must say, so that a manifest comes to what is live there. */
function overlayOf({ environment, manifest, live }: OwnManifest, own: JsonObject, place: Place): JsonObject {
  // The types come first: they decide which defaults the trigger takes.
  const types = Object.fromEntries(
    TYPES.filter((type) => manifest[type] !== own[type]).map((type) => [type, manifest[type] ?? null]),
  );
  const composed = composedIn(environment, { ...own, environments: { [environment]: types } }, place);
  return corrections(composed, manifest, live).reduce<JsonObject>(
    (overlay, { path, wanted }) => put(overlay, path, wanted),
    types,
  );
}

function composedIn(environment: string, value: JsonObject, { file, shared }: Place): JsonObject {
  const written = { file, real: file, document: 0, at: [], value };
  return compose(written, shared)?.triggers[0]?.compositionIn(environment)?.value ?? value;
}
