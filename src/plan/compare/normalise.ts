import type { JsonObject } from '../../domain/json.ts';
import type { HalfHashes } from '../../domain/label.ts';
import type { Desired } from '../../domain/manifest.ts';
import type { LabelledTrigger } from '../../domain/plan.ts';
import type { FixedHalf, PatchableHalf } from '../../domain/trigger.ts';
import { canonicalJson, sha256 } from '../../lib/canonical.ts';
import {
  actionDefaults,
  actionProperties,
  scheduleDefaults,
  scheduleProperties,
  withoutInnerDefaults,
} from '../../schema/known.ts';
import { blanked } from './ignored.ts';

/**
 * Which of live's properties count when it is laid beside a manifest.
 *  - `declared`: what the manifest says, and of the schedule what the schema knows. The service may add the rest.
 *  - `known`: what the schema knows of the action as well: once the manifest's own half changed.
 *  - `all`: everything, to find out whether a property that left the manifest was ours.
 */
export type ComparedProperties = 'declared' | 'known' | 'all';

/**
 * Both halves of a trigger in the one shape in which they are compared and hashed. Of live, the patchable one has
 * the label's form too where it is not ours: a service may write descriptions its own way.
 */
export interface Halves {
  readonly fixed: JsonObject;
  readonly patchable: JsonObject;
}

/** Stands beside `description` in a half; no manifest has it, so it is hashed and never a change. */
export const LABEL_LAYOUT = 'label_form';

const NONE: ReadonlyMap<string, unknown> = new Map();

/** A manifest beside its halves in the shape in which they are compared, and their hashes: worked out once a plan. */
export interface Manifest {
  readonly desired: Desired;
  readonly halves: Halves;
  readonly spec: HalfHashes;
}

export function asManifest(desired: Desired): Manifest {
  const halves = normaliseDesired(desired);
  return { desired, halves, spec: hashHalves(halves) };
}

/** 8 hex digits of SHA-256 over the canonical JSON of a half. */
export function hashHalf(half: JsonObject): string {
  return sha256(canonicalJson(half)).slice(0, 8);
}

export function hashHalves({ fixed, patchable }: Halves): HalfHashes {
  return { fixed: hashHalf(fixed), patchable: hashHalf(patchable) };
}

/** What a manifest says, normalised; `ignore` is left out of account where `ignoring` is false. */
export function normaliseDesired(desired: Desired, ignoring = true): Halves {
  const fixed = tidyFixed(desired.fixed);
  const written = tidyPatchable(desired.patchable, desired.fixed.trigger_type);
  const patchable = desired.title === null ? written : { ...written, title: desired.title };
  return ignoring ? ignored(desired, { fixed, patchable }) : { fixed, patchable };
}

/** What is live, normalised beside the manifest that it is compared with. */
export function normaliseLive(desired: Desired, managed: LabelledTrigger, scope: ComparedProperties): Halves {
  const { fixed, patchable } = managed;
  const declaredAction = desired.fixed.action_config;
  const declaredSchedule = desired.patchable.schedule_config;
  const knownAction = actionProperties(fixed.action_type);
  const knownSchedule = scheduleProperties(fixed.trigger_type);
  const action = tidyFixed(fixed);
  const schedule = {
    ...tidyPatchable(patchable, fixed.trigger_type),
    ...(managed.labelLayout === null ? {} : { [LABEL_LAYOUT]: managed.labelLayout }),
    // Only a manifest that says one has it compared; a service that knows none cannot be asked to change it.
    ...(desired.title === null || managed.live.name === undefined ? {} : { title: managed.live.name ?? '' }),
  };
  if (scope === 'all') return ignored(desired, { fixed: action, patchable: schedule });
  return ignored(desired, {
    fixed: {
      ...action,
      action_config: pick(
        action.action_config,
        (key) => Object.hasOwn(declaredAction, key) || (scope === 'known' && knownAction.has(key)),
      ),
    },
    patchable: {
      ...schedule,
      schedule_config: pick(
        schedule.schedule_config,
        (key) => Object.hasOwn(declaredSchedule, key) || knownSchedule.has(key),
      ),
    },
  });
}

/** A manifest with only what the schema knows: what the service added of its own falls out. */
export function withoutUnknown(desired: Desired): Desired {
  const knownAction = actionProperties(desired.fixed.action_type);
  const knownSchedule = scheduleProperties(desired.fixed.trigger_type);
  const { fixed, patchable } = desired;
  return {
    ...desired,
    fixed: { ...fixed, action_config: pick(fixed.action_config, (key) => knownAction.has(key)) },
    patchable: {
      ...patchable,
      schedule_config: pick(patchable.schedule_config, (key) => knownSchedule.has(key)),
    },
  };
}

/** Members in the order of the canonical JSON that is hashed. */
function tidyFixed(half: FixedHalf) {
  return {
    action_config: tidyAction(half, NONE),
    action_type: half.action_type,
    trigger_type: half.trigger_type,
  };
}

/** For a hash no default is taken out: a stated one is hashed as it is stated, as older labels have it. */
function tidyAction(half: FixedHalf, defaults: ReadonlyMap<string, unknown>): JsonObject {
  const config = withoutInnerDefaults(half.action_type, half.action_config);
  return tidy(config, actionProperties(half.action_type), defaults);
}

function tidyPatchable(half: PatchableHalf, triggerType: string) {
  const known = scheduleProperties(triggerType);
  return {
    description: half.description,
    schedule_config: tidy(half.schedule_config, known, scheduleDefaults(triggerType)),
  };
}

/**
 * Null equals missing and a default equals missing, for properties that the schema declares. Defaults are taken
 * out rather than filled in, so that a schema that learns of one more property moves no hash.
 */
function tidy(
  config: JsonObject,
  known: ReadonlySet<string>,
  defaults: ReadonlyMap<string, unknown>,
): JsonObject {
  return pick(
    config,
    (key) =>
      !known.has(key) || (config[key] !== null && !(defaults.has(key) && defaults.get(key) === config[key])),
  );
}

/** The same object where nothing falls out, which is the usual case and costs no copy. */
function pick(object: JsonObject, keep: (key: string) => boolean): JsonObject {
  const keys = Object.keys(object);
  if (keys.every(keep)) return object;
  return Object.fromEntries(keys.filter(keep).map((key) => [key, object[key] ?? null]));
}

/** What a trigger does and when, as a key: equal for two that would do the same, whatever their text and label. */
export function workOf(fixed: FixedHalf, schedule: JsonObject): string {
  const action = { ...fixed, action_config: tidyAction(fixed, actionDefaults(fixed.action_type)) };
  const knownAction = actionProperties(fixed.action_type);
  const knownSchedule = scheduleProperties(fixed.trigger_type);
  const when = tidy(schedule, knownSchedule, scheduleDefaults(fixed.trigger_type));
  return canonicalJson({
    ...action,
    action_config: pick(action.action_config, (key) => knownAction.has(key)),
    schedule_config: pick(when, (key) => knownSchedule.has(key)),
  });
}

/** Without what `lifecycle.ignore` leaves alone. */
function ignored({ ignore }: Desired, { fixed, patchable }: Halves): Halves {
  if (ignore.length === 0) return { fixed, patchable };
  return { fixed: blanked(ignore, fixed), patchable: blanked(ignore, patchable) };
}
