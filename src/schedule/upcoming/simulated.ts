import { groupBy } from '../../lib/group-by.ts';
import { localTime } from '../zone/local-time.ts';
import { type Hour, hoursOf } from './hours.ts';
import type { Window } from './upcoming.ts';

/** Something that came of a schedule, an event or a condition. Times are Unix milliseconds. */
export interface SimulatedEvent {
  readonly at: number;
  /** `refused`: its cluster is busy. `suppressed`: its cooldown goes on. `stopped`: too many failures in a row. */
  readonly kind: 'run' | 'failed_run' | 'refused' | 'suppressed' | 'stopped';
  readonly triggerId: string;
  /** When a run ends, what refuses it ends, or the cooldown ends; `at` where nothing goes on. */
  readonly until: number;
  /** Whose run refuses it; else null. */
  readonly runningTrigger: string | null;
}

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
  /** After the plan, in the order of time. */
  readonly outcomes: readonly SimulatedEvent[];
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
  readonly timeline: readonly SimulatedEvent[];
}

export interface SimulatedInput extends Window {
  readonly asked: Date;
  readonly actors: readonly SimulatedTrigger[];
  readonly before: readonly SimulatedEvent[];
  readonly after: readonly SimulatedEvent[];
}

export function simulated({ from, to, zone, asked, actors, before, after }: SimulatedInput): Simulated {
  const within = (all: readonly SimulatedEvent[]) => all.filter(({ at }) => at <= to.getTime());
  const [first, second] = [within(before), within(after)];
  const [own, other] = [groupBy(first, triggerOf), groupBy(second, triggerOf)];
  // The window's last moment belongs to it: what falls on it has a day.
  const hours = hoursOf({ from, to: new Date(to.getTime() + 1), zone });
  const dates = [...new Set(hours.map(({ date }) => date))];
  const dayOf = dayFinder(zone);
  const byDay = groupBy(second, ({ at }) => dayOf(at));
  return {
    from,
    to,
    zone,
    asked,
    hours,
    before: figuresOf(first),
    after: figuresOf(second),
    days: dates.map((date) => ({ date, figures: figuresOf(byDay.get(date) ?? []) })),
    actors: [...actors].sort(byNameAndId).map((actor) => ({
      actor,
      before: figuresOf(own.get(actor.id) ?? []),
      after: figuresOf(other.get(actor.id) ?? []),
      outcomes: other.get(actor.id) ?? [],
    })),
    timeline: second,
  };
}

export function figuresOf(outcomes: readonly SimulatedEvent[]): Figures {
  const count = (...kinds: SimulatedEvent['kind'][]) =>
    outcomes.filter(({ kind }) => kinds.includes(kind)).length;
  return {
    runs: count('run', 'failed_run'),
    failed: count('failed_run'),
    refused: count('refused'),
    suppressed: count('suppressed'),
    stopped: count('stopped'),
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

const triggerOf = ({ triggerId }: SimulatedEvent): string => triggerId;

function byNameAndId(a: SimulatedTrigger, b: SimulatedTrigger): number {
  const [one, other] = a.name === b.name ? [a.id, b.id] : [a.name, b.name];
  return one < other ? -1 : one > other ? 1 : 0;
}
