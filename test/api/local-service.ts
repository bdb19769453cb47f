import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { type Client, type ClientOptions, createWriteClient } from '../../src/api/client.ts';
import { FakeClock } from './fake-clock.ts';

export const KEY = 'sk_live_Zq8"\\x';
export const NAMESPACE = 'ns_1';

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

/** A server on loopback for one test; `handle` gets the body that came with the request. */
export async function serve(
  handle: (seen: Seen, response: ServerResponse, request: IncomingMessage) => void,
): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const url = await listen((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const { method = '', url: path = '', headers } = request;
      const one = { method, path, headers, body: text === '' ? null : JSON.parse(text) };
      seen.push(one);
      handle(one, response, request);
    });
  });
  return { url, seen };
}

export async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A port on which nobody listens. */
export async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return `http://127.0.0.1:${port}`;
}

export function reply(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

/** A client whose waits take no time. */
export function clientFor(apiUrl: string, options: Partial<ClientOptions> = {}): Client {
  const client = createWriteClient({
    apiUrl,
    apiKey: KEY,
    namespace: NAMESPACE,
    concurrency: 2,
    userAgent: 'mxt/0.0.0-test',
    clock: new FakeClock(),
    ...options,
  });
  onTestFinished(() => client.close());
  return client;
}
