/** A list longer than this is folded as a whole: a page that nobody scrolls through is not read. */
const LISTED = 10;

/** The beginning and the end of a part, with a heading where it is open and one line where it is folded. */
export interface Part {
  readonly title: string;
  /** What is in it, for whoever does not open it: `30 to create`. */
  readonly counts: string;
  /** A sentence below the title. */
  readonly note: string | null;
  readonly folded: boolean;
}

export function isLong(list: readonly unknown[]): boolean {
  return list.length > LISTED;
}

/** The text is ours. The blank lines around what is inside matter: they end the HTML block, and Markdown begins again. */
export function partOf({ title, counts, note, folded }: Part): {
  readonly open: string;
  readonly close: string;
} {
  const head = folded ? `<details>\n<summary><b>${title}</b>: ${counts}</summary>` : `#### ${title}`;
  return { open: [head, ...(note === null ? [] : [note])].join('\n\n'), close: folded ? '</details>' : '' };
}
