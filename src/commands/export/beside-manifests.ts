import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { withAllowed } from '../../authoring/allow-unknown.ts';
import type { Exported } from '../../authoring/export-triggers.ts';
import { writeFiles } from '../../authoring/write-files.ts';
import { type Config, loadConfig } from '../../config/load-config.ts';
import { InvalidError, MxtError } from '../../errors.ts';
import { printable } from '../../lib/printable.ts';
import { assertWritable } from '../../manifest/files/repository-file.ts';
import type { Repository } from '../../session/repository.ts';
import type { CommonFlags } from '../../terminal/flags.ts';
import type { Io } from '../../terminal/io.ts';

/**
 * Manifests go into the first folder, which need not be there yet. What is wrong with the file is reported later.
 *
 * @param check throws what is wrong with the flags: then nothing is made
 */
export async function makeFolder(
  flags: CommonFlags,
  io: Io,
  check: (config: Config) => unknown = () => {},
): Promise<void> {
  const path = resolve(io.cwd, flags.config);
  try {
    const config = await loadConfig(path);
    check(config);
    const { manifests } = config;
    const folder = join(dirname(path), manifests[0] ?? 'manifests');
    assertWritable(dirname(path), folder);
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    if (!(error instanceof MxtError) && !(error instanceof InvalidError)) throw error;
  }
}

/** What this version does not know is written, and must be allowed: in mxt.yaml, but for what goes to stdout. */
export function allowUnknown(
  exported: readonly Exported[],
  { root, config }: Pick<Repository, 'root' | 'config'>,
  single: string | null,
  io: Io,
): void {
  const names = [...new Set(exported.flatMap(({ unknown }) => unknown))].sort();
  if (names.length === 0) return;
  const path = join(root, config.file);
  const line = `allow_unknown: [${[...config.allowUnknown, ...names].join(', ')}]`;
  const edited = single !== '-' ? withAllowed(readFileSync(path, 'utf8'), names) : null;
  if (edited !== null) writeFiles([{ path, text: edited }], root);
  const what = edited === null ? `write into ${config.file}` : `${config.file} now says`;
  io.err(`${printable(`${what}: ${line}`)}\n  This version of mxt does not know what is live there.\n`);
}
