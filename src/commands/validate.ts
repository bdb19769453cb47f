import { existsSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { loadConfig } from '../config/load.ts';
import { InvalidError } from '../errors.ts';
import { printableJson } from '../lib/printable.ts';
import { loadManifests } from '../manifest/load.ts';
import { FORMAT_VERSION } from '../render/plan-json.ts';
import type { CommonFlags } from './flags.ts';
import type { Io } from './io.ts';

export interface ValidateFlags extends CommonFlags {
  readonly format: 'text' | 'json';
}

/** `mxt validate [PATH…]`: manifests and configuration, offline. Every problem of every file in one run. */
export async function validateCommand(
  paths: readonly string[],
  flags: ValidateFlags,
  io: Io,
): Promise<number> {
  const path = resolve(io.cwd, flags.config);
  const root = dirname(path);
  // Files alone can be checked before there is a configuration: an editor or a commit hook hands them in.
  const config = paths.length > 0 && !existsSync(path) ? null : await loadConfig(path);
  const { desired, files, problems } = await loadManifests({
    root,
    folders: config?.manifests ?? [],
    ...(paths.length > 0 ? { files: paths.map((one) => relative(root, resolve(io.cwd, one))) } : {}),
    allowUnknown: config?.allowUnknown ?? [],
    secret: io.env['MP_API_KEY'] ?? io.env['MIXPEEK_API_KEY'],
    now: io.now(),
  });
  if (flags.format === 'json') {
    const valid = problems.length === 0;
    io.out(
      `${printableJson({ format_version: FORMAT_VERSION, valid, manifests: desired.length, files, problems })}\n`,
    );
    return valid ? 0 : 1;
  }
  if (problems.length > 0) throw new InvalidError(problems);
  const [manifests, inFiles] = [count(desired.length, 'manifest'), count(files, 'file')];
  io.out(`${manifests} in ${inFiles}: ${desired.length === 1 ? 'valid' : 'all valid'}.\n`);
  return 0;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
