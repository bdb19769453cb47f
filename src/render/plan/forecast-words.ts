import type { Plan as PlanJson } from '../../../generated/plan.d.ts';
import { rateOfMonthly } from '../../schedule/rate.ts';
import { countWords, showCount } from '../text/value.ts';

type ForecastJson = NonNullable<PlanJson['forecast']>;

export interface ForecastWords {
  /** `30 → 60 runs a month, 1,500–15,000 → 3,000–30,000 of 20,000 credits a month` */
  readonly sum: string;
  /** A sentence: what the numbers count, and what they do not; empty where nothing is there. */
  readonly counts: string;
}

/** The service documents what clustering costs, and nothing else. */
export const NO_PRICE = 'no known price';

/** What runs in the whole namespace, what it costs and what bounds that. The text is ours. Null where nobody asked. */
export function forecastWords(forecast: ForecastJson | undefined): ForecastWords | null {
  if (forecast === undefined) return null;
  return { sum: [runsWords(forecast), costWords(forecast)].join(', '), counts: countsWords(forecast) };
}

function runsWords({ runs_per_month_before: before, runs_per_month_after: after }: ForecastJson): string {
  if (before === 0 && after === 0) return 'no runs a month';
  const [first, last] = [rateOfMonthly(before), rateOfMonthly(after)];
  const arrow =
    before === after ? '' : `${showCount(first.count)}${first.per === last.per ? '' : ` a ${first.per}`} → `;
  return `${arrow}${countWords(last.count, 'run')} a ${last.per}`;
}

function costWords(forecast: ForecastJson): string {
  const { credits_per_month_before: before, credits_per_month_after: after, budget } = forecast;
  const [old, now] = [creditRange(before) ?? '0', creditRange(after) ?? '0'];
  const bound = budget?.credits_per_month ?? null;
  if (before === null && after === null && bound === null && forecast.runs_per_month_after > 0)
    return NO_PRICE;
  const of = bound === null ? '' : ` of ${showCount(bound)}`;
  const more = (after?.max ?? 0) - (before?.max ?? 0);
  const increase =
    budget?.increase == null || more <= 0 ? '' : ` (one plan may add ${showCount(budget.increase)})`;
  return `${old === now ? now : `${old} → ${now}`}${of} credits a month${increase}${unpricedWords(forecast)}`;
}

/** They are among the runs that stand before, and not among the credits. */
function unpricedWords({
  runs_per_month_after: all,
  unpriced_runs_per_month_after: unpriced = 0,
}: ForecastJson) {
  if (unpriced === 0) return '';
  const { count, per } = rateOfMonthly(unpriced);
  const isSame = per === rateOfMonthly(all).per;
  return `, with ${NO_PRICE} for ${isSame ? `${showCount(count)} of the runs` : `${countWords(count, 'run')} a ${per}`}`;
}

function countsWords({ counted_triggers: counted, uncounted_triggers: uncounted }: ForecastJson): string {
  if (counted === undefined || uncounted === undefined) return 'Counted: the whole namespace.';
  if (counted + uncounted === 0) return '';
  const verb = uncounted === 1 ? 'waits' : 'wait';
  const waiting =
    uncounted === 0 ? '' : `, not the ${showCount(uncounted)} that ${verb} for events or conditions`;
  return `Counted: the whole namespace's ${countWords(counted, 'active trigger')} on a clock${waiting}.`;
}

/** `1,500–15,000`; null where no price is known. */
export function creditRange(credits: ForecastJson['credits_per_month_after'] | undefined): string | null {
  if (credits == null) return null;
  const [min, max] = [credits.min, credits.max].map((value) => showCount(Math.round(value)));
  return min === max ? `${min}` : `${min}–${max}`;
}
