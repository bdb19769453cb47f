import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Exported } from '../../authoring/export-triggers.ts';
import { UniqueNames } from '../../authoring/manifest-names.ts';
import { writeFiles } from '../../authoring/write-files.ts';
import { usageError } from '../../errors.ts';
import { groupBy } from '../../lib/group-by.ts';
import { printable } from '../../lib/printable.ts';
import type { Repository } from '../../session/repository.ts';
import { variableOf } from '../../session/secret-vault.ts';
import type { Io } from '../../terminal/io.ts';

/** A manifest to write, and what is said of the triggers that it adopts. */
export type ToWrite = Pick<Exported, 'name' | 'text'> & { readonly adopts: string };

/** @throws MxtError `usage` where this can be no new file of manifests */
export function checkSingle(path: string, io: Io): string {
  if (path === '-') return path;
  if (!/\.ya?ml$/i.test(path)) {
    throw usageError(`--single-file ${path}: its name must end in .yaml or .yml, or be - for stdout`);
  }
  if (existsSync(resolve(io.cwd, path))) {
    throw usageError(
      `${path} exists already, and export never overwrites a file`,
      'Name another one, or - for stdout.',
    );
  }
  return path;
}

/** Writes manifests into one file or into a file each, and names them on stdout. */
export function writeManifests(
  exported: readonly ToWrite[],
  { root, config }: Pick<Repository, 'root' | 'config'>,
  single: string | null,
  io: Io,
): void {
  const documents = exported.map(({ text }) => text).join('---\n');
  if (single === '-') io.out(documents);
  else if (single !== null && exported.length > 0) {
    writeFiles([{ path: resolve(io.cwd, single), text: documents }], null);
    io.say(`${printable(single)}: ${exported.map(({ name }) => name).join(', ')}\n`);
  } else if (single === null) {
    const [folder = 'manifests'] = config.manifests;
    const files = place(exported, (name) => existsSync(join(root, folder, name)));
    writeFiles(
      files.map(({ file, text }) => ({ path: join(root, folder, file), text })),
      root,
    );
    for (const { file, adopts } of files) io.say(`${printable(`${folder}/${file}  ${adopts}`)}\n`);
  }
}

/** What is said of triggers that got no manifest, and of secrets that no file holds. */
export function tellRest(
  skipped: readonly { readonly what: string; readonly why: string }[],
  secrets: readonly string[],
  io: Pick<Io, 'err'>,
): void {
  if (secrets.length > 0) {
    io.err(`set ${secrets.map(variableOf).join(', ')}: no file holds what manifests refer to as secrets\n`);
  }
  for (const [why, same] of groupBy(skipped, (one) => one.why)) {
    const whats = same.map(({ what }) => what).join(', ');
    io.err(`warning: ${printable(`${whats} ${same.length === 1 ? 'is' : 'are'} left out: ${why}`)}\n`);
  }
}

/** Of the secrets that were given names, those that the manifests refer to. */
export function secretsIn(names: Iterable<string>, manifests: readonly Pick<Exported, 'text'>[]): string[] {
  const written = manifests.map(({ text }) => text).join('');
  return [...names].filter((name) => written.includes(`secrets.${name} `));
}

/** No file on Windows can have these names, and so no checkout there. */
const DEVICES = [
  'con',
  'prn',
  'aux',
  'nul',
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((n) => [`com${n}`, `lpt${n}`]),
];

/** A file for each, named as the manifest is where that is free. */
function place(exported: readonly ToWrite[], isThere: (file: string) => boolean) {
  const names = new UniqueNames(DEVICES);
  return exported.map(({ name, adopts, text }) => {
    let stem = names.give(name);
    while (isThere(`${stem}.yaml`)) stem = names.give(name);
    return { file: `${stem}.yaml`, adopts, text };
  });
}
