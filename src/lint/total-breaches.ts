import type { Desired } from '../domain/manifest.ts';
import type { CreditTable, TotalRules } from '../domain/schedule-settings.ts';
import { creditsPerMonth, DOCUMENTED_CREDITS } from '../schedule/credits.ts';
import { type Finding, intervalPath } from './finding.ts';
import { type ClockFigures, clockIn } from './lint-context.ts';
import { counted, number } from './lint-words.ts';

type Named = (rule: keyof TotalRules) => string;
type Load = readonly [manifest: Desired, amount: number];

/**
 * What all of some manifests break together, told at the one that adds the most. Those that are paused run nothing, and
 * what waits for events cannot be counted.
 *
 * @param named a rule as a message speaks of it: `rules.total.max_runs_per_month of environment production`
 */
export function totalBreaches(
  desired: readonly Desired[],
  { max_runs_per_month: runs, max_credits_per_month: credits }: TotalRules = {},
  prices: CreditTable,
  { runsPerMonth }: Pick<ClockFigures, 'runsPerMonth'>,
  named: Named,
): Finding<keyof TotalRules>[] {
  if (runs === undefined && credits === undefined) return [];
  const table = { ...DOCUMENTED_CREDITS, ...prices };
  const loads = desired.flatMap((manifest): Load[] => {
    const clock = manifest.status === 'paused' ? null : clockIn(manifest);
    return clock === null ? [] : [[manifest, runsPerMonth(clock)]];
  });
  const costs = loads.map(
    ([manifest, count]): Load => [
      manifest,
      creditsPerMonth(manifest.fixed.action_type, count, table)?.max ?? 0,
    ],
  );
  return [
    ...beyond(loads, runs, 'max_runs_per_month', named, (sum, all) => `${sum} runs of ${all} in 30 days`),
    ...beyond(
      costs,
      credits,
      'max_credits_per_month',
      named,
      (sum, all) => `${sum} credits that ${all} may cost in 30 days`,
    ),
  ];
}

function beyond(
  loads: readonly Load[],
  most: number | undefined,
  code: keyof TotalRules,
  named: Named,
  words: (sum: string, all: string) => string,
): Finding<keyof TotalRules>[] {
  const sum = loads.reduce((total, [, amount]) => total + amount, 0);
  const [largest] = [...loads].sort(([, a], [, b]) => b - a);
  if (most === undefined || sum <= most || largest === undefined) return [];
  const [manifest, amount] = largest;
  const message =
    `makes ${number(amount)} of the ${words(number(sum), counted(loads.length, 'manifest'))}, ` +
    `${named(code)} allows ${number(most)}`;
  const about = loads.map(([{ name }]) => name);
  const hint = 'run some less often, or raise the limit';
  return [{ code, name: manifest.name, about, path: intervalPath(manifest), on: 'value', message, hint }];
}
