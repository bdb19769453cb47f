import TinyQueue from 'tinyqueue';
import { runsBetween } from '../runs.ts';
import type { ScheduledTrigger } from './scheduled-trigger.ts';

export interface ScheduledRun {
  readonly trigger: ScheduledTrigger;
  readonly at: Date;
}

interface Head {
  readonly trigger: ScheduledTrigger;
  at: Date;
  readonly place: number;
  readonly rest: Generator<Date>;
}

/**
 * The runs of several triggers within `from <= run < to`, the earliest first, found as they are asked for; at one moment
 * in the order of the triggers.
 */
export function* runsIn(
  triggers: readonly ScheduledTrigger[],
  window: { from: Date; to: Date },
): Generator<ScheduledRun> {
  const until = new Date(window.to.getTime() - 1);
  const heads = triggers.flatMap((trigger, place): Head[] => {
    if (trigger.clock === null) return [];
    const after = Math.max(window.from.getTime() - 1, trigger.after?.getTime() ?? -Infinity);
    const rest = runsBetween(trigger.clock, new Date(after), until, trigger.anchor ?? window.from);
    const { value, done } = rest.next();
    return done ? [] : [{ trigger, at: value, place, rest }];
  });
  const queue = new TinyQueue(heads, (a, b) => a.at.getTime() - b.at.getTime() || a.place - b.place);
  for (let head = queue.pop(); head !== undefined; head = queue.pop()) {
    const { trigger, at, rest } = head;
    yield { trigger, at };
    const { value, done } = rest.next();
    if (done) continue;
    head.at = value;
    queue.push(head);
  }
}
