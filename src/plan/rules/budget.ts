import type { MonthlyLoad } from '../../domain/forecast.ts';
import type { GuardRefusal, Plan } from '../../domain/plan.ts';
import { numberWords } from '../../lib/plain-words.ts';

const show = (credits: number) => numberWords(credits, 2);

/**
 * A plan that raises the forecast to beyond the budget, by the upper end of what runs may cost. One that lowers it or
 * changes nothing is never refused, however much is live already: it is the way out.
 */
export function overBudget({ forecast }: Pick<Plan, 'forecast'>): GuardRefusal[] {
  if (forecast?.budget == null) return [];
  const { budget, before, after } = forecast;
  const [old, now] = [most(before), most(after)];
  if (now <= old) return [];
  const refuse = (limit: number, found: number, allows: string): GuardRefusal => {
    const flag = `--max-credits ${Math.ceil(now)}`;
    const message =
      `the forecast rises from ${show(old)} to ${show(now)} credits a month at most, ${allows}; ` +
      `${flag} allows it this once`;
    return { guard: 'budget', limit, found, flag, message };
  };
  const { credits_per_month: total, increase, byFlag } = budget;
  const rise = Math.round((now - old) * 100) / 100;
  const whose = byFlag ? '--max-credits' : 'budget.credits_per_month';
  return [
    ...(total !== undefined && now > total ? [refuse(total, now, `${whose} allows ${show(total)}`)] : []),
    ...(increase !== undefined && rise > increase
      ? [refuse(increase, rise, `which is ${show(rise)} more, budget.increase allows ${show(increase)}`)]
      : []),
  ];
}

/** Runs without a known price count nothing: they are told beside it. */
function most({ credits }: MonthlyLoad): number {
  return credits?.max ?? 0;
}
