import type { LiveTrigger } from '../../domain/trigger.ts';
import { readTime } from '../../lib/service-time.ts';
import type { Observation } from '../readings/observation.ts';
import { readService, type ServiceReading } from '../readings/service-reading.ts';
import { clockOf } from '../schedule-clock.ts';
import { runStateOf } from './before-and-after.ts';

/** A run is written down some moments after it began. */
const MOMENTS = 10 * 60_000;

/**
 * How the service reads schedules, by what it says of all triggers that are active.
 *
 * @param nameOf what a trigger is called
 */
export function serviceReadingOf(
  live: readonly LiveTrigger[],
  nameOf: (trigger: LiveTrigger) => string,
  now: Date,
): ServiceReading {
  const observations = {
    *[Symbol.iterator]() {
      for (const trigger of live) {
        const observation = observationOf(trigger, nameOf);
        if (observation !== null) yield observation;
      }
    },
  };
  return readService(observations, now);
}

function observationOf(trigger: LiveTrigger, nameOf: (trigger: LiveTrigger) => string): Observation | null {
  const { type, schedule, active } = runStateOf(trigger);
  const clock = active ? clockOf(type, schedule) : null;
  const next = clock?.kind === 'cron' ? readTime(trigger.next_scheduled_at) : null;
  if (clock?.kind !== 'cron' || next === null) return null;
  const [last, changed] = [readTime(trigger.last_triggered_at), readTime(trigger.updated_at)];
  // A run from before the last change may be one of another schedule.
  const isOfThis = last !== null && changed !== null && changed.getTime() <= last.getTime() + MOMENTS;
  return {
    // Told of those alone that differ.
    get name() {
      return nameOf(trigger);
    },
    clock,
    next,
    last: isOfThis ? last : null,
  };
}
