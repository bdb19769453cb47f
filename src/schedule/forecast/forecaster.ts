import type {
  AppliedBudget,
  ClockForecast,
  Credits,
  Forecast,
  MonthlyLoad,
  ScheduleForecast,
} from '../../domain/forecast.ts';
import type { Operation } from '../../domain/plan.ts';
import type { CreditTable } from '../../domain/schedule-settings.ts';
import type { LiveTrigger } from '../../domain/trigger.ts';
import { remember } from '../../lib/remember.ts';
import { creditsPerMonth, DOCUMENTED_CREDITS } from '../credits.ts';
import { READ_AS_HERE, type ServiceReading } from '../readings/service-reading.ts';
import { nextRuns, runsPerMonth } from '../runs.ts';
import { type Clock, clockOf, zoneOf } from '../schedule-clock.ts';
import { beforeAndAfter, type RunState, runStateOf, type TriggerState } from './before-and-after.ts';
import { todayWords } from './today.ts';

/** How many runs a reviewer is shown. */
const SHOWN = 3;
const NOTHING: MonthlyLoad = { runs: 0, credits: null, unpricedRuns: 0 };

type WordsOf = (clock: Clock) => string;

/** Works out what runs, as of one moment. Pure arithmetic, each schedule counted once: many triggers share one. */
export class Forecaster {
  readonly #now: Date;
  readonly #credits: CreditTable;
  readonly #runs: (clock: Clock) => number;
  readonly #service: ServiceReading;
  readonly #words: WordsOf;

  /**
   * @param credits what a run costs, over what is documented
   * @param words says a schedule that changes; most plans change none, and need not load them
   * @param service by whose reading runs are counted
   */
  constructor(now: Date, credits: CreditTable, words: WordsOf, service: ServiceReading = READ_AS_HERE) {
    this.#now = now;
    this.#words = words;
    this.#service = service;
    this.#credits = { ...DOCUMENTED_CREDITS, ...credits };
    this.#runs = remember((clock) => runsPerMonth(clock, now));
  }

  /**
   * What will run before and after a plan: each operation's schedule, and the load of the whole namespace.
   *
   * @param live every trigger of the namespace
   * @param budget what bounds it, as it stands in the result
   */
  forecast(
    operations: readonly Operation[],
    live: readonly LiveTrigger[],
    budget: AppliedBudget | null = null,
  ): Forecast {
    const schedules = new Map<string, ScheduleForecast | null>();
    const counts = { counted: 0, uncounted: 0 };
    const count = (state: RunState, sign: 1 | -1) => {
      const clock = state.active ? this.#clockOf(state) : null;
      if (state.active) counts[clock === null ? 'uncounted' : 'counted'] += sign;
      return this.#loadOf(state, clock);
    };
    let before = NOTHING;
    for (const one of live) if (one.status !== 'disabled') before = add(before, count(runStateOf(one), 1));
    let after = before;
    for (const operation of operations) {
      const sides = beforeAndAfter(operation);
      for (const state of sides.before) after = add(after, count(state, -1), -1);
      for (const state of sides.after) after = add(after, count(state, 1));
      const found = this.#compare(main(sides.before), main(sides.after));
      const written = operation.kind === 'blocked' ? null : (operation.desired?.writtenCron ?? null);
      schedules.set(operation.digest, found && { ...found, written });
    }
    return { schedules, before: rounded(before), after: rounded(after), ...counts, budget };
  }

  /** @param clock null where it does not run by one, or is not active */
  #loadOf({ action }: RunState, clock: Clock | null): MonthlyLoad {
    if (clock === null) return NOTHING;
    // Wherever an interval is counted from, it has as many runs: one that begins anew raises no forecast.
    const runs = this.#runs(clock);
    const credits = creditsPerMonth(action, runs, this.#credits);
    return { runs, credits, unpricedRuns: credits === null ? runs : 0 };
  }

  #compare(
    before: TriggerState | null,
    after: TriggerState | null,
  ): Omit<ScheduleForecast, 'written'> | null {
    const [old, now] = [before && this.#clockForecast(before), after && this.#clockForecast(after)];
    if (old === null && now === null) return null;
    return { before: old, after: now, today: this.#today(before, after) };
  }

  #clockForecast(state: TriggerState): ClockForecast | null {
    const clock = this.#clockOf(state);
    if (clock === null) return null;
    return {
      ...rounded(this.#loadOf(state, state.active ? clock : null)),
      words: this.#words(clock),
      zone: zoneOf(clock),
      next: state.active ? nextRuns(clock, this.#now, SHOWN, this.#anchor(state)) : [],
    };
  }

  #today(before: TriggerState | null, after: TriggerState | null): string | null {
    if (!before?.active || !after?.active) return null;
    const [old, now] = [this.#clockOf(before), this.#clockOf(after)];
    if (old === null || now === null || old === now) return null;
    const ran = { clock: old, anchor: this.#anchor(before), since: before.since };
    return todayWords(ran, { clock: now, anchor: this.#anchor(after) }, this.#now);
  }

  #clockOf({ type, schedule }: RunState): Clock | null {
    const clock = clockOf(type, schedule);
    return clock && this.#service.clockAs(clock);
  }

  #anchor({ anchor }: TriggerState): Date {
    return anchor ?? this.#now;
  }
}

/** Of two, as in the middle of a replacement, the one that runs. */
function main(states: readonly TriggerState[]): TriggerState | null {
  return states.find(({ active }) => active) ?? states.at(-1) ?? null;
}

function add(sum: MonthlyLoad, more: MonthlyLoad, sign: 1 | -1 = 1): MonthlyLoad {
  if (more === NOTHING) return sum;
  return {
    runs: sum.runs + sign * more.runs,
    credits: addCredits(sum.credits, more.credits, sign),
    unpricedRuns: sum.unpricedRuns + sign * more.unpricedRuns,
  };
}

/** To two decimals, after all sums: parts of a month leave remainders. */
function rounded({ runs, credits, unpricedRuns }: MonthlyLoad): MonthlyLoad {
  const round = (value: number) => Math.round(value * 100) / 100;
  return {
    runs: round(runs),
    credits: credits && { min: round(credits.min), max: round(credits.max) },
    unpricedRuns: round(unpricedRuns),
  };
}

function addCredits(sum: Credits | null, more: Credits | null, sign: 1 | -1): Credits | null {
  if (more === null) return sum;
  return { min: (sum?.min ?? 0) + sign * more.min, max: (sum?.max ?? 0) + sign * more.max };
}
