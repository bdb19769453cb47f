import type { Desired } from '../../domain/manifest.ts';
import type { Warning } from '../../domain/plan.ts';
import type { LiveTrigger } from '../../domain/trigger.ts';
import { groupBy } from '../../lib/group-by.ts';
import { leaves } from '../../lib/pointer.ts';
import { inManifestOrder } from '../compare/leaves.ts';
import { workOf } from '../compare/normalise.ts';
import type { Context } from '../context.ts';
import type { Classified } from '../observe/classify.ts';
import { type ActionDraft, blocked, type Draft } from '../operation/draft.ts';
import { freshLabel } from '../operation/next-label.ts';
import { createRequest } from '../operation/requests.ts';
import { runsAtOnce } from './state-warnings.ts';

/** Finds live triggers that may be this manifest's under another face. Built once a plan, and only if it creates. */
export interface Lookalikes {
  /** Why the create must not happen; null where nothing speaks against it. */
  blocking(desired: Desired): string | null;
  warnings(desired: Desired): Warning[];
}

export function planCreate(desired: Desired, context: Context, lookalikes: Lookalikes): Draft {
  const label = freshLabel(desired, context);
  const { description, schedule_config } = desired.patchable;
  const says = {
    ...desired.fixed,
    schedule_config,
    ...(description === '' ? {} : { description }),
    ...(desired.status === null ? {} : { status: desired.status }),
    ...(desired.protect ? { lifecycle: { protect: true } } : {}),
  };
  const draft: ActionDraft = {
    kind: 'create',
    name: desired.name,
    source: desired.source,
    cause: 'new',
    changes: inManifestOrder([...leaves(says)].map(([path, after]) => ({ path, before: null, after }))),
    desired,
    managed: null,
    requests: [createRequest(desired, label, null)],
    preconditions: [],
    warnings: [...(desired.status === 'paused' ? [] : runsAtOnce(desired)), ...lookalikes.warnings(desired)],
  };
  const reason = lookalikes.blocking(desired);
  return reason === null ? draft : blocked(draft, 'lookalike', reason);
}

/**
 * A copy of the truth is no licence to double it: a damaged or mistyped label hides a trigger of ours, and what
 * runs already under it must not be created a second time.
 */
export function findLookalikes(classified: Classified, context: Context): Lookalikes {
  const byWork = <T>(items: readonly T[], live: (item: T) => LiveTrigger) => {
    const map = new Map<string, T>();
    for (const item of items) map.set(workOfLive(live(item)), item);
    return map;
  };
  const damagedByWork = byWork(
    classified.damaged.filter(({ foreign }) => !foreign),
    ({ live }) => live,
  );
  const unmanagedByWork = byWork(classified.unmanaged, (live) => live);
  const damagedByName = new Map(
    classified.damaged
      .filter(({ owners }) => owners.includes(context.owner))
      .flatMap((item) => item.names.map((name) => [name, item] as const)),
  );
  const foreignByName = groupBy(classified.foreign, ({ label }) => label.name);
  return {
    blocking(desired) {
      const damaged = damagedByName.get(desired.name) ?? damagedByWork.get(workOfDesired(desired));
      if (damaged !== undefined) {
        return (
          `${damaged.live.trigger_id} has a damaged ownership label and may be this trigger: ` +
          'mend the last line of its description, or take the label out of it, or give the manifest another name'
        );
      }
      const { spec } = freshLabel(desired, context);
      const foreign = foreignByName
        .get(desired.name)
        ?.find(({ label }) => label.spec.fixed === spec.fixed && label.spec.patchable === spec.patchable);
      if (foreign === undefined) return null;
      return (
        `${foreign.id} is the same trigger, owned by ${foreign.label.owner}: if the owner changed, ` +
        `set previous_owner: ${foreign.label.owner} in mxt.yaml; else give the manifest another name`
      );
    },
    warnings(desired) {
      const twin = unmanagedByWork.get(workOfDesired(desired));
      if (twin === undefined) return [];
      const message = `${twin.trigger_id} has the same action and schedule and is not managed, and both will run: write adopt: ${twin.trigger_id} in the manifest to take it over`;
      return [{ code: 'unmanaged_twin', name: desired.name, message }];
    },
  };
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
