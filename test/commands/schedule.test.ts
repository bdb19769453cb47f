import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { validate } from '../../generated/validate-schedule.js';
import { CONFIG, makeRepository, manifestYaml, NAMESPACE, TestClock, withSandbox } from '../support/cli.ts';

const clock = new TestClock('2026-11-26T09:15:00Z');
const NO_SERVICE = { MP_API_URL: 'http://127.0.0.1:1' };

const cron = (expression: string, timezone = 'UTC') => ({
  schedule_config: `{ cron_expression: "${expression}", timezone: ${timezone} }`,
});
const MANY = {
  'mxt.yaml': CONFIG,
  'manifests/all.yaml': [
    manifestYaml('nightly', {
      action_config: "{ cluster_id: '${{ clusters.products }}' }",
      ...cron('0 2 * * *', 'America/New_York'),
    }),
    manifestYaml('weekly', {
      action_config: "{ cluster_id: '${{ clusters.products }}' }",
      ...cron('10 7 * * FRI'),
    }),
    manifestYaml('every-minute', {
      action_type: 'collection_trigger',
      action_config: '{ collection_id: col_inv }',
      ...cron('* * * * *'),
    }),
    manifestYaml('six-hourly', { trigger_type: 'interval', schedule_config: '{ interval_seconds: 21600 }' }),
    manifestYaml('new-year', cron('0 0 1 1 *')),
    manifestYaml('paused', { status: 'paused' }),
    manifestYaml('on-upload', {
      trigger_type: 'event',
      schedule_config: '{ event_type: documents_added, event_threshold: 100, cooldown_seconds: 600 }',
    }),
    manifestYaml('on-drift', {
      trigger_type: 'conditional',
      schedule_config:
        '{ condition_type: drift, metric: cosine_drift, threshold: 0.15, check_interval_seconds: 3600 }',
    }),
    manifestYaml('gone', { release: 'true' }),
  ].join('---\n'),
};

interface Json {
  runs: { name: string; trigger_id: string | null; at: string; local: string }[];
  triggers: {
    name: string;
    words: string;
    runs: number;
    next: string | null;
    run_seconds: number;
    run_seconds_source: string;
  }[];
  not_running: { name: string; reason: string; detail: string | null }[];
  collisions: { refused: string; busy: string; count: number }[];
  [more: string]: unknown;
}

