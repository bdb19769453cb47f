import type { Json } from '../../domain/json.ts';

const MARK = /^---(?=\s|$)/;
const EMPTY = /^[ \t]*(?:#|\r?$)/;

/** The line on which a text's first document begins: the first that is not blank, a comment or a bare `---`. */
export function firstLine(text: string): number {
  let line = 1;
  for (let start = 0; start < text.length; line++) {
    const end = text.indexOf('\n', start);
    const content = text.slice(start, end === -1 ? text.length : end);
    if (!EMPTY.test(content.startsWith('---') ? content.slice(3) : content)) return line;
    if (end === -1) break;
    start = end + 1;
  }
  return 1;
}

/**
 * The line of each manifest in a file of several, without parsing it anew: for each document one line, or one for
 * each item of its list. Null where that cannot be told from the beginnings of lines alone (lists in brackets);
 * the counts must come out as the parser saw them.
 */
export function manifestLines(text: string, documents: readonly Json[]): number[][] | null {
  const lines: number[][] = [];
  let items: RegExp | null = null;
  let open: number[] | null = null;
  let number = 0;
  for (const whole of text.split('\n')) {
    number++;
    const marked = MARK.test(whole);
    if (marked) open = null;
    const content = marked ? whole.slice(3) : whole;
    if (EMPTY.test(content)) continue;
    if (open === null) {
      const value = documents[lines.length];
      open = [];
      lines.push(open);
      items = null;
      if (!Array.isArray(value)) open.push(number);
      else {
        const indent = /^ *(?=- )/.exec(content);
        if (indent === null) return null;
        items = new RegExp(`^${indent[0]}- `);
      }
    }
    if (items?.test(content)) open.push(number);
  }
  const right = documents.every(
    (value, at) => lines[at]?.length === (Array.isArray(value) ? value.length : 1),
  );
  return right && lines.length === documents.length ? lines : null;
}
