import type {
  ClockForecast,
  Credits,
  Forecast,
  MonthlyLoad,
  ScheduleForecast,
} from '../../domain/forecast.ts';
import type { Operation, Warning } from '../../domain/plan.ts';
import type { CreditTable } from '../../domain/schedule-settings.ts';
import type { LiveTrigger } from '../../domain/trigger.ts';
import { remember } from '../../lib/remember.ts';
import { readTime } from '../../lib/service-time.ts';
import { creditsPerMonth, DOCUMENTED_CREDITS } from '../credits.ts';
import { countsDifferently } from '../differs.ts';
import { nextRuns, runsPerMonth } from '../runs.ts';
import { type Clock, clockOf, zoneOf } from '../schedule-clock.ts';
import { wordsOf } from '../schedule-words.ts';
import { beforeAndAfter, type TriggerState, triggerStateOf } from './before-and-after.ts';
import { todayWords } from './today.ts';

/** How many runs a reviewer is shown. */
const SHOWN = 3;
const NOTHING: MonthlyLoad = { runs: 0, credits: null };

/** Works out what runs, as of one moment. Pure arithmetic, each schedule counted once: many triggers share one. */
export class Forecaster {
  readonly #now: Date;
  readonly #credits: CreditTable;
  readonly #cronRuns: (clock: Clock) => number;

  /** @param credits what a run costs, over what is documented */
  constructor(now: Date, credits: CreditTable) {
    this.#now = now;
    this.#credits = { ...DOCUMENTED_CREDITS, ...credits };
    this.#cronRuns = remember((clock) => runsPerMonth(clock, now));
  }

  /**
   * What will run before and after a plan: each operation's schedule, and the load of the whole namespace.
   *
   * @param live every trigger of the namespace
   */
  forecast(operations: readonly Operation[], live: readonly LiveTrigger[]): Forecast {
    const schedules = new Map<string, ScheduleForecast | null>();
    const before = live
      .filter(({ status }) => status !== 'disabled')
      .reduce((sum, one) => add(sum, this.#load(triggerStateOf(one))), NOTHING);
    let after = before;
    for (const operation of operations) {
      const sides = beforeAndAfter(operation);
      for (const state of sides.before) after = add(after, this.#load(state), -1);
      for (const state of sides.after) after = add(after, this.#load(state));
      const found = this.#compare(main(sides.before), main(sides.after));
      const written = operation.kind === 'blocked' ? null : (operation.desired?.writtenCron ?? null);
      schedules.set(operation.digest, found && { ...found, written });
    }
    return { schedules, before: rounded(before), after: rounded(after) };
  }

  /** Where the service means to run one of ours at another time than its schedule says here. */
  differences(live: readonly { readonly live: LiveTrigger; readonly name: string }[]): Warning[] {
    return live.flatMap(({ live: trigger, name }): Warning[] => {
      const state = triggerStateOf(trigger);
      if (!state.active) return [];
      const next = readTime(trigger.next_scheduled_at);
      const found = countsDifferently(clockIn(state), next, this.#now);
      if (found === null) return [];
      const why = found.reading === null ? '' : ` (as if ${READINGS[found.reading]})`;
      const message =
        `the service says that it runs next at ${iso(found.live)}, and its schedule means ${iso(found.expected)} ` +
        `here${why}: look whether that is what you meant`;
      return [{ code: 'counts_differently', name, message }];
    });
  }

  #load(state: TriggerState): MonthlyLoad {
    const clock = state.active ? clockIn(state) : null;
    if (clock === null) return NOTHING;
    const runs =
      clock.kind === 'cron' ? this.#cronRuns(clock) : runsPerMonth(clock, this.#now, this.#anchor(state));
    return { runs, credits: creditsPerMonth(state.action, runs, this.#credits) };
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
    const clock = clockIn(state);
    if (clock === null) return null;
    return {
      ...rounded(this.#load(state)),
      words: wordsOf(clock),
      zone: zoneOf(clock),
      next: state.active ? nextRuns(clock, this.#now, SHOWN, this.#anchor(state)) : [],
    };
  }

  #today(before: TriggerState | null, after: TriggerState | null): string | null {
    if (!before?.active || !after?.active) return null;
    const [old, now] = [clockIn(before), clockIn(after)];
    if (old === null || now === null || old === now) return null;
    const ran = { clock: old, anchor: this.#anchor(before), since: before.since };
    return todayWords(ran, { clock: now, anchor: this.#anchor(after) }, this.#now);
  }

  #anchor({ anchor }: TriggerState): Date {
    return anchor ?? this.#now;
  }
}

function clockIn({ type, schedule }: TriggerState): Clock | null {
  return clockOf(type, schedule);
}

const READINGS = {
  utc: 'the time zone did not count',
  'monday-0': 'weekdays were numbered from Monday',
  'both-days': 'the day of the month and the weekday had to come together',
} as const;

function iso(at: Date): string {
  return at.toISOString().replace(/:00\.000Z$/, 'Z');
}

/** Of two, as in the middle of a replacement, the one that runs. */
function main(states: readonly TriggerState[]): TriggerState | null {
  return states.find(({ active }) => active) ?? states.at(-1) ?? null;
}

function add(sum: MonthlyLoad, more: MonthlyLoad, sign: 1 | -1 = 1): MonthlyLoad {
  return { runs: sum.runs + sign * more.runs, credits: addCredits(sum.credits, more.credits, sign) };
}

/** To two decimals, after all sums: parts of a month leave remainders. */
function rounded({ runs, credits }: MonthlyLoad): MonthlyLoad {
  const round = (value: number) => Math.round(value * 100) / 100;
  return { runs: round(runs), credits: credits && { min: round(credits.min), max: round(credits.max) } };
}

function addCredits(sum: Credits | null, more: Credits | null, sign: 1 | -1): Credits | null {
  if (more === null) return sum;
  return { min: (sum?.min ?? 0) + sign * more.min, max: (sum?.max ?? 0) + sign * more.max };
}
