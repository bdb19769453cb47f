/** More than any manifest nests, and little enough for every parser: a million levels would end the process. */
const MAX_LEVELS = 1000;

/**
 * Where a text nests deeper than that, by brackets or by indentation: lines that begin further and further right, or
 * dashes on one line (`- - - a`). What stands in strings counts too, which a real manifest does not notice.
 */
export function tooDeep(text: string): number | null {
  return tooManyBrackets(text) ?? tooFarIn(text);
}

function tooManyBrackets(text: string): number | null {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '[' || character === '{') depth++;
    else if ((character === ']' || character === '}') && depth > 0) depth--;
    if (depth > MAX_LEVELS) return at;
  }
  return null;
}

function tooFarIn(text: string): number | null {
  const columns: number[] = []; // in which the levels begin that are open
  for (let start = 0, end: number; start < text.length; start = end + 1) {
    end = text.indexOf('\n', start);
    if (end === -1) end = text.length;
    let at = start;
    while (text[at] === ' ') at++;
    if (at === end || text[at] === '#' || text[at] === '\r') continue;
    const column = at - start;
    while ((columns.at(-1) ?? -1) >= column) columns.pop();
    columns.push(column);
    // Each mark is a level of its own, and the rest of the line stands in it.
    while (isMark(text, at) && columns.length <= MAX_LEVELS) {
      at++;
      while (text[at] === ' ' || text[at] === '\t') at++;
      columns.push(at - start);
    }
    if (columns.length > MAX_LEVELS) return at;
  }
  return null;
}

/** A dash, or the marks of a complex key and its value, with a blank behind it. */
function isMark(text: string, at: number): boolean {
  const [mark, next] = [text[at], text[at + 1]];
  return (mark === '-' || mark === '?' || mark === ':') && (next === ' ' || next === '\t');
}
