import { groupBy } from '../lib/group-by.ts';
import { listed } from '../lib/plain-words.ts';
import { MONTH_DAYS } from '../schedule/runs.ts';
import { zoneOf } from '../schedule/schedule-clock.ts';
import { type Collision, collisionsOn } from '../schedule/upcoming/collisions.ts';
import { type ScheduledTrigger, scheduledFromManifest } from '../schedule/upcoming/scheduled-trigger.ts';
import { targetOf } from '../schedule/upcoming/target.ts';
import { momentWords } from '../schedule/zone/moment-words.ts';
import { type Finding, intervalPath } from './finding.ts';
import type { Check, LintContext } from './lint-context.ts';
import { counted } from './lint-words.ts';

const MINUTE = 60_000;
const MONTH = MONTH_DAYS * 24 * 60 * MINUTE;
/** Runs that are laid side by side: some hundredths of a second. Each cluster has its share. */
const AFFORDED = 50_000;

type Manifests = ReadonlyMap<ScheduledTrigger, LintContext['desired'][number]>;

/**
 * Triggers on one cluster whose runs collide in the coming month, by the rule of `mxt schedule`: the service lets one
 * run at a time and refuses the second. One finding for all that are linked by collisions, however many they are.
 *
 * An interval is counted from when it is made or resumed, which no manifest says: it may collide with anything.
 */
export const findOverlaps: Check = (context) => {
  const { desired, now, assume, wanted } = context;
  if (assume.run_minutes <= 0) return [];
  const executing = desired.filter(({ fixed }) => fixed.action_type === 'cluster');
  const byCluster = groupBy(
    executing,
    ({ fixed }) => targetOf(fixed.action_type, fixed.action_config).cluster,
  );
  const together = new Set([...byCluster.values()].filter(({ length }) => length > 1).flat());
  const manifests: Manifests = new Map(
    executing
      .filter((manifest) => together.has(manifest))
      .map((manifest) => [scheduledFromManifest(manifest, assume.run_minutes), manifest]),
  );
  const running = [...manifests.keys()].filter(
    ({ cluster, idleReason }) => cluster !== null && idleReason === null,
  );
  const shared = [...groupBy(running, ({ cluster }) => cluster)].filter(
    ([, group]) => group.length > 1 && group.some(({ name }) => wanted(name)),
  );
  const window = { from: new Date(now.getTime() + 1), to: new Date(now.getTime() + MONTH + 1) };
  return shared.flatMap(([cluster, group]) => {
    const crons = group.filter(({ clock }) => clock?.kind === 'cron');
    const share = Math.ceil(AFFORDED / shared.length);
    const collisions = collisionsOn(cluster ?? '', crons, window, share).collisions.filter(
      ({ refused, runningTrigger }) => refused !== runningTrigger,
    );
    const linked = crons.length < group.length ? [group] : linkedBy(collisions);
    const firsts = firstCollisions(collisions);
    return linked.flatMap((triggers) => findingOf(triggers, firsts, manifests, context));
  });
};

/** Triggers that collide, directly or by way of others. */
function linkedBy(collisions: readonly Collision[]): (readonly ScheduledTrigger[])[] {
  const linked = new Map<ScheduledTrigger, ScheduledTrigger[]>();
  for (const { refused, runningTrigger } of collisions) {
    const [one, other] = [linked.get(refused) ?? [refused], linked.get(runningTrigger) ?? [runningTrigger]];
    if (one === other) continue;
    const [more, fewer] = one.length < other.length ? [other, one] : [one, other];
    more.push(...fewer);
    for (const trigger of more === one ? [refused, ...fewer] : [runningTrigger, ...fewer])
      linked.set(trigger, more);
  }
  return [...new Set(linked.values())];
}

/** The first collision in which each trigger takes part. */
function firstCollisions(collisions: readonly Collision[]): Map<ScheduledTrigger, Collision> {
  const firsts = new Map<ScheduledTrigger, Collision>();
  for (const collision of collisions) {
    for (const trigger of [collision.refused, collision.runningTrigger]) {
      if (!firsts.has(trigger)) firsts.set(trigger, collision);
    }
  }
  return firsts;
}

/** Told at the trigger that collides soonest, of those that somebody wants to hear of. */
function findingOf(
  triggers: readonly ScheduledTrigger[],
  firsts: ReadonlyMap<ScheduledTrigger, Collision>,
  manifests: Manifests,
  { wanted, assume }: LintContext,
): Finding[] {
  const soonest = (trigger: ScheduledTrigger) => firsts.get(trigger)?.first.getTime() ?? Number.MAX_VALUE;
  const sorted = [...triggers].sort((a, b) => (a.name < b.name ? -1 : 1));
  const [lead] = sorted.filter(({ name }) => wanted(name)).sort((a, b) => soonest(a) - soonest(b));
  const manifest = lead && manifests.get(lead);
  if (lead === undefined || manifest === undefined) return [];
  const names = sorted.map(({ name }) => name);
  const others = listed(names.filter((name) => name !== lead.name));
  const message =
    `its runs and those of ${others} on cluster ${lead.cluster} may overlap, and the service refuses the ` +
    `second: ${when(lead, firsts.get(lead))} (a run is assumed to take ${counted(assume.run_minutes, 'minute')})`;
  return [
    {
      code: 'overlap',
      name: lead.name,
      about: names,
      path: intervalPath(manifest),
      on: 'value',
      message,
      hint: 'start them further apart',
    },
  ];
}

function when(trigger: ScheduledTrigger, collision: Collision | undefined): string {
  if (collision === undefined || trigger.clock === null)
    return 'an interval is counted from when it is made, and may start at any time';
  const { refused, runningTrigger, first, since } = collision;
  const at = `first ${momentWords(first, zoneOf(trigger.clock))}`;
  const other = (refused === trigger ? runningTrigger : refused).name;
  const minutes = (first.getTime() - since.getTime()) / MINUTE;
  if (minutes === 0) return `${at}, when ${other} starts too`;
  const after = `${counted(minutes, 'minute')} after`;
  return refused === trigger ? `${at}, ${after} ${other} starts` : `${at}, when ${other} starts ${after} it`;
}
