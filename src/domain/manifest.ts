import type { DesiredStatus, FixedHalf, PatchableHalf } from './trigger.ts';

/** Where a manifest stands. `line` is 1-based and may be worked out only when it is read. */
export interface Source {
  /** Relative to the repository's root, with forward slashes. */
  readonly file: string;
  readonly line: number;
}

/** One manifest: what one trigger should be. Values stand as the manifest says them, defaults not filled in. */
export interface Desired {
  readonly name: string;
  readonly fixed: FixedHalf;
  readonly patchable: PatchableHalf;
  /** Null where the manifest does not say: created active, and never touched again. */
  readonly status: DesiredStatus | null;
  readonly protect: boolean;
  /** JSON pointers into the manifest whose live value is left alone. */
  readonly ignore: readonly string[];
  readonly source: Source;
}
