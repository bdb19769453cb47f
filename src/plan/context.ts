import type { Writer } from './operation/next-label.ts';

/** What the decisions about one trigger depend on, besides its manifest and its live state. */
export interface Context extends Writer {
  /** Injected: the planner has no clock of its own. Only the end of a hold depends on it. */
  readonly now: Date;
  /** Names that `--replace` lifts `immutable` for. */
  readonly replace: ReadonlySet<string>;
  readonly resumeFailed: boolean;
  /** Owners whose triggers go over to this one, by their names: the configuration's `previous_owner`. */
  readonly previousOwners: readonly string[];
}
