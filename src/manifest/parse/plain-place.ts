import type { Place } from '../../domain/manifest.ts';
import type { Path } from '../check/diagnostic.ts';
import { parsePlain } from './parse-plain.ts';

/** A member of a mapping on a line of its own, up to its value. */
const MEMBER = /^( *)([A-Za-z_][\w-]*):(?: +|$)/;

/**
 * Where a member stands in a text that is written plainly; null where only the strict tier can tell, as of what stands in
 * brackets, or nowhere. test/manifest/agreement.test.ts holds it to that one.
 *
 * @param on whether the key is meant, or the value behind it
 */
export function placeInPlain(
  text: string,
  path: Path,
  on: 'key' | 'value',
): Required<Pick<Place, 'line' | 'column'>> | null {
  if (path.length === 0 || parsePlain(text) === null) return null;
  /** The keys that lead to a line, how far in each of them stands, and whether its value stands behind it. */
  const holders: { readonly indent: number; readonly key: string; readonly isFilled: boolean }[] = [];
  for (const [at, line] of text.split('\n').entries()) {
    const [member = '', blanks = '', name] = MEMBER.exec(line) ?? [];
    if (name === undefined) continue;
    while ((holders.at(-1)?.indent ?? -1) >= blanks.length) holders.pop();
    if (holders.at(-1)?.isFilled) continue; // within brackets that go on
    holders.push({ indent: blanks.length, key: name, isFilled: member !== line });
    if (holders.length !== path.length || holders.some(({ key }, depth) => key !== path[depth])) continue;
    // Of a value that is no scalar, its key is what one sees: see node-position.ts.
    const isScalar = member !== line && !'[{'.includes(line.charAt(member.length));
    return { line: at + 1, column: (on === 'value' && isScalar ? member : blanks).length + 1 };
  }
  return null;
}
