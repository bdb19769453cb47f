import { groupBy } from '../lib/group-by.ts';
import { runsIn } from './merge.ts';
import type { Subject } from './subject.ts';

/** Runs of a trigger that fall into runs of another one, or of its own, on one cluster: the service refuses them. */
export interface Collision {
  readonly cluster: string;
  /** Whose runs are refused. */
  readonly refused: Subject;
  /** Whose run is going on. */
  readonly busy: Subject;
  /** When those runs are due; ascending, at least one. */
  readonly times: readonly Date[];
  /** The first such run, and when the one that is going on then began. */
  readonly first: Date;
  readonly since: Date;
}

/** How many runs of one cluster are looked at: an hour and a half of something that runs every second. */
const MOST = 50_000;

/**
 * Which runs the service would refuse, since it lets one run at a time on a cluster, by how long runs take as a rule.
 * One for each two triggers, by the first such run.
 */
export function collisionsOf(subjects: readonly Subject[], window: { from: Date; to: Date }): Collision[] {
  const groups = groupBy(
    subjects.filter(({ cluster, duration }) => cluster !== null && duration.ms > 0),
    ({ cluster }) => cluster,
  );
  return [...groups]
    .flatMap(([cluster, group]) => collisionsOn(cluster ?? '', group, window))
    .sort((a, b) => a.first.getTime() - b.first.getTime());
}

function collisionsOn(
  cluster: string,
  subjects: readonly Subject[],
  window: { from: Date; to: Date },
): Collision[] {
  const found = new Map<Subject, Map<Subject, Collision & { readonly times: Date[] }>>();
  let busy: { subject: Subject; since: Date; until: number } | null = null;
  let looked = 0;
  for (const { subject, at } of runsIn(subjects, window)) {
    looked += 1;
    if (looked > MOST) break;
    if (busy === null || at.getTime() >= busy.until) {
      busy = { subject, since: at, until: at.getTime() + subject.duration.ms };
      continue;
    }
    const pairs = found.get(subject) ?? new Map();
    found.set(subject, pairs);
    const pair = pairs.get(busy.subject);
    if (pair !== undefined) pair.times.push(at);
    else {
      const { subject: other, since } = busy;
      pairs.set(other, { cluster, refused: subject, busy: other, first: at, since, times: [at] });
    }
  }
  return [...found.values()].flatMap((pairs) => [...pairs.values()]);
}
