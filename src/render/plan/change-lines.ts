import { type ChangeObject, diffArrays } from 'diff';
import type { Operation as OperationJson } from '../../../generated/plan.d.ts';
import { fromFirstDifference, truncate } from '../text/truncate.ts';
import { showPath } from '../text/value.ts';

type Change = OperationJson['changes'][number];

/** A line of a diff. The text is harmless and one line. */
export interface DiffLine {
  readonly sign: '-' | '+' | ' ';
  readonly text: string;
}

/** How much of an operation is shown. */
export interface Detail {
  /** Most characters of a line. */
  readonly width: number;
  readonly lines: number;
  readonly warnings: number;
  /** Most characters of a warning. */
  readonly message: number;
}

/** What any value that people write needs. */
export const FULL: Detail = { width: 1000, lines: 400, warnings: 20, message: 2000 };
/** What still tells what an operation is about, where there is no room. */
export const TIGHT: Detail = { width: 120, lines: 24, warnings: 3, message: 300 };

const PATH_WIDTH = 200;
/** JSON up to this long stays on one line. */
const ONE_LINE = 80;
/** Lines around a change; what is between is left out. */
const CONTEXT = 3;
/** Texts that have less in common than this are shown one after the other: the search would cost its square. */
const MAX_EDITS = 400;

/** Every change of an operation as lines of a diff: one of each sign per leaf, more where a value has several lines. */
export function changeLines(changes: readonly Change[], detail: Detail): DiffLine[] {
  const lines: DiffLine[] = [];
  for (const change of changes) {
    lines.push(...linesOf(change, detail.width));
    if (lines.length > detail.lines) break;
  }
  if (lines.length <= detail.lines) return lines;
  return [
    ...lines.slice(0, detail.lines - 1),
    { sign: ' ', text: '… truncated: the JSON format has all of it' },
  ];
}

function linesOf({ path, before, after }: Change, width: number): DiffLine[] {
  const name = truncate(showPath(path), PATH_WIDTH);
  if (isLong(before) || isLong(after)) {
    const lines = blockDiff(blockLines(before), blockLines(after));
    const indented = lines.map(({ sign, text }): DiffLine => ({ sign, text: `  ${truncate(text, width)}` }));
    return [{ sign: signOf(before, after), text: `${name}:` }, ...indented];
  }
  const [old, now] = fromFirstDifference(oneLine(before), oneLine(after), width);
  return [
    ...(before === null
      ? []
      : [{ sign: '-', text: `${name}: ${truncate(old, width, lengthOf(before))}` } as const]),
    ...(after === null
      ? []
      : [{ sign: '+', text: `${name}: ${truncate(now, width, lengthOf(after))}` } as const]),
  ];
}

function signOf(before: unknown, after: unknown): DiffLine['sign'] {
  return before === null ? '+' : after === null ? '-' : ' ';
}

/** Whether a value reads better on several lines. */
function isLong(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\n');
  return typeof value === 'object' && value !== null && JSON.stringify(value).length > ONE_LINE;
}

/** Strings quoted, so that a blank at the end or a number in quotes shows. */
function oneLine(value: unknown): string {
  return typeof value === 'string' ? `"${value.replaceAll('"', '\\"')}"` : JSON.stringify(value);
}

/** As people count it: without the quotes. */
function lengthOf(value: unknown): number {
  return typeof value === 'string' ? value.length : JSON.stringify(value).length;
}

function blockLines(value: unknown): string[] {
  if (value === null) return [];
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  return text.split('\n').map(visible);
}

/** A blank at the end would be a difference that nobody sees; colons at the beginning, a command to GitHub's runner. */
function visible(line: string): string {
  return line
    .replace(/[ \t]$/, (blank) => `\\u{${blank.charCodeAt(0).toString(16)}}`)
    .replace(/^(\s*)::/, '$1\\u{3a}:');
}

function blockDiff(before: string[], after: string[]): DiffLine[] {
  const hunks: ChangeObject<string[]>[] = diffArrays(before, after, { maxEditLength: MAX_EDITS }) ?? [
    { value: before, removed: true, added: false, count: before.length },
    { value: after, removed: false, added: true, count: after.length },
  ];
  return hunks.flatMap(({ value, added, removed }, at): DiffLine[] => {
    if (added || removed) return value.map((text) => ({ sign: added ? '+' : '-', text }));
    const head = at === 0 ? 0 : CONTEXT;
    const tail = at === hunks.length - 1 ? 0 : CONTEXT;
    const kept =
      value.length <= head + tail + 1
        ? value
        : [...value.slice(0, head), '…', ...value.slice(value.length - tail)];
    return kept.map((text) => ({ sign: ' ', text }));
  });
}
