import { structuredPatch } from 'diff';

/** A line of a diff: its text begins with a blank, `+`, `-`, or is a heading. */
export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed' | 'heading';
  readonly text: string;
}

/** What differs between two texts of a file, as `diff -u` shows it. None where they are equal. */
export function diffLines(path: string, before: string, after: string): DiffLine[] {
  const { hunks } = structuredPatch(path, path, before, after, '', '', { context: 3 });
  if (hunks.length === 0) return [];
  return [
    { kind: 'heading', text: `--- ${path}` },
    { kind: 'heading', text: `+++ ${path}` },
    ...hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }): DiffLine[] => [
      { kind: 'heading', text: `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@` },
      ...lines.map((text) => ({ kind: kindOf(text), text })),
    ]),
  ];
}

function kindOf(line: string): DiffLine['kind'] {
  return line.startsWith('+') ? 'added' : line.startsWith('-') ? 'removed' : 'same';
}
