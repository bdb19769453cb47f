import type { Json } from '../../domain/json.ts';

/** Far deeper than any manifest; keeps every recursion over values, here and later, within the stack. */
export const MAX_DEPTH = 100;

/**
 * Keys that YAML may have meant as something else than a string, and `__proto__`. The fast parser has made
 * strings of them all, so the look is all there is to go by; the strict one knows.
 */
const DOUBTFUL_KEY =
  /^(?:[-+.]?\d|[-+]?(?:\.inf|\.nan|infinity|nan)$|(?:null|true|false|~|)$|__proto__$|\[object |<<$)/i;

/** YAML allows a key 1,024 characters before its colon; as written it may have twice as many as are read. */
const LONGEST_KEY = 256;

/**
 * Whether a value that the fast parser made is beyond doubt: finite and safe numbers, keys that are strings in
 * any reading, no great depth. Anything else goes to the strict parser, which decides and knows positions.
 */
export function isPlainJsonValue(value: Json, depth = 0): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
    case 'object':
      if (value === null) return true;
      if (depth >= MAX_DEPTH) return false;
      if (Array.isArray(value)) return value.every((item) => isPlainJsonValue(item, depth + 1));
      for (const key in value) {
        if (
          key.length > LONGEST_KEY ||
          DOUBTFUL_KEY.test(key) ||
          !isPlainJsonValue(value[key] as Json, depth + 1)
        )
          return false;
      }
      return true;
    default:
      return false;
  }
}

/** How many values a value holds, counted no further than a limit: aliases can make a small text a huge value. */
export function countValues(value: Json, limit: number): number {
  if (typeof value !== 'object' || value === null) return 1;
  let count = 1;
  for (const item of Array.isArray(value) ? value : Object.values(value)) {
    count += countValues(item, limit - count);
    if (count > limit) break;
  }
  return count;
}
