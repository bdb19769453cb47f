import type { Problem } from '../../domain/problem.ts';
import { compareText } from '../../lib/compare-text.ts';
import type { DiagnosticMessage, Span } from '../check/diagnostic-message.ts';
import { dotted, maskSecrets, type Secrets } from './key-patterns.ts';

/** Messages quote what is in the file, which may be anything. */
const LONGEST_MESSAGE = 400;

/** A file of the user's that was read: UTF-8, without a byte order mark. */
export interface TextFile {
  /** Relative to the repository's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** A problem of a file as a whole. */
export function fileProblem(file: string, diagnostic: DiagnosticMessage): Problem {
  const { code, message, hint } = diagnostic;
  return { file, line: null, column: null, code, message, hint, excerpt: null, length: 1 };
}

/**
 * A problem at a place in a file. What looks like a key is masked in all that is shown, whatever the problem is:
 * a mistyped property may stand on the same line as one.
 */
export function problemAt(
  file: TextFile,
  span: Span,
  diagnostic: DiagnosticMessage,
  secrets?: Secrets,
): Problem {
  const offset = Math.min(Math.max(span.offset, 0), file.text.length);
  const line = lineAt(file, offset);
  const { start, text } = maskedLine(file, line, secrets);
  return {
    file: file.path,
    line,
    column: offset - start + 1,
    code: diagnostic.code,
    message: presentable(diagnostic.message, secrets),
    hint: diagnostic.hint === null ? null : presentable(diagnostic.hint, secrets),
    excerpt: text,
    length: Math.max(1, Math.min(span.length, start + text.length - offset)),
  };
}

/** Masked first and cut then: half of a key would not be known for one. */
function presentable(text: string, secrets: Secrets | undefined): string {
  const masked = maskSecrets(text, secrets);
  return masked.length > LONGEST_MESSAGE ? `${masked.slice(0, LONGEST_MESSAGE)}…` : masked;
}

/** What is worked out once for each file that has problems: it may have thousands, all on one long line. */
interface Layout {
  readonly starts: readonly number[];
  readonly masked: Map<number, string>;
  /** What must not be shown though it does not look like a key: one that escapes hide. */
  readonly hidden: Span[];
}

const layouts = new WeakMap<TextFile, Layout>();

function layoutOf(file: TextFile): Layout {
  let layout = layouts.get(file);
  if (layout === undefined) {
    const starts = [0];
    for (let at = file.text.indexOf('\n'); at !== -1; at = file.text.indexOf('\n', at + 1))
      starts.push(at + 1);
    layout = { starts, masked: new Map(), hidden: [] };
    layouts.set(file, layout);
  }
  return layout;
}

/** Masks a stretch of a file in every line that is shown from now on. */
export function hide(file: TextFile, span: Span): void {
  const { hidden, masked } = layoutOf(file);
  hidden.push(span);
  masked.clear();
}

/** The 1-based number of the line that holds an offset. */
export function lineAt(file: TextFile, offset: number): number {
  const { starts } = layoutOf(file);
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}

function maskedLine(
  file: TextFile,
  line: number,
  secrets: Secrets | undefined,
): { start: number; text: string } {
  const { starts, masked, hidden } = layoutOf(file);
  const start = starts[line - 1] ?? 0;
  let text = masked.get(line);
  if (text === undefined) {
    text = maskSecrets(
      file.text.slice(start, (starts[line] ?? file.text.length + 1) - 1).replace(/\r$/, ''),
      secrets,
    );
    const end = start + text.length;
    const here = hidden.filter(({ offset, length }) => offset < end && offset + length > start);
    text = dotted(
      text,
      here.map(({ offset, length }) => ({ offset: offset - start, length })),
    );
    masked.set(line, text);
  }
  return { start, text };
}

/** By file, line and column, then by what is said: the order in which problems are reported. */
export function byPlace(a: Problem, b: Problem): number {
  return (
    compareText(a.file, b.file) ||
    (a.line ?? 0) - (b.line ?? 0) ||
    (a.column ?? 0) - (b.column ?? 0) ||
    compareText(a.code, b.code) ||
    compareText(a.message, b.message)
  );
}
