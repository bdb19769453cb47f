import { DECODERS } from './decoders.ts';

/** Ten thousand triggers are about 10 MB. More than this is not a list of triggers, compressed or not. */
export const LARGEST_ANSWER = 64 * 1024 * 1024;

/** What `decompress` reads, for the header Accept-Encoding. */
export const ENCODINGS = 'gzip, deflate, br';
/** A header may name them one upon another. Nobody means more than this. */
const MOST_LAYERS = 3;

/**
 * A body as it was before it was compressed. A bomb is given up where it grows beyond the largest answer.
 *
 * @param encoding the header Content-Encoding, whatever was asked for
 * @throws Error with a code of zlib's, or `ENCODING name` for one that is not known
 */
export async function decompress(body: Uint8Array, encoding: string | null): Promise<Uint8Array> {
  const layers = (encoding ?? '')
    .split(',')
    .map((layer) => layer.trim().toLowerCase())
    .filter((layer) => layer !== '' && layer !== 'identity');
  let bytes = body;
  for (const layer of layers.reverse()) {
    if (bytes.length === 0) break; // a 204 of a server that marks everything
    const decode = layers.length > MOST_LAYERS ? undefined : DECODERS.get(layer);
    if (decode === undefined) throw Object.assign(new Error(), { code: `ENCODING ${encoding}` });
    bytes = await decode(bytes, { maxOutputLength: LARGEST_ANSWER });
  }
  return bytes;
}
