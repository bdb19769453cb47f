import { groupBy } from '../../lib/group-by.ts';
import { runsIn } from './merge-runs.ts';
import type { ScheduledTrigger } from './scheduled-trigger.ts';

/** Runs of a trigger that fall into runs of another one, or of its own, on one cluster: the service refuses them. */
export interface Collision {
  readonly cluster: string;
  /** Whose runs are refused. */
  readonly refused: ScheduledTrigger;
  /** Whose run is under way. */
  readonly runningTrigger: ScheduledTrigger;
  /** When those runs are due, in Unix milliseconds; ascending, at least one. */
  readonly times: readonly number[];
  /** The first such run, and when the one that is under way then began. */
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
 * Which runs the service would refuse, since it lets one run at a time on a cluster, by how long runs usually take.
 * One for each two triggers, by the first such run.
 *
 * @param window Unix time, `from <= run < to`
 */
export function collisionsOf(
  triggers: readonly ScheduledTrigger[],
  window: { from: Date; to: Date },
): Collisions {
  const groups = groupBy(triggers, ({ cluster }) => cluster);
  groups.delete(null);
  const most = Math.ceil(MOST / Math.max(1, groups.size));
  const found = [...groups].map(([cluster, group]) => collisionsOn(cluster ?? '', group, window, most));
  const ends = found.flatMap(({ lookedUntil }) => lookedUntil?.getTime() ?? []);
  return {
    collisions: found
      .flatMap(({ collisions }) => collisions)
      .sort((a, b) => a.first.getTime() - b.first.getTime()),
    lookedUntil: ends.length === 0 ? null : new Date(Math.min(...ends)),
  };
}

/**
 * The same for triggers that share a cluster, in the order of time.
 *
 * @param most how many runs are looked at
 */
export function collisionsOn(
  cluster: string,
  triggers: readonly ScheduledTrigger[],
  window: { from: Date; to: Date },
  most: number,
): Collisions {
  const found = new Map<ScheduledTrigger, Map<ScheduledTrigger, Collision & { readonly times: number[] }>>();
  const collisions: Collision[] = [];
  let running: { trigger: ScheduledTrigger; since: Date; until: number } | null = null;
  let looked = 0;
  for (const { trigger, at } of runsIn(triggers, window)) {
    looked += 1;
    if (looked > most) return { collisions, lookedUntil: at };
    if (running === null || at.getTime() >= running.until) {
      running = { trigger, since: at, until: at.getTime() + trigger.duration.ms };
      continue;
    }
    const { trigger: runningTrigger, since } = running;
    const pairs = found.get(trigger) ?? new Map();
    found.set(trigger, pairs);
    const pair = pairs.get(runningTrigger);
    if (pair !== undefined) pair.times.push(at.getTime());
    else {
      const collision = {
        cluster,
        refused: trigger,
        runningTrigger,
        first: at,
        since,
        times: [at.getTime()],
      };
      pairs.set(runningTrigger, collision);
      collisions.push(collision);
    }
  }
  return { collisions, lookedUntil: null };
}
