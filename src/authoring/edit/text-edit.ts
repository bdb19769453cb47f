/** A stretch of a text and what comes in its place. */
export interface TextEdit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** A text with stretches replaced, which do not overlap. Everything between them stays as it is. */
export function applyTextEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const one of [...edits].sort((a, b) => a.from - b.from)) {
    parts.push(text.slice(at, one.from), one.text);
    at = one.to;
  }
  return [...parts, text.slice(at)].join('');
}
