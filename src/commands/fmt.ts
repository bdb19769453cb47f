import { formatText, type PositionedManifest } from '../authoring/format-text.ts';
import { writeFiles } from '../authoring/write-files.ts';
import { InvalidError } from '../errors.ts';
import { groupBy } from '../lib/group-by.ts';
import { printable } from '../lib/printable.ts';
import { readText } from '../manifest/files/repository-file.ts';
import type { ParsedManifest } from '../manifest/read-manifests.ts';
import { readFiles } from '../session/read-files.ts';
import type { CommonFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';
import { showDiff } from '../terminal/show-diff.ts';

export interface FmtFlags extends CommonFlags {
  readonly check?: boolean;
}

/**
 * `mxt fmt [PATH…]`: puts manifests into canonical form. Nothing is written where any of them has a problem, nor with
 * `--check`.
 */
export async function fmtCommand(paths: readonly string[], flags: FmtFlags, io: Io): Promise<number> {
  const { root, loaded, problems } = await readFiles(flags, io, paths);
  if (problems.length > 0) throw new InvalidError(problems);
  const files = groupBy<PositionedManifest & { readonly real: string; readonly file: string }, string>(
    [
      ...writtenOnce(loaded.manifests).map((one) => ({ ...one, file: one.source.file })),
      ...[...loaded.checks.shared.folders.values()].map((one) => ({ ...one, index: null })),
    ],
    ({ real }) => real,
  );
  const changed: { real: string; path: string; before: string; text: string }[] = [];
  for (const [real, manifests] of files) {
    const path = manifests[0]?.file ?? real;
    const before = readText(real);
    if (typeof before !== 'string') continue;
    const { text, left } = formatText({ path, text: before }, manifests);
    if (left) {
      io.err(
        `warning: ${printable(path)}: parts of it cannot be put in order without changing their meaning\n`,
      );
    }
    if (text !== before) changed.push({ real, path, before, text });
  }
  changed.sort((a, b) => (a.path < b.path ? -1 : 1));
  if (!flags.check)
    writeFiles(
      changed.map(({ real, text }) => ({ path: real, text })),
      root,
    );
  for (const { path, before, text } of changed) {
    io.say(`${printable(path)}\n`);
    if (flags.check && !flags.quiet) showDiff(path, before, text, flags, io);
  }
  if (!flags.quiet) io.err(`${summary(changed.length, files.size, flags)}.\n`);
  return flags.check && changed.length > 0 ? 1 : 0;
}

/** A manifest with `for_each` is in the list once for each key, and in its file once. */
function writtenOnce(manifests: readonly ParsedManifest[]): ParsedManifest[] {
  return [
    ...new Map(
      manifests.map((one) => [JSON.stringify([one.real, one.document, one.index]), one] as const),
    ).values(),
  ];
}

function summary(changed: number, all: number, { check }: FmtFlags): string {
  const files = `${all} ${all === 1 ? 'file' : 'files'}`;
  if (check && changed === 0) return `${files}, nothing to format`;
  return `${changed} of ${files} ${check ? 'not formatted' : 'formatted'}`;
}
