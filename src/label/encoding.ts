import { percentEncode } from '../lib/percent-encode.ts';

const SAFE = /^[A-Za-z0-9._/-]*$/;
const HEX = /^%[0-9A-F]{2}$/i;

/** Percent-encodes what is outside `A-Za-z0-9._/-`, as UTF-8; lone surrogates become U+FFFD. */
export function encodeValue(value: string): string {
  if (SAFE.test(value)) return value;
  return percentEncode(value, /[!'()*~]/g).replaceAll('%2F', '/');
}

/** The value that an encoded one stands for; null where it is not one that `encodeValue` could have written. */
export function decodeValue(encoded: string): string | null {
  if (SAFE.test(encoded)) return encoded;
  const pieces = encoded.split(/(%..?)/);
  if (pieces.some((piece, at) => (at % 2 === 0 ? !SAFE.test(piece) : !HEX.test(piece)))) return null;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return null; // bytes that are not UTF-8
  }
}
