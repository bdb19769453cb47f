import type { Desired } from '../../domain/manifest.ts';
import type { Warning } from '../../domain/plan.ts';
import type { LiveTrigger } from '../../domain/trigger.ts';
import { groupBy } from '../../lib/group-by.ts';
import { type Manifest, workOf } from '../compare/normalise.ts';
import type { Observed } from '../observe/observe.ts';
import { NewTriggers } from './new-triggers.ts';

/** Live triggers that may be a manifest's already. Built once a plan, and only if it creates. */
export interface Lookalikes {
  /** Why the create must not happen; null where it may. */
  blocking(manifest: Manifest): string | null;
  warnings(manifest: Manifest): Warning[];
}

/**
 * A copy of the truth is no licence to double it: a damaged or mistyped label hides a trigger of ours, and what
 * runs already under it must not be created a second time.
 */
export function findLookalikes(observed: Observed): Lookalikes {
  const { owner, damaged, unmanaged, foreign } = observed;
  const newTriggers = new NewTriggers(observed);
  const byWork = <T>(items: readonly T[], live: (item: T) => LiveTrigger) => {
    const map = new Map<string, T>();
    for (const item of items) map.set(workOfLive(live(item)), item);
    return map;
  };
  const damagedByWork = byWork(
    damaged.filter((one) => !one.foreign),
    ({ live }) => live,
  );
  const unmanagedByWork = groupBy(unmanaged, workOfLive);
  /** Of several, the one with the manifest's title. */
  const twinOf = (desired: Desired) => {
    const twins = unmanagedByWork.get(workOfDesired(desired)) ?? [];
    return twins.find((one) => hasTitleOf(desired, one)) ?? twins.at(-1);
  };
  const damagedByName = new Map(
    damaged
      .filter(({ owners }) => owners.includes(owner))
      .flatMap((item) => item.names.map((name) => [name, item] as const)),
  );
  const foreignByName = groupBy(foreign, ({ label }) => label.name);
  return {
    blocking({ desired, spec }) {
      const names = [desired.name, ...desired.renamedFrom];
      const broken =
        names.map((name) => damagedByName.get(name)).find((one) => one !== undefined) ??
        damagedByWork.get(workOfDesired(desired));
      if (broken !== undefined) {
        return (
          `${broken.live.trigger_id} may be this trigger, and it ${broken.trouble.what}: ` +
          `${broken.trouble.remedy}, or give the manifest another name`
        );
      }
      const other = foreignByName
        .get(desired.name)
        ?.find(({ label }) => label.spec.fixed === spec.fixed && label.spec.patchable === spec.patchable);
      if (other !== undefined) {
        return (
          `${other.id} is the same trigger, owned by ${other.label.owner}: if the owner changed, ` +
          `set previous_owner: ${other.label.owner} in mxt.yaml; else give the manifest another name`
        );
      }
      const twin = twinOf(desired);
      if (twin === undefined || !hasTitleOf(desired, twin)) return null;
      return (
        `${twin.trigger_id} has the title, action and schedule of this manifest, and no ownership label: was its ` +
        `description retyped? Write adopt: ${twin.trigger_id} in the manifest to take it over, or change the title`
      );
    },
    warnings({ desired }) {
      const known = newTriggers.warnings(desired);
      const twin = twinOf(desired);
      if (twin === undefined || hasTitleOf(desired, twin)) return known;
      const message = `${twin.trigger_id} has the same action and schedule and is not managed, and both will run: write adopt: ${twin.trigger_id} in the manifest to take it over`;
      return [...known, { code: 'unmanaged_twin', name: desired.name, message }];
    },
  };
}

/** A manifest without a title is called by its name. */
function hasTitleOf({ name, title }: Desired, live: LiveTrigger): boolean {
  return live.name === (title ?? name);
}

function workOfDesired({ fixed, patchable }: Desired): string {
  return workOf(fixed, patchable.schedule_config);
}

function workOfLive({
  action_type = '',
  action_config = {},
  trigger_type = '',
  schedule_config = {},
}: LiveTrigger) {
  return workOf({ action_type, action_config, trigger_type }, schedule_config);
}
