import { describe, expect, it } from 'vitest';
import type { Fault, SeenRequest } from '../../src/sandbox/http/faults.ts';
import type { StoredTask, TaskEnd } from '../../src/sandbox/store/namespace-state.ts';
import { NAMESPACE } from '../support/cli.ts';
import { applied } from '../support/running.ts';

const isExecute = ({ path }: SeenRequest) => path.endsWith('/execute');
const isTask = ({ path }: SeenRequest) => path.startsWith('/v1/tasks/');

/** How every run ends from now on. */
const ending =
  (end: TaskEnd, error: string | null = null) =>
  (json: unknown) => ({
    ...(json as { task_id: string }),
    status: end,
    error,
  });

describe('mxt run NAME', () => {
  it('starts it once, and does not wait', async () => {
    const { mxt, sandbox, live } = await applied({ a: {}, b: {} });
    const { code, stdout } = await mxt('run', 'a');
    expect(stdout).toMatch(/^a: started task_\w+ \(PENDING\)\. mxt history a shows how it ends\.\n$/);
    expect(code).toBe(0);
    expect(sandbox.requests.filter(isExecute).map(({ path }) => path)).toEqual([
      `/v1/triggers/${live('a').trigger_id}/execute`,
    ]);
  });

  it('--wait follows it to its end, a line for each change in a log', async () => {
    const { mxt } = await applied({ a: {} });
    const { code, stdout, stderr } = await mxt('run', 'a', '--wait');
    expect(stderr).toMatch(/^a: PENDING 0 ms\na: IN_PROGRESS 1 s\na: COMPLETED \d+ s\n$/);
    expect(stdout).toMatch(/^a: COMPLETED after \d+ s task_\w+\n$/);
    expect(code).toBe(0);
    expect((await mxt('run', 'a', '--wait', '--quiet')).stderr).toBe('');
  });

  it.each<[TaskEnd, string | null, number]>([
    ['COMPLETED', null, 0],
    ['COMPLETED_WITH_ERRORS', 'two documents', 1],
    ['FAILED', 'the cluster is gone', 1],
    ['CANCELED', null, 1],
    ['SKIPPED', null, 0],
  ])('exits by its outcome: %s', async (end, error, code) => {
    const { mxt, clock } = await applied(
      { a: {} },
      {
        faults: (request) =>
          isTask(request) ? ({ kind: 'mutate', json: ending(end, error) } as Fault) : undefined,
      },
    );
    const ran = await mxt('run', 'a', '--wait', '--format', 'json');
    expect(ran.code).toBe(code);
    expect(JSON.parse(ran.stdout)).toMatchObject({ name: 'a', status: end, error, waited_ms: 1000 });
    await clock.sleep(60_000); // a cluster runs one thing at a time
    const text = await mxt('run', 'a', '--wait');
    expect(text.stdout).toContain(`a: ${end} after`);
    if (error !== null) expect(text.stdout).toContain(error);
  });

  it('asks ever more rarely, and ends with the timeout', async () => {
    const { mxt, sandbox } = await applied(
      { a: {} },
      {
        faults: (request) =>
          isTask(request)
            ? {
                kind: 'answer',
                when: 'before',
                status: 200,
                body: { task_id: 'task_1', status: 'PROCESSING' },
              }
            : undefined,
      },
    );
    const { code, stdout } = await mxt('run', 'a', '--wait', '--timeout', '10m');
    expect(stdout).toMatch(
      /^a: still PROCESSING after 10 min task_1\. It continues: mxt history a shows how it ends\.\n$/,
    );
    expect(code).toBe(1);
    const looks = sandbox.requests.filter(isTask).length;
    expect(looks).toBeGreaterThan(20);
    expect(looks).toBeLessThan(32);
  });

  it('finds in the history what the service has forgotten as a task', async () => {
    const { mxt } = await applied(
      { a: {} },
      {
        faults: (request) => (isTask(request) ? { kind: 'answer', when: 'before', status: 404 } : undefined),
      },
    );
    expect(await mxt('run', 'a', '--wait')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('COMPLETED'),
    });
  });

  it.each<[string, Fault]>([
    ['the connection breaks', { kind: 'drop', when: 'after' }],
    ['the service fails', { kind: 'answer', when: 'after', status: 503 }],
    ['the answer is cut off', { kind: 'truncate' }],
    ['it is too much', { kind: 'answer', when: 'before', status: 429, headers: { 'retry-after': '1' } }],
  ])('is never sent again: %s', async (_, fault) => {
    const { mxt, sandbox } = await applied(
      { a: {} },
      {
        faults: (request) => (isExecute(request) ? fault : undefined),
      },
    );
    const { code, stderr } = await mxt('run', 'a', '--wait');
    expect(code).toBe(1);
    expect(sandbox.requests.filter(isExecute)).toHaveLength(1);
    if (fault.kind !== 'answer' || fault.status === 503) expect(stderr).toContain('mxt history a');
  });

  it('says that its cluster is being executed', async () => {
    const { mxt } = await applied({ a: {} });
    await mxt('run', 'a');
    expect(await mxt('run', 'a')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/being executed\n {2}Nothing was started: .*mxt history a\n$/),
    });
  });

  it('--timeout waits without --wait', async () => {
    const { mxt } = await applied({ a: {} });
    expect(await mxt('run', 'a', '--timeout', '5m')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('a: COMPLETED after'),
    });
  });

  it('Ctrl-C ends the waiting, not the run', async () => {
    const interrupt = new AbortController();
    const world = await applied(
      { a: {} },
      {
        faults: (request) => {
          if (isTask(request)) interrupt.abort();
          return undefined;
        },
      },
    );
    const ran = await world.run(['run', 'a', '--wait'], { interrupted: interrupt.signal });
    expect(ran).toMatchObject({
      code: 130,
      stdout: expect.stringMatching(/^a: no longer followed .*It continues/),
    });
    expect(world.sandbox.world(NAMESPACE).tasks).toHaveLength(1);
  });

  it('runs what is held, and says so', async () => {
    const { mxt } = await applied({ a: {} });
    await mxt('pause', 'a', '--reason', 'costs too much');
    expect(await mxt('run', 'a')).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('a is held by ada: costs too much; it runs this once nevertheless'),
    });
  });

  it.each([
    ['a name that nobody has', ['run', 'nightlu'], 'Did you mean nightly?'],
    ['no time', ['run', 'nightly', '--timeout', '5'], '--timeout 5 is not a duration'],
    ['a name that nobody has', ['history', 'nightlu'], 'Did you mean nightly?'],
    ['no number', ['history', 'nightly', '--limit', '0'], 'It must be a whole number of at least 1'],
  ])('refuses %s', async (_, args, message) => {
    const { mxt, sandbox } = await applied({ nightly: {} });
    expect(await mxt(...args)).toMatchObject({ code: 1, stderr: expect.stringContaining(message) });
    expect(sandbox.requests.filter(isExecute)).toEqual([]);
  });
});

