import { resolve } from 'node:path';
import type { Command } from 'commander';
import { printable } from '../lib/printable.ts';
import type { Io } from '../terminal/io.ts';
import { complete, FILES, type Names } from './completion/complete.ts';
import { SCRIPTS, type Shell } from './completion/completion-scripts.ts';

/** `mxt completion SHELL`: a script for the shell to evaluate. */
export function completionCommand(shell: Shell, _flags: object, io: Io): 0 {
  io.out(SCRIPTS[shell]);
  return 0;
}

/** `mxt __complete -- WORDS…`: what that script calls. Offline, and silent about every error. */
export async function completeCommand(program: Command, words: readonly string[], io: Io): Promise<0> {
  try {
    const found = await complete(program, words, namesFrom(words, io));
    if (found === FILES) io.out(':files\n');
    else for (const { value, description } of found) io.out(`${line(value, description)}\n`);
  } catch {
    // No names without a repository, and no errors in the middle of a command line.
  }
  return 0;
}

function line(value: string, description: string): string {
  return description === '' ? printable(value) : `${printable(value)}\t${printable(description)}`;
}

function namesFrom(words: readonly string[], io: Io): Names {
  const at = words.indexOf('--config');
  const config = at === -1 ? 'mxt.yaml' : (words[at + 1] ?? 'mxt.yaml');
  // Most words are known without the manifests, and nobody wants to wait for Tab.
  const files = async () => {
    const { readFiles } = await import('../session/read-files.ts');
    return readFiles({ config: resolve(io.cwd, config), color: false }, io);
  };
  return {
    triggers: async () => sorted((await files()).loaded.manifests.map(({ name }) => name)),
    environments: async () => sorted((await files()).config?.environments.map(({ name }) => name) ?? []),
  };
}

function sorted(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
