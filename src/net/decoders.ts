import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw, type ZlibOptions } from 'node:zlib';

type Decoder = (bytes: Uint8Array, options: ZlibOptions) => Promise<Uint8Array>;

const wrapped: Decoder = promisify(inflate);
const bare: Decoder = promisify(inflateRaw);

/** What decompresses, by its name in Content-Encoding. */
export const DECODERS: ReadonlyMap<string, Decoder> = new Map<string, Decoder>([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['br', promisify(brotliDecompress)],
  // The standard means zlib's wrapping; some servers leave it out.
  ['deflate', (bytes, options) => ((bytes[0] ?? 0) % 16 === 8 ? wrapped : bare)(bytes, options)],
]);
