import type { JsonObject } from '../../domain/json.ts';
import type { Desired } from '../../domain/manifest.ts';
import type { Change, Managed } from '../../domain/plan.ts';
import type { FixedHalf, PatchableHalf } from '../../domain/trigger.ts';
import { compareText } from '../../lib/compare-text.ts';
import { setAt } from '../../lib/pointer.ts';
import { type Section, sectionShapes, withoutDefaults } from '../../schema/known.ts';
import { diffLeaves, inManifestOrder } from './leaves.ts';

/** A trigger of one of two environments, as a manifest would say it: known defaults are left out. */
export interface Sided {
  readonly name: string;
  readonly manifest: JsonObject;
}

/** How two environments differ, each list by name. */
export interface SideBySide<T extends Sided> {
  readonly onlyLeft: readonly T[];
  readonly onlyRight: readonly T[];
  /** `before` is what the left one says, `after` the right one. At least one change each. */
  readonly differing: readonly { readonly left: T; readonly right: T; readonly changes: readonly Change[] }[];
  readonly equal: number;
}

/** Lays the triggers of two environments side by side, by their names. */
export function sideBySide<T extends Sided>(left: readonly T[], right: readonly T[]): SideBySide<T> {
  const others = new Map(right.map((one) => [one.name, one]));
  const names = new Set(left.map(({ name }) => name));
  const pairs = byName(left).flatMap((one) => {
    const other = others.get(one.name);
    if (other === undefined) return [];
    const changes = inManifestOrder(diffLeaves(one.manifest, other.manifest));
    return [{ left: one, right: other, changes }];
  });
  return {
    onlyLeft: byName(left.filter(({ name }) => !others.has(name))),
    onlyRight: byName(right.filter(({ name }) => !names.has(name))),
    differing: pairs.filter(({ changes }) => changes.length > 0),
    equal: pairs.filter(({ changes }) => changes.length === 0).length,
  };
}

function byName<T extends Sided>(sides: readonly T[]): T[] {
  return [...sides].sort((a, b) => compareText(a.name, b.name));
}

/** What a manifest says in its environment. A secret is the reference that it is written as: its value says nothing. */
export function manifestOf(desired: Desired): JsonObject {
  const { title, status, protect, ignore, release, tags, fixed, patchable, secrets } = desired;
  const manifest = {
    ...(title === null ? {} : { title }),
    ...halvesOf(fixed, patchable),
    ...(status === null ? {} : { status }),
    ...(tags.length > 0 ? { tags: [...tags] } : {}),

    ...(protect || ignore.length > 0
      ? {
          lifecycle: {
            ...(protect ? { protect } : {}),
            ...(ignore.length > 0 ? { ignore: [...ignore] } : {}),
          },
        }
      : {}),
    ...(release ? { release } : {}),
  };
  return secrets.reduce<JsonObject>(
    (made, { pointer, template }) => (template === null ? made : setAt(made, pointer, template)),
    manifest,
  );
}

/** What is live, as a manifest would say it. */
export function liveManifestOf({ fixed, patchable, live, label, status }: Managed): JsonObject {
  const { name: title = null } = live;
  return {
    // The name of its manifest is what a trigger is called that nobody gave a title.
    ...(title === null || title === label.name ? {} : { title }),
    ...halvesOf(fixed, patchable),
    status,
    ...(label.protect ? { lifecycle: { protect: true } } : {}),
  };
}

function halvesOf(fixed: FixedHalf, { schedule_config, description }: PatchableHalf): JsonObject {
  const { action_type, action_config, trigger_type } = fixed;
  return {
    ...(description === '' ? {} : { description }),
    action_type,
    action_config: tidy('action_config', action_type, action_config),
    trigger_type,
    schedule_config: tidy('schedule_config', trigger_type, schedule_config),
  };
}

function tidy(section: Section, type: string, config: JsonObject): JsonObject {
  return withoutDefaults(config, sectionShapes(section).get(type));
}