describe('mxt history NAME', () => {
  /** Runs an hour apart, the last of them still going on. */
  async function withRuns(ends: readonly TaskEnd[]) {
    const world = await applied({ a: {} });
    const { trigger_id } = world.live('a');
    await world.clock.sleep(ends.length * 3_600_000);
    const now = world.clock.now().getTime();
    await world.sandbox.change(NAMESPACE, (before) => ({
      ...before,
      tasks: ends.map((end, at): StoredTask => {
        const starts = now - (ends.length - at) * 3_600_000 + 3_599_000;
        const last = at === ends.length - 1;
        return {
          task_id: `task_${at}`,
          trigger_id,
          action_type: 'cluster',
          action_config: {},
          triggered: starts - 1_000,
          starts,
          ends: last ? starts + 3_600_000 : starts + (at + 1) * 61_000,
          end,
          error: end === 'FAILED' ? `broke at ${at}` : null,
          settled: !last,
        };
      }),
    }));
    return world;
  }

  it('shows runs with a bar, durations and outcomes', async () => {
    const { mxt } = await withRuns([
      'COMPLETED',
      'FAILED',
      'COMPLETED_WITH_ERRORS',
      'SKIPPED',
      'COMPLETED',
      'COMPLETED',
    ]);
    const { code, stdout } = await mxt('history', 'a');
    await expect(stdout.replace(/trg_\w+/, 'trg_id')).toMatchFileSnapshot('golden/history.txt');
    expect(code).toBe(0);
  });

  it('reads as many pages as it takes', async () => {
    const { mxt, sandbox } = await withRuns(Array.from({ length: 2_345 }, () => 'COMPLETED' as const));
    const pages = () =>
      sandbox.requests
        .filter(({ path }) => path.includes('/history?'))
        .map(({ path }) => path.replace(/.*\?/, ''));
    const all = JSON.parse((await mxt('history', 'a', '--all', '--format', 'json')).stdout) as {
      total: number;
      runs: { task_id: string }[];
    };
    expect(all.total).toBe(2_345);
    expect(new Set(all.runs.map(({ task_id }) => task_id)).size).toBe(2_345);
    expect(all.runs[0]).toMatchObject({ task_id: 'task_2344', outcome: 'running', duration_ms: null });
    expect(pages()).toEqual(['offset=0&limit=1000', 'offset=1000&limit=1000', 'offset=2000&limit=1000']);
    const some = await mxt('history', 'a', '--limit', '1500');
    expect(pages().slice(3)).toEqual(['offset=0&limit=1000', 'offset=1000&limit=500']);
    expect(some.stdout).toContain('1500 of 2345 runs: ');
  });

  it('of what never ran', async () => {
    const { mxt } = await applied({ a: {} });
    expect(await mxt('history', 'a')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^a trg_\w+\n\nIt has never run\.\n$/),
    });
  });

  it('shows text of others as text', async () => {
    const { mxt, sandbox } = await withRuns(['FAILED']);
    await sandbox.change(NAMESPACE, (before) => ({
      ...before,
      tasks: before.tasks.map((task) => ({ ...task, ends: task.starts, error: '\u001b[2J\n::error::x' })),
    }));
    const { stdout } = await mxt('history', 'a');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none must come through
    expect(stdout).not.toMatch(/\u001b|^::error/m);
    expect(stdout).toContain('\\u{1b}[2J\\n::error::x');
  });
});
