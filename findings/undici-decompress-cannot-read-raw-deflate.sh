#!/usr/bin/env bash
# "Content-Encoding: deflate" is zlib's format, and some servers send deflate without zlib's header under that name. undici 7.30.2
# has two readers of it that differ: its fetch looks at the first byte and reads either, its interceptor "decompress" for request()
# knows zlib's alone, and the body ends with Z_DATA_ERROR. Whoever moves from fetch to request() loses such a server.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund undici@7.30.2
cat >probe.mjs <<'JS'
import { once } from 'node:events';
import { createServer } from 'node:http';
import { deflateRawSync, deflateSync } from 'node:zlib';
import { Agent, fetch, interceptors, request } from 'undici';

const bodies = { '/zlib': deflateSync('read'), '/raw': deflateRawSync('read') };
const server = createServer(({ url }, answer) => {
  answer.writeHead(200, { 'content-encoding': 'deflate' }).end(bodies[url]);
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const dispatcher = new Agent().compose(interceptors.decompress());
for (const path of Object.keys(bodies)) {
  const url = `http://127.0.0.1:${server.address().port}${path}`;
  const ways = {
    fetch: async () => (await fetch(url)).text(),
    'request with decompress': async () => (await request(url, { dispatcher })).body.text(),
  };
  for (const [name, read] of Object.entries(ways))
    console.log(`${path}, ${name}: ${await read().catch(({ code, message }) => `${code}, ${message}`)}`);
}
process.exit();
JS
node --no-warnings probe.mjs | tee said
diff said - <<'EXPECTED'
/zlib, fetch: read
/zlib, request with decompress: read
/raw, fetch: read
/raw, request with decompress: Z_DATA_ERROR, incorrect header check
EXPECTED
