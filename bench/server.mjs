// Serves a ready-made list, page by page, so that its own cost stays out of the figures. Counts list calls.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const live = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const pages = new Map();
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
    response.end(page);
  });
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
