/** A stretch of a file's text, in UTF-16 code units. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

/** What is wrong, without the place. */
export interface DiagnosticMessage {
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
}
