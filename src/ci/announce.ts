import { isAbsolute, relative, resolve } from 'node:path';
import type { Plan as PlanJson } from '../../generated/plan.d.ts';
import { countUnhealthy } from '../domain/health.ts';
import type { Problem } from '../domain/problem.ts';
import type { Ci } from './ci.ts';

/** What an apply says of itself: the part of its JSON that is announced. */
export interface ResultJson {
  readonly digest: string;
  readonly summary: Readonly<Record<'applied' | 'failed' | 'skipped' | 'blocked', number>>;
  readonly converged: boolean;
}

/** GitHub shows ten errors of a step, and drops the others without a word. */
const ANNOTATIONS_MAX = 10;

/**
 * Outputs `changes` (whether apply would do anything), `digest`, `counts` (JSON), one count per kind, and `unhealthy`
 * (what failed, is overdue, or is past the end of its hold); and the summary. Several environments: counts are added up, and there is a digest a line.
 *
 * @param markdown one text, or blocks of which the last ones are left out where there are too many
 */
export function announcePlan(
  ci: Ci | null,
  plan: PlanJson | readonly PlanJson[],
  markdown: string | readonly string[],
): void {
  if (ci === null) return;
  const plans = [plan].flat() as readonly PlanJson[];
  const counts: Record<string, number> = {};
  for (const { summary } of plans) {
    for (const [kind, count] of Object.entries(summary)) counts[kind] = (counts[kind] ?? 0) + Number(count);
  }
  const changes = plans.some(({ operations }) => operations.some(({ kind }) => kind !== 'blocked'));
  announce(ci, changes, plans.map(({ digest }) => digest).join('\n'), counts);
  const unhealthy = plans.reduce((sum, { health }) => sum + (health ? countUnhealthy(health) : 0), 0);
  ci.output('unhealthy', String(unhealthy));
  ci.summary([markdown].flat());
  for (const one of plans) announceWarnings(ci, warningsOf(one), (file) => `${one.git.prefix ?? ''}${file}`);
}

/** Those of operations too, each at its place. */
function warningsOf({ operations, warnings }: PlanJson): AnnouncedWarning[] {
  return [...operations.flatMap((one) => one.warnings), ...warnings].map((one) => ({
    ...one,
    source: one.source ?? null,
  }));
}

/**
 * Outputs `changes` (whether anything was done), `digest`, `converged`, `counts` and one per outcome; the summary. Several
 * environments: as for plans, and `converged` is true where all of them did.
 */
export function announceResult(
  ci: Ci | null,
  result: ResultJson | readonly ResultJson[],
  markdown: string | readonly string[],
): void {
  if (ci === null) return;
  const results = [result].flat() as readonly ResultJson[];
  const sum = (of: keyof ResultJson['summary']) =>
    results.reduce((total, { summary }) => total + summary[of], 0);
  const counts = {
    applied: sum('applied'),
    failed: sum('failed'),
    skipped: sum('skipped'),
    blocked: sum('blocked'),
  };
  announce(ci, counts.applied > 0, results.map(({ digest }) => digest).join('\n'), counts);
  ci.output('converged', String(results.every(({ converged }) => converged)));
  ci.summary([markdown].flat());
}

function announce(ci: Ci, changes: boolean, digest: string, counts: Record<string, number>): void {
  ci.output('changes', String(changes));
  ci.output('digest', digest);
  ci.output('counts', JSON.stringify(counts));
  for (const [name, count] of Object.entries(counts)) ci.output(name, String(count));
}

/**
 * An error on each line of a manifest that has one. Where there are more than GitHub shows, the last one says so.
 *
 * @param root the folder that the problems' files are relative to
 */
export function announceProblems(ci: Ci | null, problems: readonly Problem[], root: string): void {
  if (ci === null) return;
  const shown = problems.length <= ANNOTATIONS_MAX ? problems : problems.slice(0, ANNOTATIONS_MAX - 1);
  for (const { file, line, column, message, hint } of shown) {
    ci.error(hint === null ? message : `${message}: ${hint}`, {
      file: fromWorkspace(ci, resolve(root, file)),
      line,
      col: column,
      title: 'mxt',
    });
  }
  const more = problems.length - shown.length;
  if (more > 0) ci.error(`${more} more problems: the log has all of them`, { title: 'mxt' });
}

/** What is said of a manifest, or of none in particular. */
export interface AnnouncedWarning {
  readonly code: string;
  readonly name: string | null;
  readonly message: string;
  readonly source: { readonly file: string; readonly line: number } | null;
}

/**
 * A warning on each manifest that one is about; equal ones count once. Where there are more than GitHub shows, the last
 * one says so.
 *
 * @param pathOf where the file of a source is, absolute or from the top of the checkout
 */
export function announceWarnings(
  ci: Ci | null,
  warnings: readonly AnnouncedWarning[],
  pathOf: (file: string) => string,
): void {
  if (ci === null) return;
  const all = new Map(warnings.map((one) => [JSON.stringify(one), one]));
  const shown = [...all.values()].slice(0, all.size <= ANNOTATIONS_MAX ? all.size : ANNOTATIONS_MAX - 1);
  for (const { code, name, message, source } of shown) {
    ci.warning(name === null ? message : `${name}: ${message}`, {
      file: source === null ? null : fromWorkspace(ci, pathOf(source.file)),
      line: source?.line ?? null,
      title: `mxt (${code})`,
    });
  }
  const more = all.size - shown.length;
  if (more > 0) ci.warning(`${more} more warnings: the log has all of them`, { title: 'mxt' });
}

/** An error that is about no line in particular. */
export function announceError(ci: Ci | null, message: string): void {
  ci?.error(message, { title: 'mxt' });
}

/** With forward slashes; annotations of a file outside of the checkout go nowhere, but harm nothing. */
function fromWorkspace({ workspace }: Ci, path: string): string {
  return (workspace === null || !isAbsolute(path) ? path : relative(workspace, path)).replaceAll('\\', '/');
}
