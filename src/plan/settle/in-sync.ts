import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject } from '../../domain/json.ts';
import type { Managed } from '../../domain/plan.ts';
import { isObject } from '../../lib/is-object.ts';
import type { Manifest } from '../compare/normalise.ts';

/**
 * Whether a manifest and its trigger are plainly the same, so that nothing is to be done or said: no need to lay them side
 * by side, which costs three times as much. A no says nothing. Properties in the tests hold it to the whole comparison.
 */
export function isPlainlyInSync({ desired, spec }: Manifest, managed: Managed, owner: string): boolean {
  const { label, live, status } = managed;
  return (
    label.spec.fixed === spec.fixed &&
    label.spec.patchable === spec.patchable &&
    label.lastObserved === null &&
    managed.labelLayout === null &&
    label.name === desired.name &&
    label.owner === owner &&
    label.status === desired.status &&
    label.protect === desired.protect &&
    label.replaces === null &&
    label.was === null &&
    label.hold === null &&
    label.by === null &&
    label.until === null &&
    !desired.release &&
    desired.ignore.length === 0 &&
    (status === 'active' || status === 'paused') &&
    (desired.status === null || desired.status === status) &&
    (desired.title === null || desired.title === live.name) &&
    hasSame(managed, desired)
  );
}

/** The service may add members to an action; what it adds to a schedule is for the whole comparison. */
function hasSame({ fixed, patchable }: Managed, desired: Manifest['desired']): boolean {
  const { action_type, action_config, trigger_type } = desired.fixed;
  return (
    fixed.action_type === action_type &&
    fixed.trigger_type === trigger_type &&
    patchable.description === desired.patchable.description &&
    holds(fixed.action_config, action_config) &&
    isSame(patchable.schedule_config, desired.patchable.schedule_config)
  );
}

function holds(config: JsonObject, declared: JsonObject): boolean {
  for (const name in declared) {
    if (!Object.hasOwn(config, name) || !isSame(config[name], declared[name])) return false;
  }
  return true;
}

/** Mappings member by member, for which `isDeepStrictEqual` takes three times as long. */
function isSame(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (!isObject(a) || !isObject(b)) return isDeepStrictEqual(a, b);
  return Object.keys(a).length === Object.keys(b).length && holds(a, b);
}
