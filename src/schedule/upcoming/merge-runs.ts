import TinyQueue from 'tinyqueue';
import { groupBy } from '../../lib/group-by.ts';
import { runsBetween } from '../runs.ts';
import type { ScheduledTrigger } from './scheduled-trigger.ts';

export interface ScheduledRun {
  readonly trigger: ScheduledTrigger;
  readonly at: Date;
}

/** Triggers that always run together, and when they run next. */
interface Head {
  readonly triggers: readonly ScheduledTrigger[];
  readonly rest: Generator<Date>;
  at: Date;
}

/**
 * The runs of several triggers within `from <= run < to`, the earliest first, found as they are asked for; at one moment
 * in the order of the triggers. Crons with one clock are gone through once.
 */
export function* runsIn(
  triggers: readonly ScheduledTrigger[],
  window: { from: Date; to: Date },
): Generator<ScheduledRun> {
  const until = new Date(window.to.getTime() - 1);
  const places = new Map(triggers.map((trigger, place) => [trigger, place]));
  const inOrder = (a: ScheduledTrigger, b: ScheduledTrigger) => (places.get(a) ?? 0) - (places.get(b) ?? 0);
  const together = groupBy(triggers, (trigger) =>
    trigger.clock?.kind === 'cron' && trigger.after === null ? trigger.clock : trigger,
  );
  const heads = [...together.values()].flatMap((group): Head[] => {
    const [{ clock, after, anchor } = { clock: null, after: null, anchor: null }] = group;
    if (clock === null) return [];
    const begin = Math.max(window.from.getTime() - 1, after?.getTime() ?? -Infinity);
    const rest = runsBetween(clock, new Date(begin), until, anchor ?? window.from);
    const { value, done } = rest.next();
    return done ? [] : [{ triggers: group, at: value, rest }];
  });
  const queue = new TinyQueue(heads, (a, b) => a.at.getTime() - b.at.getTime());
  for (let head = queue.pop(); head !== undefined; head = queue.pop()) {
    const { at } = head;
    const due = [head];
    while (queue.peek()?.at.getTime() === at.getTime()) due.push(queue.pop() as Head);
    const starting = due.length === 1 ? head.triggers : due.flatMap((one) => one.triggers).sort(inOrder);
    for (const trigger of starting) yield { trigger, at };
    for (const one of due) {
      const { value, done } = one.rest.next();
      if (done) continue;
      one.at = value;
      queue.push(one);
    }
  }
}
