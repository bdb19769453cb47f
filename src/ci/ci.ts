import { printable } from '../lib/printable.ts';
import { maskSecretValues } from '../lib/secret-values.ts';
import { command, type Properties } from './command.ts';
import { appendOutput, appendSummary } from './step-files.ts';

/** What CI needs of the world. */
export interface CiIo {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where commands go: GitHub's runner reads both streams, and this one is never a result that is piped on. */
  err(text: string): void;
  /** Where commands go that `err` would make harmless. */
  command?(text: string): void;
}

/** What GitHub's runner can be told. There is none elsewhere: other CI systems get plain text. */
export interface Ci {
  /** The folder that paths of annotations are relative to; null where nobody says. */
  readonly workspace: string | null;
  error(message: string, properties?: Properties): void;
  warning(message: string, properties?: Properties): void;
  /** Folds what comes on stderr until `endGroup`. */
  group(title: string): void;
  endGroup(): void;
  output(name: string, value: string): void;
  /** Markdown blocks for the job's summary, the most important first. */
  summary(blocks: readonly string[]): void;
}

/**
 * Neither the key nor secrets are masked here (`::add-mask::` would print them, and mxt never does that): GitHub masks
 * what comes from `secrets` by itself, and mxt takes them out of all that it says.
 *
 * @returns null outside of GitHub Actions
 */
export function ciFor(io: CiIo): Ci | null {
  if (io.env['GITHUB_ACTIONS'] !== 'true') return null;
  // A full disk or a file that is gone must not hide what the command itself has to say.
  const append = (variable: string, write: (path: string) => void) => {
    const path = io.env[variable];
    if (path === undefined || path === '') return;
    try {
      write(path);
    } catch (error) {
      io.err(`warning: cannot write to ${variable}: ${printable((error as Error).message)}\n`);
    }
  };
  const send = io.command ?? io.err;
  return {
    workspace: io.env['GITHUB_WORKSPACE'] || null,
    error: (message, properties) => send(command('error', message, properties)),
    warning: (message, properties) => send(command('warning', message, properties)),
    group: (title) => send(command('group', title)),
    endGroup: () => send(command('endgroup', '')),
    output: (name, value) =>
      append('GITHUB_OUTPUT', (path) => appendOutput(path, name, maskSecretValues(value))),
    summary: (blocks) =>
      append('GITHUB_STEP_SUMMARY', (path) => appendSummary(path, blocks.map(maskSecretValues))),
  };
}
