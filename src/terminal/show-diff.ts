import { type DiffLine, diffLines } from '../authoring/diff-lines.ts';
import { printable } from '../lib/printable.ts';
import type { Colors } from '../render/text/colors.ts';
import type { CommonFlags } from './flags.ts';
import type { Io } from './io.ts';
import { colorsOn } from './output.ts';

/** Prints what differs between two texts of a file. */
export function showDiff(path: string, before: string, after: string, flags: CommonFlags, io: Io): void {
  const colors = colorsOn(flags, io);
  for (const line of diffLines(path, before, after)) io.say(`${paint(line, colors)}\n`);
}

function paint({ kind, text }: DiffLine, colors: Colors): string {
  const shown = printable(text);
  switch (kind) {
    case 'added':
      return colors.green(shown);
    case 'removed':
      return colors.red(shown);
    case 'heading':
      return colors.bold(shown);
    default:
      return shown;
  }
}
