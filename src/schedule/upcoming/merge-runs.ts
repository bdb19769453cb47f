import TinyQueue from 'tinyqueue';
import { runsBetween } from '../runs.ts';
import type { ScheduledTrigger } from './scheduled-trigger.ts';

export interface ScheduledRun {
  readonly subject: ScheduledTrigger;
  readonly at: Date;
}

interface Head {
  readonly subject: ScheduledTrigger;
  at: Date;
  readonly place: number;
  readonly rest: Generator<Date>;
}

/**
 * The runs of several triggers within `from <= run < to`, the earliest first, found as they are asked for; at one moment
 * in the order of the triggers.
 */
export function* runsIn(
  subjects: readonly ScheduledTrigger[],
  window: { from: Date; to: Date },
): Generator<ScheduledRun> {
  const until = new Date(window.to.getTime() - 1);
  const heads = subjects.flatMap((subject, place): Head[] => {
    if (subject.clock === null) return [];
    const after = Math.max(window.from.getTime() - 1, subject.after?.getTime() ?? -Infinity);
    const rest = runsBetween(subject.clock, new Date(after), until, subject.anchor ?? window.from);
    const { value, done } = rest.next();
    return done ? [] : [{ subject, at: value, place, rest }];
  });
  const queue = new TinyQueue(heads, (a, b) => a.at.getTime() - b.at.getTime() || a.place - b.place);
  for (let head = queue.pop(); head !== undefined; head = queue.pop()) {
    const { subject, at, rest } = head;
    yield { subject, at };
    const { value, done } = rest.next();
    if (done) continue;
    head.at = value;
    queue.push(head);
  }
}
