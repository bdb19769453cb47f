import type { Layer } from './layer.ts';
import type { SecretUse } from './secret.ts';
import type { DesiredStatus, FixedHalf, PatchableHalf } from './trigger.ts';

/** Where a manifest stands. `line` is 1-based and may be worked out only when it is read. */
export interface Source {
  /** Relative to the repository's root, with forward slashes. */
  readonly file: string;
  readonly line: number;
}

/** The same to the column, in UTF-16 code units from 1, where that is known. */
export interface Place extends Source {
  readonly column?: number;
}

/** One manifest: what one trigger should be. Values stand as the manifest says them, defaults not filled in. */
export interface Desired {
  readonly name: string;
  /** What the service calls `name`; null where the manifest does not say: its own name is sent at the create. */
  readonly title: string | null;
  readonly fixed: FixedHalf;
  readonly patchable: PatchableHalf;
  /** Null where the manifest does not say: created active, and never touched again. */
  readonly status: DesiredStatus | null;
  readonly protect: boolean;
  /** JSON pointers into the manifest whose live value is left alone. */
  readonly ignore: readonly string[];
  /** The id of a trigger without a label that becomes this one, while no trigger of ours has the name. */
  readonly adopt: string | null;
  /** Names that the trigger had before, newest first. */
  readonly renamedFrom: readonly string[];
  /** Whether the trigger is to be let go: its label is taken off, and none is ever made. */
  readonly release: boolean;
  /** Strings of `action_config` that stand there as digests. */
  readonly secrets: readonly SecretUse[];
  /** Words to select it by; never sent. */
  readonly tags: readonly string[];
  /** Codes of findings that its manifest accepts. */
  readonly accepts: readonly string[];
  readonly source: Source;
  /** What it is composed of, lowest first; none where its manifest stands for itself. */
  readonly layers?: readonly Layer[];
  /** The cron expression as it is written, where it has an `H`: the schedule itself holds what that became. */
  readonly writtenCron?: string;
}
