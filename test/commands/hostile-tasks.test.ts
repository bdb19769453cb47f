import { describe, expect, it } from 'vitest';
import { reply, type Seen, serve } from '../api/local-service.ts';
import { CONFIG, KEY, makeRepository, manifestYaml, NAMESPACE, TestClock } from '../support/cli.ts';

const TRIGGER = {
  trigger_id: 'trg_1',
  action_type: 'cluster',
  action_config: { cluster_id: 'c' },
  trigger_type: 'cron',
  schedule_config: { cron_expression: '0 2 * * *' },
  status: 'active',
  description: '[mxt:1 owner=acme/search name=a spec=0000000000000000]',
};

/** A service with one trigger, whose runs are what `answer` makes of a request. */
async function world(answer: (seen: Seen) => unknown) {
  const { url, seen } = await serve((one, response) =>
    reply(
      response,
      200,
      one.path === '/v1/triggers/list' ? { results: [TRIGGER], total: 1 } : (answer(one) as object),
    ),
  );
  const clock = new TestClock();
  const env = { MP_API_URL: url, MP_API_KEY: KEY, MP_NAMESPACE: NAMESPACE };
  const repository = makeRepository({ 'mxt.yaml': CONFIG, 'manifests/a.yaml': manifestYaml('a') }, env);
  const mxt = (...args: string[]) => repository.mxt(args, { clock });
  return { mxt, paths: () => seen.map(({ path }) => path) };
}

describe('the id of a task', () => {
  it.each([
    ['../../v1/organizations', '..%2F..%2Fv1%2Forganizations'],
    ['a/../../b', 'a%2F..%2F..%2Fb'],
    ['%2e%2e/x', '%252e%252e%2Fx'],
    ['x?y=1#z', 'x%3Fy%3D1%23z'],
    ['x\r\nHost: evil', 'x%0D%0AHost%3A%20evil'],
    ['\ud800', '%EF%BF%BD'],
    ['\u001b[2Jtask', '%1B%5B2Jtask'],
  ])('%j stays one segment of the path', async (task_id, segment) => {
    const { mxt, paths } = await world(({ method }) => ({
      task_id,
      status: method === 'POST' ? 'PENDING' : 'COMPLETED',
    }));
    const { code, stdout, stderr } = await mxt('run', 'a', '--wait');
    expect(paths()).toEqual(['/v1/triggers/list', '/v1/triggers/trg_1/execute', `/v1/tasks/${segment}`]);
    expect(code).toBe(0);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may reach a terminal
    expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });

  it.each(['', '.', '..', 5, null])('%j is an error, and nothing is asked for it', async (task_id) => {
    const { mxt, paths } = await world(() => ({ task_id, status: 'PENDING' }));
    const { code, stderr } = await mxt('run', 'a', '--wait');
    expect(stderr).toMatch(/task_id is (?:"\.+", no id|not a text)/);
    expect(stderr).toContain('the run may have begun all the same');
    expect(paths()).toEqual(['/v1/triggers/list', '/v1/triggers/trg_1/execute']);
    expect(code).toBe(1);
    const page = { executions: [{ task_id, triggered_at: 'x', status: 'FAILED' }], total: 1 };
    const history = await world(() => page);
    expect(await history.mxt('history', 'a')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('executions[0].task_id is'),
    });
  });
});

describe('a history that', () => {
  const run = (task_id: string) => ({ task_id, triggered_at: '2026-11-26T00:00:00Z', status: 'COMPLETED' });
  it('goes on for ever ends', async () => {
    let call = 0;
    const { mxt, paths } = await world(() => {
      call++;
      return { executions: Array.from({ length: 1_000 }, (_, at) => run(`${call}_${at}`)), total: 1e9 };
    });
    const { code, stderr } = await mxt('history', 'a', '--all');
    expect(stderr).toMatch(/the list of runs does not end: 201000 were read/);
    expect(code).toBe(1);
    expect(paths().length).toBeLessThan(210);
  });

  it.each([
    ['is the same page whatever the offset', () => ({ executions: [run('t1'), run('t2')], total: 50 })],
    [
      'is shorter than it says',
      ({ path }: Seen) => ({
        executions: path.includes('offset=0') ? [run('t1'), run('t2')] : [],
        total: 50,
      }),
    ],
  ])('%s ends', async (_, answer) => {
    const { mxt, paths } = await world(answer);
    const { code, stdout } = await mxt('history', 'a', '--all', '--format', 'json');
    expect(JSON.parse(stdout).runs).toHaveLength(2);
    expect(code).toBe(0);
    expect(paths()).toHaveLength(3);
  });
});
