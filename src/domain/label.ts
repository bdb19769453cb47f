import type { DesiredStatus } from './trigger.ts';

/** The version of the grammar that this program writes. */
export const LABEL_VERSION = 1;

/** One hash (8 hex digits) per half of a trigger. */
export interface HalfHashes {
  readonly fixed: string;
  readonly patchable: string;
}

/** What mxt remembers of a trigger, as the last line of its description says it. */
export interface Label {
  readonly owner: string;
  readonly name: string;
  /** Each half as the manifest said it at our last write. */
  readonly spec: HalfHashes;
  /** Each half as the service answered to that write; null where it answered what it was sent. */
  readonly lastObserved: HalfHashes | null;
  /** What the manifest says of the status; null where it does not say. */
  readonly status: DesiredStatus | null;
  readonly protect: boolean;
  /** The id of the trigger that this one is replacing, until the replacement is finished. */
  readonly replaces: string | null;
  /** The status that a trigger paused by a replacement or a hold goes back to. */
  readonly was: DesiredStatus | null;
  /** Why an operator holds it paused; null where nobody does. */
  readonly hold: string | null;
  /** Who holds it. */
  readonly by: string | null;
  /** ISO 8601; when the hold ends by itself. */
  readonly until: string | null;
  /** The first 12 hex digits of the commit whose checkout wrote last; null outside Git or from a dirty tree. */
  readonly rev: string | null;
  /** Keys of a newer mxt, kept as they were found. */
  readonly unknown: readonly (readonly [key: string, value: string])[];
}

/** What a description turned out to say about ownership. */
export type DescriptionReading =
  | { readonly kind: 'unlabelled'; readonly text: string }
  /** A label that does not parse, or more than one. What it names is a guess, good enough to be careful. */
  | { readonly kind: 'damaged'; readonly owners: readonly string[]; readonly names: readonly string[] }
  /** A version that this program does not know. */
  | { readonly kind: 'unknown-version'; readonly version: string; readonly owner: string | null }
  | {
      readonly kind: 'labelled';
      readonly label: Label;
      /** The user's text, byte for byte. */
      readonly text: string;
      /**
       * How the label stands in its description, text and label aside; null where it stands as we would write it:
       * last line, after an empty one, no CR.
       */
      readonly labelLayout: string | null;
    };
