import type { Outcome } from '../../apply/outcome.ts';
import type { Managed } from '../../domain/plan.ts';
import { describeHold } from '../../label/describe-hold.ts';
import { printable } from '../../lib/printable.ts';
import { FORMAT_VERSION } from '../plan/plan-json.ts';
import type { Colors } from '../text/colors.ts';
import { countOutcomes, outcomeLine, outcomesJson, type ResultJson } from './report.ts';

/** What a hold says: why, who and until when (ISO 8601). */
interface ShownHold {
  readonly reason: string;
  readonly by: string | null;
  readonly until: string | null;
}

type HoldJson = Pick<ResultJson, 'format_version' | 'summary' | 'operations'> & { readonly hold?: ShownHold };

/** What pausing or resuming came to, in the words of `apply --format json`, and the hold that was put on. */
export function holdJson(outcomes: readonly Outcome[], hold: ShownHold | null): HoldJson {
  return {
    format_version: FORMAT_VERSION,
    summary: countOutcomes({ outcomes }),
    operations: outcomesJson(outcomes),
    ...(hold === null ? {} : { hold: { ...hold } }),
  };
}

/** What failed and why, whose holds were lifted or kept, then the count: `Paused: 3 of 4, held until …`. */
export function holdText(
  outcomes: readonly Outcome[],
  {
    verb,
    done,
    kept,
  }: { readonly verb: 'pause' | 'resume'; readonly done: string; readonly kept: readonly Managed[] },
  colors: Colors,
): string {
  const { applied, failed, skipped } = countOutcomes({ outcomes });
  const problems = outcomes.filter(({ outcome }) => outcome !== 'applied');
  const rest = [
    ...(failed > 0 ? [colors.red(`${failed} failed`)] : []),
    ...(skipped > 0 ? [colors.yellow(`${skipped} not done`)] : []),
  ];
  const count = problems.length === 0 ? `${applied}` : `${applied} of ${outcomes.length}`;
  const how = applied === 0 ? '' : `, ${printable(done)}`;
  const lifted = verb === 'pause' ? [] : outcomes.flatMap(({ operation: { managed } }) => managed ?? []);
  return [
    ...problems.map((outcome) => outcomeLine(outcome, colors)),
    ...kept.map(
      ({ label, status }) =>
        `${label.name}: ${status === 'active' ? 'paused again' : 'left as it is'}, ${printable(describeHold(label))}`,
    ),
    ...lifted.map(({ label }) => `${label.name}: was ${printable(describeHold(label))}`),
    `${colors.bold(verb === 'pause' ? 'Paused:' : 'Resumed:')} ${[`${count}${how}`, ...rest].join('; ')}.`,
    '',
  ].join('\n');
}
