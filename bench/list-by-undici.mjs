// In place of list-by-http.mjs: the same by undici as mxt has it, to tell what that costs.
import { createRequire } from 'node:module';

const client = createRequire(import.meta.url)(process.env.MXT_CLIENT);
const { Pool, request } = Object.values(client).find((one) => one?.undici !== undefined).undici;
let pool;

export const list = async (url, offset) => {
  pool ??= new Pool(url);
  const { body } = await request.call(pool, {
    path: '/v1/triggers/list',
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ offset, limit: 1000, sort_by: 'created_at', direction: 'asc' }),
  });
  return JSON.parse(await body.text());
};

export const close = () => pool?.close();
