import type { JsonObject } from '../../domain/json.ts';
import { isObject } from '../../lib/is-object.ts';
import type { Diagnostic } from '../check/diagnostic.ts';
import { environmentDiagnostics } from '../check/manifest-rules.ts';
import type { Composable, SharedLayers } from './compose.ts';

/** Those of mxt.yaml, null where there is none to say, and what it lays over manifests there. */
interface Environments {
  readonly environments: readonly string[] | null;
  readonly shared: SharedLayers;
}

/**
 * Environments in which a trigger must be valid, so that it is in all: each that its manifest names, and one of those
 * in which it stands as it is. What the overlays of mxt.yaml make of it is seen in the environments that are chosen.
 */
export function representatives(
  { environments }: JsonObject,
  { compositionIn }: Composable,
  { environments: known, shared }: Environments,
): (string | null)[] {
  const own = isObject(environments) ? Object.keys(environments) : [];
  if (known === null || known.length === 0) return [null, ...own];
  const isBare = (one: string) =>
    !own.includes(one) && !shared.overlays.has(one) && compositionIn(one) !== null;
  const bare = known.find(isBare);
  return bare === undefined ? own : [bare, ...own];
}

/** Environments that a manifest, or a key of its `for_each`, names and mxt.yaml does not. */
export function unknownEnvironments(
  { environments }: JsonObject,
  triggers: readonly Composable[],
  { environments: known }: Environments,
): Diagnostic[] {
  const ofKeys = triggers.flatMap(({ each }) =>
    each === null || !isObject(each.value) || each.value['environments'] === undefined
      ? []
      : environmentDiagnostics({ environments: each.value['environments'] }, known).map((one) => ({
          ...one,
          path: [...each.at, ...one.path],
        })),
  );
  return [...(environments === undefined ? [] : environmentDiagnostics({ environments }, known)), ...ofKeys];
}
