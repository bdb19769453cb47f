import { isScalar, type Scalar } from 'yaml';

interface Words {
  readonly message: string;
  readonly hint: string | null;
}

/** From here on JSON has an exponent, and every reader takes the number for a float. */
const FLOATS_FROM = 1e21;
const INTEGER = /^(?:[-+]?\d+|0x[\da-f]+|0o[0-7]+)$/i;

/** What keeps a scalar from being a value of JSON that everybody reads alike. */
export function scalarFault({ value, source }: Scalar): Words | null {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) {
      return { message: `${source ?? value} is not a number in JSON`, hint: null };
    }
    const isWritten = Math.abs(value) < FLOATS_FROM || INTEGER.test(source ?? String(value));
    if (isWritten && Number.isInteger(value) && !Number.isSafeInteger(value)) {
      const message = `${source ?? value} is too large: integers end at ±9007199254740991 (2^53-1)`;
      return { message, hint: 'quote it if it is an id' };
    }
  }
  if (typeof value === 'string' && /\p{Surrogate}/u.test(value)) {
    return { message: 'this text holds half a surrogate pair, which is not a character', hint: null };
  }
  if (typeof value === 'string' && value.includes('\0')) return NUL;
  return null;
}

const NUL: Words = {
  message: 'this text holds the character U+0000, which the service cannot store',
  hint: 'remove it',
};

/** What keeps a node from being a key. */
export function keyFault(key: unknown): Words | null {
  if (!isScalar(key)) return { message: 'a key must be a plain string', hint: null };
  if (key.value === '__proto__') return { message: 'a key cannot be __proto__', hint: null };
  if (typeof key.value === 'string') return key.value.includes('\0') ? NUL : null;
  const text = key.source ?? String(key.value);
  return text === ''
    ? { message: 'the key is empty', hint: null }
    : { message: `the key ${text} is not a string`, hint: `quote it: "${text}"` };
}
