import { localTime } from '../zone/local-time.ts';
import type { EventLog, SimulatedEvent } from './event-log.ts';
import { type Hour, hoursOf } from './hours.ts';
import { type Figures, Tally } from './tally.ts';
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
  /** Up to `to`, by the ids of triggers. */
  readonly before: Tally;
  /** Up to `to`. */
  readonly after: EventLog;
}

export function simulated({ from, to, zone, asked, actors, before, after }: SimulatedInput): Simulated {
  // The window's last moment belongs to it: what falls on it has a day.
  const hours = hoursOf({ from, to: new Date(to.getTime() + 1), zone });
  const dates = [...new Set(hours.map(({ date }) => date))];
  const dayOf = dayFinder(zone);
  const [byTrigger, byDay] = [new Tally(), new Tally()];
  for (const { at, kind, triggerId } of after) {
    byTrigger.add(triggerId, kind);
    byDay.add(dayOf(at), kind);
  }
  const outcomesOf = after.byTrigger();
  return {
    from,
    to,
    zone,
    asked,
    hours,
    before: before.total(),
    after: byTrigger.total(),
    days: dates.map((date) => ({ date, figures: byDay.of(date) })),
    actors: [...actors].sort(byNameAndId).map((actor) => ({
      actor,
      before: before.of(actor.id),
      after: byTrigger.of(actor.id),
      outcomes: () => outcomesOf(actor.id),
    })),
    timeline: after,
  };
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

function byNameAndId(a: SimulatedTrigger, b: SimulatedTrigger): number {
  const [one, other] = a.name === b.name ? [a.id, b.id] : [a.name, b.name];
  return one < other ? -1 : one > other ? 1 : 0;
}
