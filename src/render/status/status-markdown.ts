import type { Status as StatusJson } from '../../../generated/status.d.ts';
import { code, escapeMarkdown } from '../markdown/escape-markdown.ts';
import { leftAlone } from '../plan/plan-words.ts';
import { truncate } from '../text/truncate.ts';
import { COLUMNS, statusCells, summaryWords } from './status-words.ts';

/** Longer ones are cut: a table's row is one line. */
const CELL = 80;
const MESSAGE = 500;

/** The same table for a job summary or an issue. Ends in a newline. */
export function statusMarkdown(status: StatusJson, now: Date): string {
  const { owner, namespace, environment, triggers, warnings } = status;
  const target = `${owner} → ${namespace}${environment === null ? '' : ` (${environment})`}`;
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rows = triggers.map((one) => {
    const [name = '', ...rest] = statusCells(one, now).map((cell) => truncate(cell, CELL));
    return row([code(name), ...rest.map(escapeMarkdown)]);
  });
  const notes = warnings.map(({ code: word, name, message }) => {
    const about = name === null ? '' : `${code(truncate(name, CELL))}: `;
    return `- ⚠️ ${about}${escapeMarkdown(`${truncate(message, MESSAGE)} (${truncate(word, CELL)})`)}`;
  });
  const heads = COLUMNS.map((head) => head[0] + head.slice(1).toLowerCase());
  const others = leftAlone(status);
  return [
    `**mxt status of ${escapeMarkdown(target)}**: ${summaryWords(status)}`,
    ...(rows.length === 0 ? [] : [[row(heads), row(heads.map(() => '---')), ...rows].join('\n')]),
    ...(notes.length === 0 ? [] : [notes.join('\n')]),
    ...(others === null ? [] : [`Not managed here: ${others}.`]),
  ]
    .join('\n\n')
    .concat('\n');
}
