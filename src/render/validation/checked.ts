import { posix } from 'node:path';
import type { Source } from '../../domain/manifest.ts';
import type { PlacedWarning, Warning } from '../../domain/plan.ts';
import type { Problem } from '../../domain/problem.ts';
import { placedWords, type WarningGroup } from '../text/warning-groups.ts';

/** What `mxt validate` found, as it goes to other CI systems. */
export interface Checked {
  /** Those that can be read; what is wrong with them stands in `problems`. */
  readonly manifests: readonly { readonly name: string; readonly source: Source }[];
  /** The configuration's file; null where it was neither read nor needed. */
  readonly config: string | null;
  readonly problems: readonly Problem[];
  readonly warnings: readonly PlacedWarning[];
  /** The folder that files are relative to, in the repository of Git: with a slash at its end, or empty. */
  readonly prefix: string;
}

/** A file from the top of the repository, as CI systems look for it. */
export function fromTop({ prefix }: Pick<Checked, 'prefix'>, file: string): string {
  return posix.normalize(`${prefix}${file}`);
}

/** As one sentence: what is wrong, then the way out. */
export function problemWords({ message, hint }: Pick<Problem, 'message' | 'hint'>): string {
  return hint === null ? message : `${message}: ${hint}`;
}

export function warningWords({ name, message }: Warning): string {
  return name === null ? message : `${name}: ${message}`;
}

export function warningLine(group: WarningGroup): string {
  const [place, about] = placedWords(group);
  return `${place}warning (${group.code}): ${about}${group.message}`;
}
