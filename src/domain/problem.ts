/** Something wrong in a file of the user's, at a place in it. */
export interface Problem {
  /** Relative to the repository's root, with forward slashes. */
  readonly file: string;
  /** 1-based. Null where the file as a whole is meant (it cannot be read, it is too large). */
  readonly line: number | null;
  /** 1-based, in UTF-16 code units. */
  readonly column: number | null;
  /** A stable word for machines: `schema`, `cron`, `duplicate_name`, … */
  readonly code: string;
  /** One sentence without a full stop. Text of the user's in it is not yet made harmless: renderers do that. */
  readonly message: string;
  /** The way out: `did you mean "incremental"?` */
  readonly hint: string | null;
  /** The offending line as it stands in the file, secrets masked; null where there is none to show. */
  readonly excerpt: string | null;
  /** How many code units the caret underlines, at least 1. */
  readonly length: number;
}
