import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { open } from './harness.ts';

/** One request as it goes over the wire, and the status of its answer. */
async function status(url: string, head: readonly string[], body = '', length = body.length) {
  const { port, hostname } = new URL(url);
  const socket = connect(Number(port), hostname);
  const lines = [...head, `Content-Length: ${length}`, 'Connection: close', '', body];
  socket.write(lines.join('\r\n'));
  let answer = '';
  for await (const chunk of socket) answer += chunk;
  return Number(answer.split(' ')[1]);
}

const KEY = ['Authorization: Bearer any', 'X-Namespace: ns_a', 'Content-Type: application/json'];
const LIST = 'POST /v1/triggers/list HTTP/1.1';

it.each([
  ['under its address', ['Host: 127.0.0.1'], 200],
  ['under localhost, with a port that is forwarded', ['Host: localhost:9999'], 200],
  ['under a name that somebody gave to this machine', ['Host: sandbox.example.com'], 421],
  ['under a name that begins like its own', ['Host: 127.0.0.1.example.com'], 421],
  ['from a page of its own', ['Host: localhost', 'Origin: http://localhost:8787'], 200],
  ['from a page of elsewhere', ['Host: 127.0.0.1', 'Origin: https://example.com'], 421],
  ['from a page without an origin', ['Host: 127.0.0.1', 'Origin: null'], 421],
  ['from a link on a page of elsewhere', ['Host: 127.0.0.1', 'Sec-Fetch-Site: cross-site'], 421],
])('is answered %s', async (_, headers, expected) => {
  const { sandbox } = await open();
  expect(await status(sandbox.url, [LIST, ...headers, ...KEY], '{}')).toBe(expected);
  expect(sandbox.requests).toHaveLength(expected === 200 ? 1 : 0);
});

it('is refused without a key before its body is read', async () => {
  const { sandbox } = await open();
  expect(await status(sandbox.url, [LIST, 'Host: 127.0.0.1'], '{"limit":1}')).toBe(401);
  expect(sandbox.requests).toMatchObject([{ body: null }]);
  // An answer comes though the body that was promised never does.
  expect(await status(sandbox.url, [LIST, 'Host: 127.0.0.1'], '', 1_000_000)).toBe(401);
});