describe('by manifests', () => {
  it('needs no key and no network, and sums up what would flood the list', async () => {
    const { mxt } = makeRepository(MANY, NO_SERVICE);
    const { code, stdout, stderr } = await mxt('schedule --days 3 --tz Europe/Berlin', { clock });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    await expect(stdout).toMatchFileSnapshot('golden/schedule.txt');
    for (const line of stdout.split('\n').filter((one) => /[▁-█·]/.test(one))) {
      expect([...line].length).toBeLessThanOrEqual(80);
    }
  });

  it('as JSON', async () => {
    const { mxt } = makeRepository(MANY, NO_SERVICE);
    const { stdout } = await mxt(
      'schedule --days 3 --tz America/New_York --format json --except every-minute',
      { clock },
    );
    const json = JSON.parse(stdout) as Json;
    expect(validate(json), JSON.stringify(validate.errors)).toBe(true);
    expect(json).toMatchObject({
      source: 'manifests',
      namespace: null,
      from: '2026-11-26T09:15:00.000Z',
      to: '2026-11-29T09:15:00.000Z',
      timezone: 'America/New_York',
      total_runs: 15,
      runs_left_out: 0,
    });
    expect(json.runs[0]).toEqual({
      name: 'six-hourly',
      trigger_id: null,
      at: '2026-11-26T15:15:00.000Z',
      local: '2026-11-26T10:15:00-05:00',
    });
    expect(json.runs.filter(({ name }) => name === 'nightly')).toHaveLength(3);
    expect(json.triggers.map(({ name, runs, next }) => ({ name, runs, next }))).toEqual([
      { name: 'new-year', runs: 0, next: '2027-01-01T00:00:00.000Z' },
      { name: 'nightly', runs: 3, next: '2026-11-27T07:00:00.000Z' },
      { name: 'six-hourly', runs: 11, next: '2026-11-26T15:15:00.000Z' },
      { name: 'weekly', runs: 1, next: '2026-11-27T07:10:00.000Z' },
    ]);
    expect(json.not_running).toMatchObject([
      { name: 'on-drift', reason: 'no_clock', detail: 'when cosine_drift passes 0.15, looked at every hour' },
      {
        name: 'on-upload',
        reason: 'no_clock',
        detail: 'after 100 × documents_added, at most every 10 minutes',
      },
      { name: 'paused', reason: 'paused' },
    ]);
    expect(json.collisions).toMatchObject([{ refused: 'weekly', busy: 'nightly', count: 1 }]);
  });

  it('a list that is cut says so, and its counts are whole', async () => {
    const { mxt } = makeRepository(MANY, NO_SERVICE);
    const { stdout } = await mxt('schedule --days 10 --format json --only every-minute', { clock });
    const json = JSON.parse(stdout) as Json;
    expect(json.runs).toHaveLength(10_000);
    expect(json).toMatchObject({ total_runs: 14_400, runs_left_out: 4_400, triggers: [{ runs: 14_400 }] });
    const text = (await mxt('schedule --limit 2 --except every-minute', { clock })).stdout;
    expect(text).toContain('… and 33 more (--limit, --format json)');
  });

  it.each<[string, string]>([
    ['2026-12-24', '2026-12-24T05:00:00.000Z'],
    ['2027-03-14T03:30', '2027-03-14T07:30:00.000Z'],
    ['2026-12-24T06:30:00Z', '2026-12-24T06:30:00.000Z'],
    ['12h', '2026-11-26T21:15:00.000Z'],
  ])('begins at --from %s, by the clocks of --tz', async (from, expected) => {
    const { mxt } = makeRepository({ 'mxt.yaml': CONFIG, 'manifests/a.yaml': manifestYaml('a') });
    const args = ['schedule', '--from', from, '--tz', 'America/New_York', '--format', 'json'];
    expect(JSON.parse((await mxt(args, { clock })).stdout)).toMatchObject({ from: expected });
  });

  it.each<[flags: string, from: string, said: string]>([
    [
      '--from 2026-12-24T06:30',
      '2026-12-23T21:30:00.000Z',
      '--from 2026-12-24T06:30 is Thu 2026-12-24 06:30 GMT+9 (Wed 21:30 UTC)',
    ],
    [
      '--from 2026-12-24 --tz America/New_York',
      '2026-12-24T05:00:00.000Z',
      '--from 2026-12-24 is Thu 2026-12-24 00:00 EST (05:00 UTC)',
    ],
    ['--from 12h --tz UTC', '2026-11-26T21:15:00.000Z', '--from 12h is Thu 2026-11-26 21:15 UTC'],
  ])('%s is by the clocks of --tz, else of the machine, and says which', async (flags, from, said) => {
    const { mxt } = makeRepository({ 'mxt.yaml': CONFIG, 'manifests/a.yaml': manifestYaml('a') });
    const options = { clock, timeZone: 'Asia/Tokyo' };
    expect((await mxt(`schedule ${flags}`, options)).stdout).toContain(`note: ${said}\n`);
    expect((await mxt(`schedule ${flags} --format html`, options)).stderr).toContain(`note: ${said}\n`);
    const json = JSON.parse((await mxt(`schedule ${flags} --format json`, options)).stdout);
    expect(json).toMatchObject({ from, warnings: [] });
  });

  it('takes each run for as long as the environment assumes', async () => {
    const config = `${CONFIG}assume: { run_minutes: 5 }\nenvironments: { one: { namespace: ns_1, assume: { run_minutes: 90 } } }\n`;
    const { mxt } = makeRepository({ 'mxt.yaml': config, 'manifests/a.yaml': manifestYaml('a') });
    const { stdout } = await mxt('schedule --env one --format json', { clock });
    expect(JSON.parse(stdout)).toMatchObject({
      environment: 'one',
      triggers: [{ run_seconds: 5400, run_seconds_source: 'assumed' }],
    });
  });

  it.each<[string, string]>([
    ['--tz Europe/Berln', 'Did you mean "Europe/Berlin"?'],
    ['--from tomorrow', '--from tomorrow is not a time'],
    ['--history', '--history goes with --live'],
    ['--only nightyl', 'Did you mean nightly?'],
    ['--days 0', 'It must be a whole number from 1 to 366.'],
  ])('refuses %s, and says what to write', async (flags, words) => {
    const { mxt } = makeRepository(MANY, NO_SERVICE);
    const { code, stdout, stderr } = await mxt(`schedule ${flags}`, { clock });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(words);
  });

  it('writes a file whole, and nothing to stdout', async () => {
    const { mxt, root } = makeRepository(MANY, NO_SERVICE);
    const { stdout, stderr } = await mxt('schedule --format ics --out runs.ics', { clock });
    expect(stdout).toBe('');
    expect(stderr).toBe(
      'note: it is not known when the interval of six-hourly began: it is counted from Thu 2026-11-26 09:15 UTC\n',
    );
    expect(readFileSync(`${root}/runs.ics`, 'utf8')).toMatch(/^BEGIN:VCALENDAR\r\n[\s\S]*END:VCALENDAR\r\n$/);
  });

  it('the calendar of one --from has the same bytes whenever it is exported, intervals included', async () => {
    const { mxt } = makeRepository(MANY, NO_SERVICE);
    const exportAt = async (now: string) =>
      (await mxt('schedule --format ics --from 2026-12-01T00:00Z', { clock: new TestClock(now) })).stdout;
    const first = await exportAt('2026-11-26T09:15:00Z');
    expect(first).toContain('SUMMARY:six-hourly');
    expect(await exportAt('2026-12-24T17:03:12Z')).toBe(first);
  });
});

