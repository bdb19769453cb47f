import type { MonthlyLoad } from '../../domain/forecast.ts';
import type { GuardRefusal, Plan, Warning } from '../../domain/plan.ts';
import { numberWords } from '../../lib/plain-words.ts';

/** From how many times as much on a cost is most likely a typo in a schedule. */
const TENFOLD = 10;
const show = (value: number) => numberWords(value, 1);

interface CostRise {
  /** Null where it is the namespace's. */
  readonly name: string | null;
  readonly times: number;
  readonly message: string;
}

/** What a plan makes more than ten times as dear: triggers, else what all of them cost together. */
export function costRises({ operations, forecast }: Pick<Plan, 'operations' | 'forecast'>): CostRise[] {
  if (forecast === null) return [];
  const rises = operations.flatMap(({ name, digest, desired }) => {
    const { before = null, after = null } = forecast.schedules.get(digest) ?? {};
    const rise = before === null || after === null ? [] : riseOf(name, before, after);
    return rise.map((one) => ({ one, accepted: desired?.accepts.includes('cost_rise') === true }));
  });
  if (rises.length === 0) return riseOf(null, forecast.before, forecast.after);
  return rises.flatMap(({ one, accepted }) => (accepted ? [] : [one])); // its manifest says why
}

/** By the upper end of the range; by runs where no price is known. What cost nothing has no measure. */
function riseOf(name: string | null, before: MonthlyLoad, after: MonthlyLoad): CostRise[] {
  const [old, now, unit] =
    before.credits !== null && after.credits !== null
      ? ([before.credits.max, after.credits.max, 'credits'] as const)
      : name !== null && before.credits === null && after.credits === null
        ? ([before.runs, after.runs, 'runs'] as const)
        : ([0, 0, 'runs'] as const);
  if (old <= 0 || now <= TENFOLD * old) return [];
  const what = name === null ? 'all that is live may cost' : 'may cost';
  const message =
    `${what} ${show(now / old)} times as much as before: ${show(old)} → ${show(now)} ` +
    `${unit} a month${unit === 'credits' ? ' at most' : ''}; run it less often, unless that is intended`;
  return [
    { name, times: now / old, message: name === null ? message.replace('run it', 'run them') : message },
  ];
}

export function costRiseWarnings(plan: Pick<Plan, 'operations' | 'forecast'>): Warning[] {
  return costRises(plan).map(({ name, message }) => ({ code: 'cost_rise', name, message }));
}

/** Where `lint` makes it an error: refused, unless somebody says what the namespace may cost. */
export function costRiseRefusals(plan: Pick<Plan, 'operations' | 'forecast'>): GuardRefusal[] {
  const flag = `--max-credits ${Math.ceil(plan.forecast?.after.credits?.max ?? 0)}`;
  return costRises(plan).map(({ name, times, message }) => ({
    guard: 'cost_rise',
    limit: TENFOLD,
    found: Math.round(times * 10) / 10,
    flag,
    message: `${name === null ? '' : `${name} `}${message}; ${flag} allows it this once`,
  }));
}
