import { localTime } from '../zone/local-time.ts';
import type { EventLog, SimulatedEvent } from './event-log.ts';
import { type Hour, hoursOf } from './hours.ts';
import type { Window } from './upcoming.ts';

/** What is simulated, by what it is called. */
export interface SimulatedTrigger {
  /** `new:` and the name, of what the plan makes. */
  readonly id: string;
  readonly name: string;
  readonly worksOn: string;
  /** The schedule in words; null where it runs by no clock. */
  readonly words: string | null;
}

/** Failed runs are runs, too. */
export interface Figures {
  readonly runs: number;
  readonly failed: number;
  readonly refused: number;
  readonly suppressed: number;
  readonly stopped: number;
}

export interface ActorFigures {
  readonly actor: SimulatedTrigger;
  readonly before: Figures;
  readonly after: Figures;
  /** After the plan, in the order of time; made anew at each call. */
  readonly outcomes: () => readonly SimulatedEvent[];
}

/** One world without a plan, and with it, up to the moment that both reached. */
export interface Simulated extends Window {
  /** The window's end as it was asked for; `to` is before it where there was too much to do. */
  readonly asked: Date;
  readonly before: Figures;
  readonly after: Figures;
  readonly days: readonly { readonly date: string; readonly figures: Figures }[];
  readonly hours: readonly Hour[];
  /** By name, then by id: also those that do nothing. */
  readonly actors: readonly ActorFigures[];
  /** After the plan, in the order of time. */
  readonly timeline: EventLog;
}

export interface SimulatedInput extends Window {
  readonly asked: Date;
  readonly actors: readonly SimulatedTrigger[];
  /** Events up to `to`. */
  readonly before: EventLog;
  readonly after: EventLog;
}

const NOTHING: Figures = { runs: 0, failed: 0, refused: 0, suppressed: 0, stopped: 0 };

export function simulated({ from, to, zone, asked, actors, before, after }: SimulatedInput): Simulated {
  const [own, other] = [figuresBy(before, triggerOf), figuresBy(after, triggerOf)];
  // The window's last moment belongs to it: what falls on it has a day.
  const hours = hoursOf({ from, to: new Date(to.getTime() + 1), zone });
  const dates = [...new Set(hours.map(({ date }) => date))];
  const dayOf = dayFinder(zone);
  const byDay = figuresBy(after, ({ at }) => dayOf(at));
  const outcomesOf = after.byTrigger();
  return {
    from,
    to,
    zone,
    asked,
    hours,
    before: sumOf(own.values()),
    after: sumOf(other.values()),
    days: dates.map((date) => ({ date, figures: byDay.get(date) ?? NOTHING })),
    actors: [...actors].sort(byNameAndId).map((actor) => ({
      actor,
      before: own.get(actor.id) ?? NOTHING,
      after: other.get(actor.id) ?? NOTHING,
      outcomes: () => outcomesOf(actor.id),
    })),
    timeline: after,
  };
}

function figuresBy(
  events: Iterable<SimulatedEvent>,
  keyOf: (event: SimulatedEvent) => string,
): ReadonlyMap<string, Figures> {
  const figures = new Map<string, { -readonly [Kind in keyof Figures]: number }>();
  for (const event of events) {
    const key = keyOf(event);
    let own = figures.get(key);
    if (own === undefined) {
      own = { ...NOTHING };
      figures.set(key, own);
    }
    const { kind } = event;
    if (kind === 'run' || kind === 'failed_run') own.runs += 1;
    if (kind === 'failed_run') own.failed += 1;
    else if (kind !== 'run') own[kind] += 1;
  }
  return figures;
}

function sumOf(all: Iterable<Figures>): Figures {
  const sum = { ...NOTHING };
  for (const one of all) {
    sum.runs += one.runs;
    sum.failed += one.failed;
    sum.refused += one.refused;
    sum.suppressed += one.suppressed;
    sum.stopped += one.stopped;
  }
  return sum;
}

/** Dates of ascending times, each quarter of an hour looked up once: no clock changes within one. */
function dayFinder(zone: string): (at: number) => string {
  let known = Number.NaN;
  let date = '';
  return (at) => {
    const quarter = Math.floor(at / 900_000);
    if (quarter !== known) {
      known = quarter;
      date = localTime(new Date(at), zone).date;
    }
    return date;
  };
}

const triggerOf = ({ triggerId }: SimulatedEvent): string => triggerId;

function byNameAndId(a: SimulatedTrigger, b: SimulatedTrigger): number {
  const [one, other] = a.name === b.name ? [a.id, b.id] : [a.name, b.name];
  return one < other ? -1 : one > other ? 1 : 0;
}
