import type { Outcome } from '../../apply/outcome.ts';
import { type Health, healthJson } from '../../domain/health.ts';
import {
  type Operation,
  type PlanSelection,
  selectionJson,
  type Warning,
  warningJson,
} from '../../domain/plan.ts';
import { printable } from '../../lib/printable.ts';
import { FORMAT_VERSION } from '../plan/plan-json.ts';
import { SYMBOLS } from '../plan/plan-words.ts';
import { equalWords, notEqualWords } from '../plan/summary.ts';
import type { Colors } from '../text/colors.ts';
import type { Count } from '../text/environments-sum.ts';
import { healthWords } from '../text/health-words.ts';
import type { ShownSelection } from '../text/selection-words.ts';

/** What apply did. `converged` is null where the closing list was not read. */
export interface Report {
  readonly digest: string;
  readonly outcomes: readonly Outcome[];
  readonly converged: boolean | null;
  /** What of the plan it speaks of; null where of all. */
  readonly selection: PlanSelection | null;
  /** What the closing list shows and nothing is to be done about: values that the service stores otherwise. */
  readonly warnings?: readonly Warning[];
  /** How the owned triggers are that it speaks of: at the end, or in the plan where nothing was sent. */
  readonly health?: Health;
}

export function countOutcomes({ outcomes }: Pick<Report, 'outcomes'>) {
  const count = (kind: Outcome['outcome']) => outcomes.filter(({ outcome }) => outcome === kind).length;
  return {
    applied: count('applied'),
    failed: count('failed'),
    skipped: count('skipped'),
    blocked: count('blocked'),
  };
}

type Counts = ReturnType<typeof countOutcomes>;

/** For the sum over environments. */
export function outcomeCounts(report: Pick<Report, 'outcomes'>): readonly Count[] {
  const { applied, failed, skipped, blocked } = countOutcomes(report);
  return [
    [applied, 'applied'],
    [failed, 'failed'],
    [skipped, 'not done'],
    [blocked, 'blocked'],
  ];
}

/** `3 applied, 1 failed, 2 not done, 1 blocked`; `nothing to apply` in place of what was applied where nothing was tried. */
export function outcomeWords(
  { applied, failed, skipped, blocked }: Counts,
  paint: Readonly<Partial<Record<keyof Counts, (text: string) => string>>> = {},
): string {
  const part = (kind: keyof Counts, count: number, words: string) =>
    count > 0 ? [(paint[kind] ?? String)(`${count} ${words}`)] : [];
  return [
    applied + failed + skipped === 0 ? 'nothing to apply' : `${applied} applied`,
    ...part('failed', failed, 'failed'),
    ...part('skipped', skipped, 'not done'),
    ...part('blocked', blocked, 'blocked'),
  ].join(', ');
}

/** `apply --format json`, as the contract has it. */
export interface ResultJson {
  readonly format_version: string;
  /** Of the plan that was applied. */
  readonly digest: string;
  readonly summary: Counts;
  readonly operations: readonly OutcomeJson[];
  readonly converged: boolean;
  readonly selection?: ShownSelection | null;
  readonly warnings?: readonly Warning[];
  readonly health?: Health;
}

export interface OutcomeJson extends Omit<Outcome, 'operation' | 'answer'> {
  readonly kind: Operation['kind'];
  readonly name: string;
}

export function reportJson(report: Report): ResultJson {
  return {
    format_version: FORMAT_VERSION,
    digest: report.digest,
    summary: countOutcomes(report),
    operations: outcomesJson(report.outcomes),
    converged: report.converged ?? false,
    selection: selectionJson(report.selection),
    ...(report.health === undefined || healthWords(report.health) === null
      ? {}
      : { health: healthJson(report.health) }),
    ...(report.warnings === undefined || report.warnings.length === 0
      ? {}
      : { warnings: report.warnings.map((one) => warningJson(one, null)) }),
  };
}

export function outcomesJson(outcomes: Report['outcomes']): ResultJson['operations'] {
  return outcomes.map(({ operation, trigger_id, outcome, error, attempts }) => ({
    kind: operation.kind,
    name: operation.name,
    trigger_id,
    outcome,
    error,
    attempts,
  }));
}

/**
 * The end of a run in a few lines: what failed and why, what was not done, whether live equals the manifests.
 *
 * @param every whether every outcome is told: where none was shown as it came
 */
export function reportText(report: Report, colors: Colors, every = false): string {
  const counts = countOutcomes(report);
  const problems = report.outcomes.filter(
    ({ outcome }) => every || outcome === 'failed' || outcome === 'skipped',
  );
  const paint = { failed: colors.red, skipped: colors.yellow, blocked: colors.yellow };
  const words = outcomeWords(counts, paint);
  const nothing = words.startsWith('nothing');
  const verdict =
    report.converged === null
      ? colors.yellow('Whether live equals the manifests was not checked.')
      : report.converged
        ? `${equalWords({ ...report, blocked: counts.blocked > 0 })}.`
        : colors.red(`${notEqualWords(report)}.`);
  const health = healthWords(report.health);
  return [
    ...problems.map((outcome) => outcomeLine(outcome, colors)),
    ...(report.warnings ?? []).map(
      ({ name, message }) => `${colors.yellow('warning:')} ${printable(`${name}: ${message}`)}`,
    ),
    `${nothing ? colors.bold(words.replace('nothing', 'Nothing')) : `${colors.bold('Apply:')} ${words}`}. ${verdict}${health === null ? '' : ` Health: ${health}.`}`,
    '',
  ].join('\n');
}

const MARKS = { applied: '✓', failed: '✗', skipped: '·', blocked: '!' } as const;

/** One operation's outcome on one line: what a CI log shows as it happens. */
export function outcomeLine({ operation, trigger_id, outcome, error }: Outcome, colors: Colors): string {
  const verb = operation.kind === 'blocked' ? `blocked ${operation.intended}` : operation.kind;
  const id = trigger_id === null ? '' : ` ${colors.dim(printable(trigger_id))}`;
  const paint = outcome === 'applied' ? colors.green : outcome === 'failed' ? colors.red : colors.yellow;
  const why = error === null ? (outcome === 'skipped' ? ': not done' : '') : `: ${printable(error.message)}`;
  return `${paint(`${MARKS[outcome]} ${SYMBOLS[operation.kind]} ${verb}`)} ${printable(operation.name)}${id}${why}`;
}