describe('by live triggers', () => {
  const LIVE = {
    'mxt.yaml': CONFIG,
    'manifests/all.yaml': ['runs', 'held', 'stopped', 'failing']
      .map((name) => manifestYaml(name, name === 'stopped' ? { status: 'paused' } : {}))
      .join('---\n'),
  };

  /** Applied; one held, one failed, one made by hand; and the requests since. */
  async function live() {
    const { sandbox, env } = await withSandbox({ clock: clock.now });
    const { mxt } = makeRepository(LIVE, env);
    await mxt('apply --yes', { clock });
    await mxt(['pause', 'held', '--reason', 'too dear'], { clock });
    await sandbox.change(NAMESPACE, (world) => ({
      ...world,
      triggers: [
        ...world.triggers.map((one) =>
          one.description?.includes('name=failing')
            ? { ...one, status: 'failed' as const, consecutive_failures: 5 }
            : one,
        ),
        ...world.triggers.slice(0, 1).map((one) => ({
          ...one,
          trigger_id: 'trg_by_hand',
          status: 'active' as const,
          description: 'by hand',
        })),
      ],
    }));
    const before = sandbox.requests.length;
    return {
      mxt,
      calls: () =>
        sandbox.requests.slice(before).map(({ method, path }) => `${method} ${path.split('?')[0]}`),
    };
  }

  it('is one list, and tells what does not run and why', async () => {
    const { mxt, calls } = await live();
    const json = JSON.parse((await mxt('schedule --live --format json --days 1', { clock })).stdout) as Json;
    expect(validate(json), JSON.stringify(validate.errors)).toBe(true);
    expect(calls()).toEqual(['POST /v1/triggers/list']);
    expect(json).toMatchObject({ source: 'live', namespace: NAMESPACE });
    expect(json.triggers.map(({ name }) => name)).toEqual(['runs']);
    expect(json.runs).toMatchObject([
      { name: 'runs', trigger_id: expect.stringMatching(/^trg_/), at: '2026-11-27T02:00:00.000Z' },
    ]);
    expect(json.not_running).toMatchObject([
      { name: 'failing', reason: 'failed', detail: '5 failures in a row' },
      { name: 'held', reason: 'held', detail: expect.stringMatching(/^held.*: too dear$/) },
      { name: 'stopped', reason: 'paused', detail: null },
    ]);
  });

  it('shows those of others by their ids, where that is asked for', async () => {
    const { mxt } = await live();
    const json = JSON.parse((await mxt('schedule --all-triggers --format json', { clock })).stdout) as Json;
    expect(json.triggers.map(({ name }) => name)).toEqual(['runs', 'trg_by_hand']);
  });

  it('asks for histories where that is asked for, once for each that runs', async () => {
    const { mxt, calls } = await live();
    await mxt('run runs --wait', { clock });
    const before = calls().length;
    const json = JSON.parse((await mxt('schedule --live --history --format json', { clock })).stdout) as Json;
    expect(calls().slice(before)).toEqual([
      'POST /v1/triggers/list',
      expect.stringMatching(/^(?:GET|POST) \/v1\/triggers\/trg_\w+\/history$/),
    ]);
    expect(json.triggers).toMatchObject([{ name: 'runs', run_seconds_source: 'usual' }]);
  });
});
