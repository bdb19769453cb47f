import type { JsonObject } from '../../domain/json.ts';
import { catchUp } from '../engine/catch-up.ts';
import { type NamespacedEvent, reportEvents } from '../engine/report-events.ts';
import type { Call } from '../http/operation.ts';
import { readBody } from '../http/operation.ts';
import { badRequest, invalid, type Refusal } from '../http/reply-outcome.ts';
import type { Shape } from '../http/shape.ts';
import type { NamespaceStates } from '../store/namespace-state.ts';
import type { Behaviour } from '../variants/behaviour.ts';

/** Something about the sandbox itself, and so about all of its namespaces. */
export type Control = (
  worlds: NamespaceStates,
  call: Call,
  now: Date,
  service: Behaviour,
) => Controlled | Refusal;

export interface Controlled {
  readonly kind: 'controlled';
  readonly status: 200;
  readonly body: JsonObject;
  readonly worlds: NamespaceStates;
}

export const controlled = (worlds: NamespaceStates, body: JsonObject): Controlled => ({
  kind: 'controlled',
  status: 200,
  body,
  worlds,
});

/** GET /sandbox/clock */
export const getClock: Control = (worlds, _, now) =>
  controlled(worlds, { now: now.toISOString(), moved_by_hand: worlds.clock !== null });

const TO: Shape = { to: { type: 'string', required: true } };

/** A date, or a date and a time with its distance from UTC: a time without one is another moment on each machine. */
const ISO = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d))?$/;

/** Runs and ends of runs in one move: about a second of work, or a year of a run a minute. */
const MOST_STEPS = 1_100_000;

/**
 * POST /sandbox/clock. Everything that falls due up to that moment runs, in all namespaces; from then on the clock
 * stands there until it is moved again.
 */
export const moveClock: Control = (worlds, call, now) => {
  const read = readBody(call, TO, 'required');
  if (!read.ok) return read.refusal;
  const text = String(read.value['to']);
  const to = new Date(ISO.test(text) ? text : Number.NaN);
  if (Number.isNaN(to.getTime())) {
    const message = 'must be a moment in ISO 8601 with its distance from UTC, such as 2026-03-01T12:00:00Z';
    return invalid([{ field: 'to', message }]);
  }
  if (to < now) {
    return badRequest(
      `The clock cannot go back: it is at ${now.toISOString()}, and ${to.toISOString()} is before that`,
      {
        now: now.toISOString(),
        to: to.toISOString(),
      },
    );
  }
  const happened: NamespacedEvent[] = [];
  const moved = new Map(worlds.worlds);
  let limit = MOST_STEPS;
  for (const [namespace_id, world] of worlds.worlds) {
    const note = (happening: NamespacedEvent['happening']): void => {
      happened.push({ namespace_id, happening });
    };
    const settled = catchUp(world, to, { note, limit });
    if (settled.at < to) return tooFar(now, to, settled.at);
    moved.set(namespace_id, settled.world);
    limit -= settled.steps;
  }
  happened.sort((a, b) => a.happening.at - b.happening.at);
  const body = {
    now: to.toISOString(),
    moved_by_hand: true,
    from: now.toISOString(),
    ...reportEvents(happened, to),
  };
  return controlled({ clock: to.getTime(), worlds: moved }, body);
};

const tooFar = (now: Date, to: Date, at: Date): Refusal =>
  badRequest(
    `Too much would run until ${to.toISOString()} to do it at once: nothing was done. Move the clock in smaller steps, the first of them before ${at.toISOString()}`,
    { now: now.toISOString(), to: to.toISOString(), before: at.toISOString() },
  );
