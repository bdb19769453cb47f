import { describe, expect, it, onTestFinished } from 'vitest';
import { createProbe } from '../../src/api/probe.ts';
import type { Json, JsonObject } from '../../src/domain/json.ts';
import type { Fault, SeenRequest } from '../../src/sandbox/http/faults.ts';
import { offsetAt } from '../../src/schedule/zone/zone.ts';
import { FakeClock } from '../api/fake-clock.ts';
import { closedPort, reply, serve } from '../api/local-service.ts';
import {
  CONFIG,
  KEY,
  makeRepository,
  manifestYaml,
  NAMESPACE,
  TestClock,
  withSandbox,
} from '../support/cli.ts';

const FILES = { 'mxt.yaml': CONFIG, 'manifests/a.yaml': manifestYaml('a') };

const WITH_SECRETS = `name: b
action_type: retriever_execution
action_config:
  retriever_id: ret_1
  inputs: { a: '\${{ secrets.A }}', b: '\${{ secrets.B }} and \${{ secrets.SET }}' }
trigger_type: interval
schedule_config: { interval_seconds: 3600 }
`;

interface Checked {
  readonly ok: boolean;
  readonly checks: readonly { check: string; status: string; message: string; todo: string | null }[];
}

describe('mxt doctor', () => {
  it('finds everything in order, and changes nothing', async () => {
    const { sandbox, env } = await withSandbox({ rateLimit: { perMinute: 600, burst: 200 } });
    const { mxt } = makeRepository(FILES, env);
    const before = sandbox.world(NAMESPACE);
    const { code, stdout, stderr } = await mxt('doctor');
    expect(
      stdout
        .replace(/127\.0\.0\.1:\d+/, 'HOST')
        .replace(/(node +)\d+\.\d+\.\d+/, '$1NODE')
        .replace(/(zone data +).+/, '$1DATA'),
    ).toMatchInlineSnapshot(`
      "   CHECK              FINDING
      ✓  node               NODE
      ✓  zone data          DATA
      ✓  configuration      mxt.yaml, owner acme/search
      ✓  manifests          1 valid in manifests
      ✓  git                no checkout: no commit is recorded
      ✓  address            http://HOST
      ✓  key                set in MP_API_KEY
      ✓  namespace          ns_test
      ✓  proxy              none
      ✓  service            answers, and accepts the key for ns_test
      ✓  clock              agrees with the service's
      ✓  scheduler          runs
      ✓  rate limit         600 requests a minute; 199 left now
      ✓  write permission   the key may write
      ✓  delete permission  the key may delete

      Ready.
      "
    `);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(sandbox.requests).toHaveLength(5);
    expect(sandbox.world(NAMESPACE)).toEqual(before);
  });

  it('says which zones this Node has wrong, and whether a manifest goes by one of them', async () => {
    const zoned = `${manifestYaml('a')}`.replace(
      /schedule_config:.*/,
      'schedule_config: { cron_expression: "0 2 * * *", timezone: America/Vancouver }',
    );
    const { mxt } = makeRepository({ 'mxt.yaml': CONFIG, 'manifests/a.yaml': zoned });
    const { stdout } = await mxt('doctor --format json', { clock: new TestClock() });
    const { zone_data, checks } = JSON.parse(stdout);
    const release = process.versions['tz'] ?? null;
    expect(zone_data).toMatchObject({ node: process.version, release, newest: '2026f' });
    const [vancouver] = zone_data.wrong.filter(({ zone }: { zone: string }) => zone === 'America/Vancouver');
    const [line] = checks.filter(({ check }: { check: string }) => check === 'zone data');
    // By what its clocks show in January: Node 20 has it wrong, newer ones do not.
    if (offsetAt('America/Vancouver', Date.UTC(2027, 0)) === -8 * 3_600_000) {
      const period = {
        from: '2026-11-01T09:00:00.000Z',
        to: '2027-03-14T10:00:00.000Z',
        minutes_late: 60,
        since: '2026b',
      };
      expect(vancouver).toEqual({
        zone: 'America/Vancouver',
        used: true,
        periods: [period, expect.anything()],
      });
      expect(line).toMatchObject({ status: 'warning', todo: expect.stringContaining('America/Vancouver') });
    } else {
      expect(vancouver).toBeUndefined();
      expect(line.status).toBe('ok');
    }
  });

  it('works in the embedded sandbox', async () => {
    const { mxt } = makeRepository(FILES);
    const { code, stdout } = await mxt('doctor --sandbox');
    expect(stdout).toMatch(/✓ {2}key +none is needed for the sandbox\n/);
    expect(code).toBe(0);
  });

  const answers =
    (status: number, type: string, which: (request: SeenRequest) => boolean = () => true) =>
    (request: SeenRequest): Fault | undefined =>
      which(request)
        ? { kind: 'answer', when: 'before', status, body: { error: { type, message: `said with ${KEY}` } } }
        : undefined;

  const isDelete = ({ method }: SeenRequest) => method === 'DELETE';
  const at =
    (wanted: string, status: number, body: Json) =>
    ({ path }: SeenRequest): Fault | undefined =>
      path === wanted ? { kind: 'answer', when: 'before', status, body } : undefined;
  const beats = (status: number, body: Json) => at('/v1/health/beat', status, body);
  const rates = (rate_limits: JsonObject) => at('/v1/organizations', 200, { rate_limits });

  it.each<
    [
      string,
      Parameters<typeof withSandbox>[0],
      Record<string, string>,
      Record<string, string>,
      string,
      string,
      RegExp,
    ]
  >([
    ['no configuration', {}, { 'mxt.yaml': '' }, {}, 'configuration', 'failed', /owner/],
    [
      'a broken manifest',
      {},
      { 'manifests/a.yaml': 'name: [' },
      {},
      'manifests',
      'failed',
      /first at manifests\/a\.yaml:1/,
    ],
    ['no key', {}, {}, { MP_API_KEY: '' }, 'key', 'failed', /MP_API_KEY is not set/],
    ['a key with a line break', {}, {}, { MP_API_KEY: `${KEY}\n` }, 'key', 'failed', /line breaks/],
    ['no namespace', {}, {}, { MP_NAMESPACE: '' }, 'namespace', 'failed', /MP_NAMESPACE is not set/],
    ['an address without TLS', {}, {}, { MP_API_URL: 'http://example.com' }, 'address', 'failed', /https/],
    [
      'no environment chosen',
      {},
      { 'mxt.yaml': `${CONFIG}environments: { prod: { namespace: ns_p } }\n` },
      { MP_NAMESPACE: '' },
      'environment',
      'failed',
      /none is chosen/,
    ],
    ['a refused key', { faults: answers(401, 'UnauthorizedError') }, {}, {}, 'service', 'failed', /401/],
    [
      'a namespace that is not there',
      { faults: answers(404, 'NotFoundError') },
      {},
      {},
      'service',
      'failed',
      /404/,
    ],
    [
      'a key that may not write',
      { faults: answers(403, 'ForbiddenError', ({ method }) => method === 'PATCH') },
      {},
      {},
      'write permission',
      'failed',
      /read but not write/,
    ],
    [
      'a service that does not say who may write',
      { faults: answers(501, 'NotImplemented', ({ method }) => method === 'PATCH') },
      {},
      {},
      'write permission',
      'warning',
      /unknown/,
    ],
    [
      'a key that may not delete',
      { faults: answers(403, 'ForbiddenError', isDelete) },
      {},
      {},
      'delete permission',
      'warning',
      /write but not delete/,
    ],
    [
      'a quota that is full',
      { faults: answers(403, 'QuotaExceededError', isDelete) },
      {},
      {},
      'delete permission',
      'warning',
      /unknown: .*QuotaExceededError/,
    ],
    [
      'a scheduler whose last tick is old',
      { faults: beats(200, { beat_running: true, last_heartbeat: 'x', age_seconds: 301 }) },
      {},
      {},
      'scheduler',
      'failed',
      /^has stopped: its last tick was 5 min 1 s ago$/,
    ],
    [
      'a scheduler that says when it ticked, in whatever form',
      { faults: beats(200, { last_heartbeat: '2020-01-01 00:00:00' }) },
      {},
      {},
      'scheduler',
      'failed',
      /^has stopped: its last tick was \d+ y/,
    ],
    [
      'a dead scheduler that is told as an outage',
      { faults: beats(503, { error: { type: 'X', message: 'm', details: { beat_running: false } } }) },
      {},
      {},
      'scheduler',
      'failed',
      /^has stopped$/,
    ],
    [
      'a scheduler that lives',
      { faults: beats(200, { beat_running: true, age_seconds: 300 }) },
      {},
      {},
      'scheduler',
      'ok',
      /^runs$/,
    ],
    [
      'a gateway that answers in its place',
      { faults: beats(503, '<html><title>Bad day</title></html>') },
      {},
      {},
      'scheduler',
      'warning',
      /^unknown: .*503.*HTML/,
    ],
    [
      'rates of several kinds',
      {
        faults: rates({ requests_per_minute: 60, requests_per_second: 10, max_concurrent: 5, tier: 'free' }),
      },
      {},
      {},
      'rate limit',
      'ok',
      /^60 requests a minute, 10 a second, 5 at once$/,
    ],
    [
      'rates by category',
      { variants: ['rates-by-category'] },
      {},
      {},
      'rate limit',
      'ok',
      /^60 requests a minute \(metadata, data\), 30 \(search\), 10 \(upload, compute\); 19 left now$/,
    ],
    [
      'a key that may not see the organisation',
      {
        rateLimit: { perMinute: 600, burst: 200 },
        faults: answers(403, 'ForbiddenError', ({ path }) => path === '/v1/organizations'),
      },
      {},
      {},
      'rate limit',
      'ok',
      /^600 requests a minute; 199 left now$/,
    ],
    [
      'secrets that are not set',
      {},
      { 'manifests/b.yaml': WITH_SECRETS, 'manifests/a.yaml': manifestYaml('a') },
      { MXT_SECRET_SET: 'long enough' },
      'secrets',
      'failed',
      /^MXT_SECRET_A is not set \(b\); MXT_SECRET_B is not set \(b\)$/,
    ],
    [
      'secrets that are set',
      {},
      { 'manifests/b.yaml': WITH_SECRETS },
      { MXT_SECRET_A: 'long enough', MXT_SECRET_B: 'long enough too', MXT_SECRET_SET: 'and a third' },
      'secrets',
      'ok',
      /^MXT_SECRET_A, MXT_SECRET_B, MXT_SECRET_SET set$/,
    ],
    [
      'a bucket that is nearly empty',
      { rateLimit: { perMinute: 60, burst: 10 } },
      {},
      {},
      'rate limit',
      'warning',
      /60 requests a minute; 9 left/,
    ],
  ])('says of %s what is wrong', async (_, options, files, variables, check, status, message) => {
    const { env } = await withSandbox(options);
    const { mxt } = makeRepository({ ...FILES, ...files }, { ...env, ...variables });
    const { code, stdout, stderr } = await mxt('doctor --format json');
    const { checks, ok } = JSON.parse(stdout) as Checked;
    const found = checks.find((one) => one.check === check);
    expect(found).toMatchObject({ status, message: expect.stringMatching(message) });
    expect(code).toBe(status === 'failed' ? 1 : 0);
    expect(ok).toBe(code === 0);
    const text = await mxt('doctor');
    expect(stdout + stderr + text.stdout + text.stderr).not.toContain(KEY);
    expect(checks.filter((one) => one.status === 'warning' && one.todo === null)).toEqual([]);
    if (found?.todo != null) expect(text.stdout).toContain(`${check}: ${found.todo}`);
  });

  it.each([
    ['does not say how its scheduler is', beats(200, { status: 'fine' })],
    ['has no address for it', beats(404, { detail: 'Not Found' })],
  ])('says nothing of the scheduler where the service %s', async (_, faults) => {
    const { env } = await withSandbox({ faults });
    const { code, stdout } = await makeRepository(FILES, env).mxt('doctor --format json');
    expect(code).toBe(0);
    const { checks } = JSON.parse(stdout) as Checked;
    expect(checks.map(({ check }) => check)).not.toContain('scheduler');
  });

  it('says nothing of rates and clocks that nobody tells', async () => {
    const { url } = await serve(({ path }, response) =>
      path === '/v1/triggers/list'
        ? reply(response, 200, { results: [], total: 0, offset: 0, limit: 1 }, { Date: '' })
        : reply(response, 404, {}, { Date: '' }),
    );
    const { mxt } = makeRepository(FILES, { MP_API_URL: url, MP_API_KEY: KEY, MP_NAMESPACE: NAMESPACE });
    const { stdout, code } = await mxt('doctor');
    expect(stdout).not.toMatch(/rate limit|clock/);
    expect(code).toBe(0);
  });

  it.each(['upsert-only', 'create-only'])('never asks about deletes under the policy %s', async (policy) => {
    const { sandbox, env } = await withSandbox({ faults: answers(403, 'ForbiddenError', isDelete) });
    const { mxt } = makeRepository({ ...FILES, 'mxt.yaml': `${CONFIG}policy: ${policy}\n` }, env);
    const { stdout } = await mxt('doctor');
    expect(stdout).not.toContain('delete');
    expect(sandbox.requests.filter(isDelete)).toEqual([]);
  });

  it('asks for the secrets of the chosen environment alone', async () => {
    const { mxt } = makeRepository(
      {
        'mxt.yaml': `${CONFIG}environments: { one: { namespace: ns_1 }, two: { namespace: ns_2 } }\n`,
        'manifests/b.yaml': `${WITH_SECRETS}environments: [two]\n`,
      },
      { MXT_SECRET_A: 'long enough', MXT_SECRET_B: 'short' },
    );
    expect((await mxt('doctor --sandbox -e one')).stdout).not.toContain('MXT_SECRET');
    const { stdout, code } = await mxt('doctor --sandbox -e two');
    expect(stdout).toMatch(/MXT_SECRET_B has fewer than 8 characters.*; MXT_SECRET_SET is not set/);
    expect(code).toBe(1);
  });

  it.each([
    [2_000, 'ok', 0],
    [60_000, 'warning', 0],
    [-3_600_000, 'failed', 1],
  ] as const)('compares clocks: off by %i ms', async (ahead, status, code) => {
    const { env } = await withSandbox();
    const { mxt } = makeRepository(FILES, env);
    const clock = { now: () => new Date(Date.now() + ahead), sleep: async () => {} };
    const ran = await mxt('doctor --format json', { clock, clocksDiffer: true });
    const found = (JSON.parse(ran.stdout) as Checked).checks.find(({ check }) => check === 'clock');
    expect(found).toMatchObject({ status });
    expect(ran.code).toBe(code);
  });

  it('shows which proxy it goes through, and never its password', async () => {
    const { mxt } = makeRepository(FILES, {
      MP_API_URL: 'https://service.invalid',
      MP_API_KEY: KEY,
      MP_NAMESPACE: NAMESPACE,
      HTTPS_PROXY: `http://user:secret@127.0.0.1:${new URL(await closedPort()).port}`,
    });
    const { code, stdout } = await mxt('doctor');
    expect(stdout).toMatch(/✓ {2}proxy +goes through 127\.0\.0\.1:\d+ \(HTTPS_PROXY\)/);
    expect(stdout).toMatch(/✗ {2}service +.*the proxy 127\.0\.0\.1:\d+ \(HTTPS_PROXY\)/);
    expect(stdout).not.toContain('secret');
    expect(code).toBe(1);
  });

  it.each(['"http://u:secret@proxy:3128"', 'http://u:secret#1@proxy:3128', 'ftp://u:secret@proxy'])(
    'a proxy that cannot be read is a finding: %s',
    async (text) => {
      const env = { MP_API_URL: 'https://service.invalid', MP_API_KEY: KEY, MP_NAMESPACE: NAMESPACE };
      const { mxt } = makeRepository(FILES, { ...env, HTTPS_PROXY: text });
      const { code, stdout, stderr } = await mxt('doctor');
      expect(stdout).toMatch(/✗ {2}proxy +HTTPS_PROXY cannot be read as a proxy/);
      expect(stdout + stderr).not.toMatch(/secret|bug in mxt/);
      expect(code).toBe(1);
    },
  );

  it('warns where certificates are not checked', async () => {
    const { env } = await withSandbox();
    const { mxt } = makeRepository(FILES, { ...env, NODE_TLS_REJECT_UNAUTHORIZED: '0' });
    const { code, stdout } = await mxt('doctor');
    expect(stdout).toMatch(/! {2}certificates +not checked at all/);
    expect(code).toBe(0);
  });

  it.each([502, 503])('takes less than 15 s for a service that answers %i', async (status) => {
    const clock = new FakeClock();
    const { url } = await serve((_, response) => reply(response, status, '<html>bad gateway</html>'));
    const probe = createProbe({
      apiUrl: url,
      apiKey: KEY,
      namespace: NAMESPACE,
      concurrency: 1,
      userAgent: 'test',
      clock,
    });
    onTestFinished(() => probe.close());
    const started = clock.now();
    await expect(probe.glance()).rejects.toMatchObject({ failure: { status } });
    expect(clock.now() - started).toBeLessThan(15_000);
  });
});
