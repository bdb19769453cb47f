import type { JsonObject } from './json.ts';

/** One of the parts that a manifest is composed of, and where it is written. */
export interface Layer {
  readonly kind: 'defaults' | 'manifest' | 'overlay';
  /** Relative to the repository's root, with forward slashes. */
  readonly file: string;
  /** Links resolved: where it is read again for positions. */
  readonly real: string;
  /** Which of the file's documents that are not empty. */
  readonly document: number;
  /** The keys and indexes that lead to it in its document. */
  readonly at: readonly (string | number)[];
  readonly value: JsonObject;
}
