import { request } from 'node:http';

/** One page of the list. */
export const list = (url, offset) =>
  new Promise((done, fail) => {
    const call = request(
      `${url}/v1/triggers/list`,
      { method: 'POST', headers: { 'content-type': 'application/json' } },
      (answer) => {
        const chunks = [];
        answer.on('data', (chunk) => chunks.push(chunk));
        answer.on('end', () => done(JSON.parse(Buffer.concat(chunks).toString())));
      },
    );
    call.on('error', fail);
    call.end(JSON.stringify({ offset, limit: 1000, sort_by: 'created_at', direction: 'asc' }));
  });

export const close = () => {};
