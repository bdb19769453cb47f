import type { Status as StatusJson } from '../../../generated/status.d.ts';
import { code, escapeMarkdown } from '../markdown/escape-markdown.ts';
import { warningItem } from '../markdown/markdown-warnings.ts';
import { notManaged } from '../plan/plan-words.ts';
import { targetOf } from '../text/heading.ts';
import { holdLines, withoutHolds } from '../text/health-words.ts';
import { truncate } from '../text/truncate.ts';
import { groupWarnings } from '../text/warning-groups.ts';
import { COLUMNS, statusCells, summaryWords } from './status-words.ts';

/** Longer ones are cut: a table's row is one line. */
const CELL = 80;
const MESSAGE = 500;

/** The same table for a job summary or an issue. Ends in a newline. */
export function statusMarkdown(status: StatusJson, now: Date): string {
  const { triggers, warnings } = status;
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rows = triggers.map((one) => {
    const [name = '', ...rest] = statusCells(one, now).map((cell) => truncate(cell, CELL));
    return row([code(name), ...rest.map(escapeMarkdown)]);
  });
  const notes = [
    ...groupWarnings(withoutHolds(warnings, status.health)).map((group) => warningItem(group, MESSAGE)),
    ...holdLines(status.health, now).map((line) => `- ${escapeMarkdown(truncate(line, MESSAGE))}`),
  ];
  const heads = COLUMNS.map((head) => head[0] + head.slice(1).toLowerCase());
  const others = notManaged(status);
  return [
    `**mxt status of ${escapeMarkdown(targetOf(status))}**: ${escapeMarkdown(summaryWords(status))}`,
    ...(rows.length === 0 ? [] : [[row(heads), row(heads.map(() => '---')), ...rows].join('\n')]),
    ...(notes.length === 0 ? [] : [notes.join('\n')]),
    ...(others === null ? [] : [`Not managed here: ${others}.`]),
  ]
    .join('\n\n')
    .concat('\n');
}
