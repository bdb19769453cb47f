import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { clientFor, serve } from './local-service.ts';

const TRIGGER = { trigger_id: 'trg_1', description: 'größer ✓ '.repeat(100) };
const JSON_BYTES = Buffer.from(JSON.stringify(TRIGGER));
const PLAIN = '{"error":{"type":"E","message":"no"}}';

/** A service that answers bytes with an encoding, whatever was asked for. */
function answering(encoding: string, body: Uint8Array, status = 200) {
  return serve((_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', 'content-encoding': encoding });
    response.end(body);
  });
}

describe('a compressed answer', () => {
  it.each<[encoding: string, compress: (bytes: Uint8Array) => Uint8Array]>([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['GZIP', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['gzip, br', (bytes) => brotliCompressSync(gzipSync(bytes))],
    ['identity', (bytes) => bytes],
  ])('%s is read, of a success and of an error', async (encoding, compress) => {
    const good = await answering(encoding, compress(JSON_BYTES));
    expect(await clientFor(good.url).getTrigger('trg_1')).toEqual(TRIGGER);
    const bad = await answering(encoding, compress(Buffer.from(PLAIN)), 400);
    await expect(clientFor(bad.url).getTrigger('trg_1')).rejects.toThrow(/: answered 400 E: no$/);
  });

  it('may be empty', async () => {
    const { url } = await answering('gzip', new Uint8Array(), 204);
    expect(await clientFor(url).send({ op: 'delete', id: 'trg_1', body: null })).toBeNull();
  });

  const flipped = gzipSync(JSON_BYTES);
  flipped[flipped.length - 8] = (flipped[flipped.length - 8] ?? 0) ^ 1;
  it.each<[name: string, encoding: string, body: Uint8Array, says: string]>([
    ['no gzip', 'gzip', JSON_BYTES, 'its compressed body is damaged (Z_DATA_ERROR)'],
    [
      'half of it',
      'gzip',
      gzipSync(JSON_BYTES).subarray(0, 40),
      'its compressed body is damaged (Z_BUF_ERROR)',
    ],
    ['a wrong sum', 'gzip', flipped, 'its compressed body is damaged (Z_DATA_ERROR)'],
    ['a bomb', 'gzip', gzipSync(Buffer.alloc(65 * 2 ** 20)), 'the answer is larger than 64 MiB'],
    [
      'a bomb of brotli',
      'br',
      brotliCompressSync(Buffer.alloc(65 * 2 ** 20)),
      'the answer is larger than 64 MiB',
    ],
    ['a bomb in a bomb', 'gzip, gzip', gzipSync(gzipSync(Buffer.alloc(65 * 2 ** 20))), 'larger than 64 MiB'],
    [
      'another encoding',
      'zstd',
      JSON_BYTES,
      'its body has an encoding that was not asked for (ENCODING zstd)',
    ],
    ['layers without end', 'gzip,'.repeat(500), gzipSync(JSON_BYTES), 'an encoding that was not asked for'],
  ])('%s is an error that names the call', async (_, encoding, body, says) => {
    const { url } = await answering(encoding, body);
    const failing = clientFor(url).getTrigger('trg_1');
    await expect(failing).rejects.toThrow(`GET ${url}/v1/triggers/trg_1: answered 200, and `);
    await expect(failing).rejects.toThrow(says);
  });
});
