import type { Problem } from '../../domain/problem.ts';
import { printable } from '../../lib/printable.ts';
import { type Colors, colorsFor } from './colors.ts';
import { excerpt } from './excerpt.ts';

/** What stands beside a line and its number: `  7 | `. */
const GUTTER = 5;

/**
 * Problems as compilers show them: `file:line:column: error: what is wrong: the way out`, then the line with a
 * caret. Ends with a line break; empty where there are no problems.
 */
export function renderProblems(
  problems: readonly Problem[],
  { color, width = null }: { readonly color: boolean; readonly width?: number | null },
): string {
  const colors = colorsFor(color, width);
  return problems.map((problem) => render(problem, colors)).join('\n');
}

function render(problem: Problem, colors: Colors): string {
  const place = [problem.file, problem.line, problem.column].filter((part) => part !== null).join(':');
  const hint = problem.hint === null ? '' : `: ${printable(problem.hint)}`;
  const lines = [
    `${colors.bold(`${printable(place)}:`)} ${colors.red('error:')} ${printable(problem.message)}${hint}`,
  ];
  if (problem.excerpt !== null && problem.line !== null) {
    const number = String(problem.line);
    const room = colors.width === null ? null : colors.width - number.length - GUTTER;
    const shown = excerpt(problem.excerpt, problem.column ?? 1, problem.length, room);
    lines.push(`  ${colors.dim(`${number} |`)} ${printable(shown.text)}`.trimEnd());
    lines.push(`  ${' '.repeat(number.length)} ${colors.dim('|')} ${colors.red(shown.carets)}`);
  }
  return `${lines.join('\n')}\n`;
}
