import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reply, serve } from '../api/local-service.ts';
import { CONFIG, makeRepository, manifestYaml } from '../support/cli.ts';

/** With characters that JSON and URLs write another way. */
const KEY = 'sk_live_Zq8"\\x/y+z9';
const SPELLINGS = [KEY, encodeURIComponent(KEY), JSON.stringify(KEY).slice(1, -1), 'Zq8'];

type Handle = Parameters<typeof serve>[0];
const TRIGGER = {
  trigger_id: 'trg_1',
  action_type: 'cluster',
  action_config: { cluster_id: KEY },
  trigger_type: 'cron',
  schedule_config: { cron_expression: KEY, timezone: KEY },
  status: 'failed',
  description: `${KEY}\n\n[mxt:1 owner=acme/search name=a spec=0000000000000000]`,
  last_execution_error: `Bearer ${KEY}`,
};
/** Only the list goes well. */
const listed =
  (other: Handle): Handle =>
  (seen, response, request) =>
    seen.path === '/v1/triggers/list'
      ? reply(response, 200, { results: [TRIGGER], total: 1, offset: 0, limit: 1000 })
      : other(seen, response, request);

/** A service that says the key back wherever it can. */
const SERVICES: Record<string, Handle> = {
  'refuses the key': (_, response) => reply(response, 401, { error: { type: KEY, message: `not ${KEY}` } }),
  'is a proxy’s page': (_, response) =>
    reply(response, 403, `<html><title>${KEY}</title>`, { 'content-type': 'text/html' }),
  'answers no JSON': (_, response) => reply(response, 200, `{"results": ${JSON.stringify(KEY)}`),
  'answers a malformed page': (_, response) =>
    reply(response, 200, { results: [{ trigger_id: KEY, action_type: [KEY] }], total: 1 }),
  'redirects with it': (_, response) =>
    reply(response, 307, '', { location: `http://127.0.0.1:1/?key=${encodeURIComponent(KEY)}` }),
  'has it in a trigger': listed((_, response) => reply(response, 200, TRIGGER)),
  'has it in a trigger, and fails': listed((_, response) =>
    reply(response, 422, { detail: [{ loc: [KEY], msg: KEY, type: KEY }] }),
  ),
  'has it in a trigger, and redirects': listed((_, response) =>
    reply(response, 302, '', { location: `https://x.example/${KEY}` }),
  ),
};

const COMMANDS = [
  'plan -v --out plan.json --out-html plan.html --out-markdown plan.md',
  'plan --format json',
  'dry-run --curl -v',
  'apply --yes -v --out-json result.json',
  'apply --yes --format json',
  'status -v',
];

function filesUnder(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((name) => join(root, name))
    .filter((path) => statSync(path).isFile());
}

describe.each(Object.entries(SERVICES))('the key, where the service %s,', (_, handle) => {
  it.each(COMMANDS)('is nowhere after mxt %s', async (args) => {
    const { url, seen } = await serve(handle);
    const { mxt, root } = makeRepository(
      { 'mxt.yaml': CONFIG, 'manifests/a.yaml': manifestYaml('a') },
      { MP_API_URL: url, MP_API_KEY: KEY, MP_NAMESPACE: 'ns_1' },
    );
    const { stdout, stderr } = await mxt(args);
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.every(({ headers }) => headers.authorization === `Bearer ${KEY}`)).toBe(true);
    const texts = [stdout, stderr, ...filesUnder(root).map((path) => readFileSync(path, 'utf8'))];
    for (const spelling of SPELLINGS) expect(texts.join('\n')).not.toContain(spelling);
  });
});

it.each([301, 302, 303, 307, 308])(
  'a redirect to another host (%i) is not followed, by no command',
  async (status) => {
    const elsewhere = await serve((_, response) => reply(response, 200, { results: [], total: 0 }));
    const { url, seen } = await serve((one, response) =>
      reply(response, status, '', { location: elsewhere.url.replace('127.0.0.1', 'localhost') + one.path }),
    );
    const { mxt } = makeRepository(
      { 'mxt.yaml': CONFIG, 'manifests/a.yaml': manifestYaml('a') },
      { MP_API_URL: url, MP_API_KEY: KEY, MP_NAMESPACE: 'ns_1' },
    );
    for (const args of ['plan', 'apply --yes', 'dry-run']) {
      expect(await mxt(args)).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('redirects are not followed'),
      });
    }
    expect(seen).toHaveLength(3);
    expect(elsewhere.seen).toEqual([]);
  },
);
