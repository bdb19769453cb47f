// Serves a ready-made list, page by page, so that its own cost stays out of the figures. Counts list calls.
// usage: server.mjs LIVE.json [MS]: so far away that a round trip takes so many milliseconds. A connection costs two of
// them before its first answer, as TCP and TLS 1.3 do.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const live = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const pages = new Map();
const awayMs = Number(process.argv[3] ?? 0);
const connected = new WeakMap();
let calls = 0;
const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    if (request.url === '/calls') {
      response.end(String(calls));
      calls = 0;
      return;
    }
    calls++;
    const { offset = 0, limit = 50 } = JSON.parse(Buffer.concat(chunks).toString());
    const key = `${offset} ${limit}`;
    if (!pages.has(key)) {
      pages.set(
        key,
        Buffer.from(
          JSON.stringify({ results: live.slice(offset, offset + limit), total: live.length, offset, limit }),
        ),
      );
    }
    const page = pages.get(key);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': page.length });
    if (awayMs === 0) response.end(page);
    else
      setTimeout(() => response.end(page), awayMs + Math.max(0, connected.get(request.socket) - Date.now()));
  });
});
server.on('connection', (socket) => connected.set(socket, Date.now() + 2 * awayMs));
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
