import { InvalidError } from '../errors.ts';
import { printableJson } from '../lib/printable.ts';
import { FORMAT_VERSION } from '../render/plan-json.ts';
import type { CommonFlags } from './flags.ts';
import type { Io } from './io.ts';
import { readFiles } from './repository.ts';

export interface ValidateFlags extends CommonFlags {
  readonly format: 'text' | 'json';
}

/** `mxt validate [PATH…]`: manifests and configuration, offline. Every problem of every file in one run. */
export async function validateCommand(
  paths: readonly string[],
  flags: ValidateFlags,
  io: Io,
): Promise<number> {
  const { loaded, problems } = await readFiles(flags, io, paths);
  const { desired, files } = loaded;
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
