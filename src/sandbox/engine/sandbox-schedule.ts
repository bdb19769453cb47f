import type { Json, JsonObject } from '../../domain/json.ts';
import type { TriggerType } from '../../domain/trigger.ts';
import { readCron } from '../../schedule/cron/read-cron.ts';
import { LAST_DATE, nextRun, runsBetween } from '../../schedule/runs.ts';
import { type Clock, type CronClock, clockOf } from '../../schedule/schedule-clock.ts';
import { isZone } from '../../schedule/zone/zone.ts';
import type { FieldProblem } from '../http/reply-outcome.ts';

type Check = (value: Json, now: Date) => string | null;

const text: Check = (value) =>
  typeof value === 'string' && value !== '' ? null : 'must be a non-empty string';
const flag: Check = (value) => (typeof value === 'boolean' ? null : 'must be a boolean');
const amount: Check = (value) => (typeof value === 'number' ? null : 'must be a number');
const integer =
  (min: number): Check =>
  (value) =>
    Number.isInteger(value) && (value as number) >= min ? null : `must be an integer of at least ${min}`;
const cron: Check = (value, now) =>
  typeof value === 'string' ? cronProblem(value, now) : 'must be a string';
const zone: Check = (value) =>
  typeof value === 'string' && isZone(value) ? null : 'must be a time zone of the IANA database';

/** Why the service would refuse an expression, or null. "Standard 5-field cron" is all that its guide says. */
function cronProblem(expression: string, now: Date): string | null {
  const read = readCron(expression.trim());
  const [fault] = 'minutes' in read ? [] : read;
  const clock = clockOf('cron', { cron_expression: expression });
  const never = clock === null || nextRun(clock, now, now) === null ? 'no day matches' : null;
  const why = fault?.message ?? never;
  return why === null ? null : `Invalid cron expression '${expression}': ${why}`;
}

/**
 * What each type of trigger needs, and how what it may have is checked. Required is the least that makes a
 * schedule: the service's examples leave everything else out somewhere.
 */
const SCHEDULES: Readonly<
  Record<TriggerType, { readonly required: string; readonly checks: Record<string, Check> }>
> = {
  cron: { required: 'cron_expression', checks: { cron_expression: cron, timezone: zone } },
  interval: {
    required: 'interval_seconds',
    checks: { interval_seconds: integer(1), start_immediately: flag },
  },
  event: {
    required: 'event_type',
    checks: {
      event_type: text,
      event_threshold: integer(1),
      collection_id: text,
      cooldown_seconds: integer(0),
    },
  },
  conditional: {
    required: 'condition_type',
    checks: { condition_type: text, threshold: amount, metric: text, check_interval_seconds: integer(1) },
  },
};

/** Unknown members are allowed: the object on the wire is open. */
export function scheduleProblems(type: TriggerType, config: JsonObject, now: Date): readonly FieldProblem[] {
  const { required, checks } = SCHEDULES[type];
  return Object.entries(checks).flatMap(([name, check]) => {
    const value = config[name] ?? null;
    const field = `schedule_config.${name}`;
    if (value === null)
      return name === required ? [{ field, message: `is required for a ${type} trigger` }] : [];
    const message = check(value, now);
    return message === null ? [] : [{ field, message }];
  });
}

/** How a service reads schedules that is to be stood in for; equal clocks must stay one object. */
export type ReadAs = (clock: Clock) => Clock;
const asItIs: ReadAs = (clock) => clock;

/**
 * When a trigger that is active runs next, or null where that is not a matter of time. `fresh` is a trigger
 * that was just made, which is when `start_immediately` counts.
 */
export function firstRun(
  type: TriggerType,
  config: JsonObject,
  now: Date,
  fresh: boolean,
  readAs: ReadAs = asItIs,
): string | null {
  if (type === 'interval' && fresh && config['start_immediately'] === true) return now.toISOString();
  const at = runAfter(type, config, now.getTime(), readAs);
  return at === null ? null : new Date(at).toISOString();
}

/**
 * The first run after an instant, both in milliseconds since 1970. Null where there is none, and for a schedule that
 * only a rewriting behind the API can have made: it cannot be read, and never falls due.
 */
export function runAfter(
  type: TriggerType,
  config: JsonObject,
  after: number,
  readAs: ReadAs = asItIs,
): number | null {
  const clock = clockFor(type, config, readAs);
  return clock && clockRunAfter(clock, after);
}

/** The clock that a trigger of the service runs by; null for an event, a condition, and what cannot be read. */
export function clockFor(type: TriggerType, config: JsonObject, readAs: ReadAs = asItIs): Clock | null {
  const clock = clockOf(type, config);
  return clock && readAs(clock);
}

/** The first run of a clock after an instant that an interval is counted from; null where there is none. */
export function clockRunAfter(clock: Clock, after: number): number | null {
  if (clock.kind === 'cron') return cronRunAfter(clock, after);
  const next = after + clock.seconds * 1000;
  return next <= LAST_DATE ? next : null;
}

/** For each clock the run after an instant, and the runs that follow. */
const sequences = new WeakMap<
  CronClock,
  { readonly after: number; readonly next: number; readonly rest: Generator<Date> }
>();
const YEAR = 366 * 86_400_000;

/** An engine asks for one run after the other, and for many triggers of one clock: it goes on where it was. */
function cronRunAfter(clock: CronClock, after: number): number | null {
  const last = sequences.get(clock);
  if (last?.after === after) return last.next;
  const at = new Date(after);
  const rest = last?.next === after ? last.rest : runsBetween(clock, at, new Date(after + YEAR), at);
  const { value, done } = rest.next();
  if (done) return nextRun(clock, at, at)?.getTime() ?? null;
  sequences.set(clock, { after, next: value.getTime(), rest });
  return value.getTime();
}
