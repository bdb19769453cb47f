import type { DiagnosticMessage } from './diagnostic-message.ts';

/** Where in a manifest: keys of mappings and indexes of lists. */
export type Path = readonly (string | number)[];

/** Something wrong with a value that was read, at a place in it. Where that is in a file is worked out later. */
export interface Diagnostic extends DiagnosticMessage {
  readonly path: Path;
  /** Whether the key is wrong, or the value behind it. */
  readonly on: 'key' | 'value';
  /** Of what is missing, the members that are; one of them would do where one of several is required. */
  readonly missing?: readonly string[];
  /** The part of the text that is wrong, where that is not all of it. */
  readonly part?: string;
  /** The same with the value as it is written: `1e5` is read as 100000, which is nothing to quote. */
  readonly reword?: (source: string) => Pick<DiagnosticMessage, 'message' | 'hint'>;
}

export function diagnosticAt(
  path: Path,
  on: 'key' | 'value',
  code: string,
  message: string,
  hint: string | null,
): Diagnostic {
  return { path, on, code, message, hint };
}
