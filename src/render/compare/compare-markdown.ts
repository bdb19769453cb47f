import type { Comparison } from '../../../generated/compare.d.ts';
import type { Json } from '../../domain/json.ts';
import { code, escapeMarkdown } from '../markdown/escape-markdown.ts';
import { selectionSentence } from '../text/selection-words.ts';
import { truncate } from '../text/truncate.ts';
import { showPath, showValue } from '../text/value.ts';
import { compareTitle, compareVerdict, onlyIn } from './comparison.ts';

/** Most characters of a cell: a table's row is one line. */
const CELL = 200;

/** What differs, as GitHub's Markdown: a table of values, and what only one of the two has. Ends in a newline. */
export function compareMarkdown(comparison: Comparison): string {
  const { left, right, only_left, only_right, differing } = comparison;
  const selected = selectionSentence(comparison.selection);
  const words = [compareVerdict(comparison), ...(selected === null ? [] : [selected])].join(' ');
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const head = ['Trigger', 'Path', escapeMarkdown(left.environment), escapeMarkdown(right.environment)];
  const rows = differing.flatMap(({ name, changes }) =>
    changes.map((change, at) =>
      row([
        at === 0 ? code(truncate(name, CELL)) : '',
        code(truncate(showPath(change.path), CELL)),
        cell(change.left),
        cell(change.right),
      ]),
    ),
  );
  const only = (title: string, triggers: Comparison['only_left']) =>
    triggers.length === 0
      ? []
      : [`${escapeMarkdown(title)}: ${triggers.map(({ name }) => code(truncate(name, CELL))).join(', ')}`];
  return [
    `**mxt compare, ${escapeMarkdown(compareTitle(comparison))}**: ${escapeMarkdown(words)}`,
    ...(rows.length === 0 ? [] : [[row(head), row(head.map(() => '---')), ...rows].join('\n')]),
    ...only(onlyIn(left), only_left),
    ...only(onlyIn(right), only_right),
  ]
    .join('\n\n')
    .concat('\n');
}

function cell(value: unknown): string {
  return value === null ? '' : code(truncate(showValue(value as Json, { width: null }), CELL));
}
