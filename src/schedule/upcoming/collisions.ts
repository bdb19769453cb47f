import { groupBy } from '../../lib/group-by.ts';
import { runsIn } from './merge-runs.ts';
import type { ScheduledTrigger } from './scheduled-trigger.ts';

/** Runs of a trigger that fall into runs of another one, or of its own, on one cluster: the service refuses them. */
export interface Collision {
  readonly cluster: string;
  /** Whose runs are refused. */
  readonly refused: ScheduledTrigger;
  /** Whose run is going on. */
  readonly busy: ScheduledTrigger;
  /** When those runs are due, in Unix milliseconds; ascending, at least one. */
  readonly times: readonly number[];
  /** The first such run, and when the one that is going on then began. */
  readonly first: Date;
  readonly since: Date;
}

export interface Collisions {
  readonly collisions: readonly Collision[];
  /** Up to when all runs were looked at; null where that is the end. */
  readonly lookedUntil: Date | null;
}

/** How many runs are looked at: half a second of work. Each cluster has its share. */
const MOST = 300_000;

/**
 * Which runs the service would refuse, since it lets one run at a time on a cluster, by how long runs take as a rule.
 * One for each two triggers, by the first such run.
 */
export function collisionsOf(
  subjects: readonly ScheduledTrigger[],
  window: { from: Date; to: Date },
): Collisions {
  const groups = groupBy(
    subjects.filter(({ cluster, duration }) => cluster !== null && duration.ms > 0),
    ({ cluster }) => cluster,
  );
  const most = Math.ceil(MOST / Math.max(1, groups.size));
  const found = [...groups].map(([cluster, group]) => collisionsOn(cluster ?? '', group, window, most));
  const ends = found.flatMap(({ lookedUntil }) => lookedUntil ?? []);
  return {
    collisions: found
      .flatMap(({ collisions }) => collisions)
      .sort((a, b) => a.first.getTime() - b.first.getTime()),
    lookedUntil: ends.reduce<Date | null>(
      (least, one) => (least === null || one < least ? one : least),
      null,
    ),
  };
}

function collisionsOn(
  cluster: string,
  subjects: readonly ScheduledTrigger[],
  window: { from: Date; to: Date },
  most: number,
): Collisions {
  const found = new Map<ScheduledTrigger, Map<ScheduledTrigger, Collision & { readonly times: number[] }>>();
  const collisions = () => [...found.values()].flatMap((pairs) => [...pairs.values()]);
  let busy: { subject: ScheduledTrigger; since: Date; until: number } | null = null;
  let looked = 0;
  for (const { subject, at } of runsIn(subjects, window)) {
    looked += 1;
    if (looked > most) return { collisions: collisions(), lookedUntil: at };
    if (busy === null || at.getTime() >= busy.until) {
      busy = { subject, since: at, until: at.getTime() + subject.duration.ms };
      continue;
    }
    const pairs = found.get(subject) ?? new Map();
    found.set(subject, pairs);
    const pair = pairs.get(busy.subject);
    if (pair !== undefined) pair.times.push(at.getTime());
    else {
      const { subject: other, since } = busy;
      pairs.set(other, { cluster, refused: subject, busy: other, first: at, since, times: [at.getTime()] });
    }
  }
  return { collisions: collisions(), lookedUntil: null };
}
