import { describe, expect, it, onTestFinished } from 'vitest';
import { createProbe } from '../../src/api/probe.ts';
import type { Fault, SeenRequest } from '../../src/sandbox/http/faults.ts';
import { FakeClock } from '../api/fake-clock.ts';
import { closedPort, reply, serve } from '../api/local-service.ts';
import { CONFIG, KEY, makeRepository, manifestYaml, NAMESPACE, withSandbox } from '../support/cli.ts';

const FILES = { 'mxt.yaml': CONFIG, 'manifests/a.yaml': manifestYaml('a') };

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
      stdout.replace(/127\.0\.0\.1:\d+/, 'HOST').replace(/(node +)\d+\.\d+\.\d+/, '$1NODE'),
    ).toMatchInlineSnapshot(`
      "   CHECK             FINDING
      ✓  node              NODE
      ✓  configuration     mxt.yaml, owner acme/search
      ✓  manifests         1 valid in manifests
      ✓  git               no checkout: no commit is recorded
      ✓  address           http://HOST
      ✓  key               set in MP_API_KEY
      ✓  namespace         ns_test
      ✓  proxy             none
      ✓  service           answers, and accepts the key for ns_test
      ✓  clock             agrees with the service's
      ✓  rate limit        600 requests a minute, 199 left now
      ✓  write permission  the key may write

      Ready.
      "
    `);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(sandbox.requests).toHaveLength(2);
    expect(sandbox.world(NAMESPACE)).toEqual(before);
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
    ['a service that says nothing about its limits', {}, {}, {}, 'rate limit', 'warning', /unknown/],
    [
      'a bucket that is nearly empty',
      { rateLimit: { perMinute: 60, burst: 5 } },
      {},
      {},
      'rate limit',
      'warning',
      /60 requests a minute, 4 left/,
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
    if (found?.todo != null) expect(text.stdout).toContain(`${check}: ${found.todo}`);
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
