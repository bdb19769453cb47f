/** Strings, which are passed over, one that does not end as well; and numbers. */
const TOKENS = /"(?:[^"\\]|\\[\s\S])*(?:"|\\?$)|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const LEAST = -(2n ** 63n);
const MOST = 2n ** 63n - 1n;

/**
 * Why a number of a JSON text cannot be stored, or null where all can. Read from the text, since JavaScript reads
 * integers as floats: to Python `1e20` is a float and can be stored, and the same number in digits is an integer, which
 * BSON cannot hold.
 */
export function unfitNumber(text: string): string | null {
  for (const [token] of text.matchAll(TOKENS)) {
    if (token.startsWith('"')) continue;
    if (!Number.isFinite(Number(token)) && !/^-?\d+$/.test(token)) {
      return `Out of range float values are not JSON compliant: ${token.slice(0, 40)}`;
    }
    if (token.length < 19 || !/^-?\d+$/.test(token)) continue;
    const value = BigInt(token);
    if (value < LEAST || value > MOST) return 'MongoDB can only handle up to 8-byte ints';
  }
  return null;
}
