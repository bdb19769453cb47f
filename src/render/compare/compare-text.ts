import type { Comparison } from '../../../generated/compare.d.ts';
import type { Json } from '../../domain/json.ts';
import { printable } from '../../lib/printable.ts';
import type { Colors } from '../text/colors.ts';
import { selectionSentence } from '../text/selection-words.ts';
import { showPath, showValue } from '../text/value.ts';
import { compareTitle, compareVerdict, onlyIn } from './comparison.ts';

type Differing = Comparison['differing'][number];
type Place = Pick<Comparison['only_left'][number], 'trigger_id' | 'source'>;

/** What differs, for a terminal: a block a trigger. Ends in a newline. */
export function compareText(comparison: Comparison, colors: Colors): string {
  const { left, right, only_left, only_right, differing } = comparison;
  const selected = selectionSentence(comparison.selection);
  const verdict = [compareVerdict(comparison), ...(selected === null ? [] : [selected])];
  return [
    colors.bold(printable(compareTitle(comparison))),
    ...differing.map((one) => differingText(one, colors)),
    ...onlyText(onlyIn(left), only_left, colors.red, colors),
    ...onlyText(onlyIn(right), only_right, colors.green, colors),
    verdict.map(printable).join('\n'),
  ]
    .join('\n\n')
    .concat('\n');
}

function onlyText(
  title: string,
  triggers: Comparison['only_left'],
  paint: (text: string) => string,
  colors: Colors,
): string[] {
  if (triggers.length === 0) return [];
  const lines = triggers.map((one) => `  ${paint(printable(one.name))}  ${colors.dim(placeWords(one))}`);
  return [[`${printable(title)}:`, ...lines].join('\n')];
}

function differingText({ name, left, right, changes }: Differing, colors: Colors): string {
  const places = [...new Set([placeWords(left), placeWords(right)])].join(' → ');
  const width = Math.max(...changes.map(({ path }) => showPath(path).length));
  const lines = changes.map((change) => {
    const path = showPath(change.path).padEnd(width);
    return `      ${path}  ${side(change.left, colors.red, colors)} → ${side(change.right, colors.green, colors)}`;
  });
  return [`  ${colors.bold(printable(name))}  ${colors.dim(places)}`, ...lines].join('\n');
}

function side(value: unknown, paint: (text: string) => string, colors: Colors): string {
  return value === null ? colors.dim('(none)') : paint(showValue(value as Json, colors));
}

function placeWords({ trigger_id: id, source }: Place): string {
  if (id !== null) return printable(id);
  return source === null ? '' : `${printable(source.file)}:${source.line}`;
}
