import type { Desired } from '../domain/manifest.ts';
import { groupBy } from '../lib/group-by.ts';
import { type Finding, intervalPath } from './finding.ts';
import { firstOverlaps, type Overlap } from './first-overlaps.ts';
import { horizonFor } from './horizon.ts';
import type { Check, LintContext } from './lint-context.ts';
import { counted, listed, moment } from './lint-words.ts';
import type { Timed } from './timed.ts';

interface Member {
  readonly manifest: Desired;
  readonly timed: Timed;
}

/**
 * Triggers on one cluster whose runs may overlap: the service lets one run at a time and refuses the second. One
 * finding for all that hang together, however many they are.
 *
 * An interval is counted from when it is made or resumed, which no manifest says: nothing keeps it clear of others.
 */
export const findOverlaps: Check = (look) => {
  const { desired, clocks, assume, wanted } = look;
  if (assume.run_minutes <= 0) return [];
  const members = desired.flatMap((manifest): Member[] => {
    const { action_type: action, action_config: config } = manifest.fixed;
    if (action !== 'cluster' || typeof config['cluster_id'] !== 'string') return [];
    const timed = manifest.status === 'paused' ? null : clocks.of(manifest);
    return timed === null ? [] : [{ manifest, timed }];
  });
  const clusters = [
    ...groupBy(members, ({ manifest }) => String(manifest.fixed.action_config['cluster_id'])),
  ];
  const shared = clusters
    .filter(([, group]) => group.length > 1 && group.some(({ manifest }) => wanted(manifest.name)))
    .map(([id, group]) => ({ id, byClock: [...groupBy(group, ({ timed }) => timed)] }));
  const clocksOf = shared.flatMap(({ byClock }) => byClock.map(([timed]) => timed));
  const horizon = horizonFor(clocksOf.filter(isCron).reduce((sum, timed) => sum + timed.runsPerMonth, 0));
  return shared.flatMap(({ id, byClock }) => {
    const lanes = byClock.map(([timed, group]) => ({
      runs: isCron(timed) ? timed.within(horizon.minutes) : [],
      shared: group.length > 1,
    }));
    const { first, together } = firstOverlaps(lanes, assume.run_minutes);
    const restless = byClock.some(([timed]) => !isCron(timed));
    const groups = restless ? [byClock.map((_, lane) => lane)] : together;
    return groups.flatMap((group) => tell(id, group, byClock, first, look));
  });
};

function isCron({ clock }: Timed): boolean {
  return clock.kind === 'cron';
}

/** Tells of the trigger that meets another soonest, of those that somebody wants to hear of. */
function tell(
  cluster: string,
  group: readonly number[],
  lanes: readonly (readonly [Timed, readonly Member[]])[],
  first: readonly (Overlap | null)[],
  { wanted, clocks, assume }: LintContext,
): Finding[] {
  const members = group.flatMap((lane) =>
    (lanes[lane]?.[1] ?? []).map(({ manifest }) => ({ manifest, meeting: first[lane] ?? null, lane })),
  );
  members.sort((a, b) => (a.manifest.name < b.manifest.name ? -1 : 1));
  const [lead] = members
    .filter(({ manifest }) => wanted(manifest.name))
    .sort((a, b) => (a.meeting?.at ?? Infinity) - (b.meeting?.at ?? Infinity) || 0);
  if (lead === undefined) return [];
  const others = members.filter((member) => member !== lead);
  const { manifest, meeting } = lead;
  const when = () => {
    if (meeting === null) return 'an interval is counted from when it is made, and keeps clear of nothing';
    const partner = meeting.earlier === lead.lane ? meeting.later : meeting.earlier;
    const other = others.find(({ lane }) => lane === partner)?.manifest.name ?? '';
    const at = moment(clocks.minute(meeting.at), lanes[lead.lane]?.[0].zone ?? 'UTC');
    const after = `${counted(meeting.apart, 'minute')} after`;
    if (meeting.apart === 0) return `first ${at}, when ${other} starts too`;
    return `first ${at}, ${meeting.later === lead.lane ? `${after} ${other} starts` : `when ${other} starts ${after} it`}`;
  };
  const names = others.map((other) => other.manifest.name);
  const message =
    `its runs and those of ${listed(names)} on cluster ${cluster} may overlap, and the service refuses the ` +
    `second: ${when()} (a run is taken for ${counted(assume.run_minutes, 'minute')})`;
  return [
    {
      code: 'overlap',
      name: manifest.name,
      about: members.map((member) => member.manifest.name),
      path: intervalPath(manifest),
      on: 'value',
      message,
      hint: 'start them further apart',
    },
  ];
}
