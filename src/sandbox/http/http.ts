import { isUtf8 } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Json } from '../../domain/json.ts';
import type { Answer, Reply } from './faults.ts';
import { unfitNumber } from './numbers.ts';

export const MAX_BODY_BYTES = 1024 * 1024;

/** A request's body, read to its end whatever it holds. */
export type Body =
  | { readonly kind: 'none' }
  | { readonly kind: 'json'; readonly value: Json; readonly unfit: string | null }
  | { readonly kind: 'not-json'; readonly text: string }
  | { readonly kind: 'not-text' }
  | { readonly kind: 'too-large' };

/** Rejects where the client goes away before it has sent everything. */
export async function receive(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  let size = 0;
  // What is too large is read on and dropped, for a client that is still sending does not read the refusal.
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  if (size > MAX_BODY_BYTES) return { kind: 'too-large' };
  const bytes = Buffer.concat(chunks);
  if (!isUtf8(bytes)) return { kind: 'not-text' };
  const text = bytes.toString('utf8');
  if (text === '') return { kind: 'none' };
  try {
    return { kind: 'json', value: JSON.parse(text) as Json, unfit: unfitNumber(text) };
  } catch {
    return { kind: 'not-json', text };
  }
}

export function reply(response: ServerResponse, what: Reply): void {
  if (what.kind === 'drop') {
    response.socket?.destroy();
    return;
  }
  const payload = payloadOf(what.answer);
  for (const [name, value] of Object.entries(what.answer.headers)) response.setHeader(name, value);
  response.statusCode = what.answer.status;
  if (payload === null) {
    response.end();
    return;
  }
  if (!response.hasHeader('Content-Type')) response.setHeader('Content-Type', 'application/json');
  response.setHeader('Content-Length', payload.length);
  if (what.kind === 'send') {
    response.end(payload);
    return;
  }
  // The length promises more than comes, which is how a client can tell.
  response.write(payload.subarray(0, payload.length >> 1), () => response.socket?.destroy());
}

function payloadOf({ body, status }: Answer): Buffer | null {
  if (body === null || status === 204 || status === 304) return null;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}
