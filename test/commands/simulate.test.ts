import { describe, expect, it } from 'vitest';
import { validate } from '../../generated/validate-simulation.js';
import { CONFIG, makeRepository, manifestYaml, NAMESPACE, TestClock, withSandbox } from '../support/cli.ts';

const clock = new TestClock('2026-11-26T09:15:00Z');

const cron = (expression: string) => ({
  schedule_config: `{ cron_expression: "${expression}", timezone: UTC }`,
});
const event = {
  trigger_type: 'event',
  action_type: 'collection_trigger',
  action_config: '{ collection_id: col_inv }',
  schedule_config: '{ event_type: documents_added, event_threshold: 10, cooldown_seconds: 7200 }',
};
const file = (...manifests: readonly string[]) => manifests.join('---\n');
const BEFORE = file(
  manifestYaml('nightly'),
  manifestYaml('goes', cron('0 12 * * *')),
  manifestYaml('on-upload', event),
  manifestYaml('stopped', { ...cron('0 20 * * *'), action_config: '{ cluster_id: clust_def456 }' }),
);
const AFTER = file(
  manifestYaml('nightly', cron('0 */2 * * *')),
  manifestYaml('on-upload', event),
  manifestYaml('made', cron('10 4 * * *')),
  manifestYaml('stopped', {
    ...cron('0 20 * * *'),
    action_config: '{ cluster_id: clust_def456 }',
    status: 'paused',
  }),
);

/** Applied, and then changed in the files alone. */
async function pending() {
  const { sandbox, env } = await withSandbox({ clock: clock.now });
  const repository = makeRepository({ 'mxt.yaml': CONFIG, 'manifests/all.yaml': BEFORE }, env);
  await repository.mxt('apply --yes', { clock });
  repository.write('manifests/all.yaml', AFTER);
  const before = sandbox.requests.length;
  return {
    ...repository,
    sandbox,
    calls: () => sandbox.requests.slice(before).map(({ method, path }) => `${method} ${path.split('?')[0]}`),
  };
}

interface Json {
  before: Record<string, number>;
  after: Record<string, number>;
  days: { date: string; figures: Record<string, number> }[];
  triggers: {
    name: string;
    trigger_id: string | null;
    before: { runs: number };
    after: Record<string, number>;
  }[];
  timeline: { at: string; kind: string; name: string; busy_with: string | null; until: string }[];
  [more: string]: unknown;
}

async function json(mxt: Awaited<ReturnType<typeof pending>>['mxt'], flags = ''): Promise<Json> {
  const { code, stdout, stderr } = await mxt(`simulate --format json ${flags}`, { clock });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const answer = JSON.parse(stdout) as Json;
  expect(validate(answer), JSON.stringify(validate.errors)).toBe(true);
  return answer;
}

it('tells what the plan brings, day by day, and sends nothing', async () => {
  const { mxt, sandbox, calls } = await pending();
  const world = sandbox.world(NAMESPACE);
  const { code, stdout, stderr } = await mxt(
    'simulate --max-deletes 1 --days 3 --event documents_added=10 --fail on-upload',
    { clock },
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  await expect(stdout.replaceAll(/trg_[0-9a-f]+/g, 'trg_…')).toMatchFileSnapshot('golden/simulate.txt');
  expect(calls()).toEqual(['POST /v1/triggers/list']);
  expect(sandbox.world(NAMESPACE)).toEqual(world);
});

it('as JSON: creates, updates, pauses and deletes count from the first moment on', async () => {
  const { mxt } = await pending();
  const { before, after, triggers, timeline } = await json(mxt, '--max-deletes 1 --days 2');
  expect(triggers.map(({ name, before: one, after: other }) => [name, one.runs, other['runs']])).toEqual([
    ['goes', 2, 0],
    ['made', 0, 0],
    ['nightly', 2, 24],
    ['on-upload', 0, 0],
    ['stopped', 2, 0],
  ]);
  expect(triggers.map(({ trigger_id: id }) => id === null)).toEqual([false, true, false, false, false]);
  expect(before).toMatchObject({ runs: 6, refused: 0 });
  expect(after).toMatchObject({ runs: 24, refused: 2 });
  expect(timeline.filter(({ kind }) => kind === 'refused')).toEqual([
    expect.objectContaining({ at: '2026-11-27T04:10:00.000Z', name: 'made', busy_with: 'nightly' }),
    expect.objectContaining({ at: '2026-11-28T04:10:00.000Z', name: 'made', busy_with: 'nightly' }),
  ]);
});

it.each<[string, string, string]>([
  ['creates, updates, pauses and deletes', AFTER, '--max-deletes 1'],
  ['a replacement', BEFORE.replace('clust_abc123', 'clust_def456'), '--replace nightly --max-deletes 1'],
])('is what the sandbox does once the plan is applied: %s', async (_, manifests, flags) => {
  const { mxt, sandbox, write } = await pending();
  write('manifests/all.yaml', manifests);
  const told = await json(mxt, `${flags} --days 2`);
  expect(told['changes']).toBeGreaterThan(0);
  expect((await mxt(`apply --yes ${flags}`, { clock })).code).toBe(0);
  const { simulate } = await import('../../src/sandbox/engine/simulate-schedules.ts');
  const { timeline } = simulate({
    world: sandbox.world(NAMESPACE),
    from: clock.now(),
    to: new Date('2026-11-28T09:15:00Z'),
    outcomes: [{ duration_seconds: 1800 }],
  });
  expect(timeline.length).toBeGreaterThan(4);
  const shown = timeline.map(({ at, kind }) => `${new Date(at).toISOString()} ${kind}`);
  expect(told.timeline.map(({ at, kind }) => `${at} ${kind}`)).toEqual(shown);
});

it('a cooldown holds events back, and failures in a row stop a trigger', async () => {
  const { mxt } = await pending();
  const { after, timeline } = await json(
    mxt,
    '--max-deletes 1 --days 1 --event documents_added=10 --fail nightly',
  );
  expect(after).toMatchObject({ suppressed: 12, failed_runs: 5, stopped: 1 });
  expect(timeline.find(({ kind }) => kind === 'suppressed')).toMatchObject({
    at: '2026-11-26T11:15:00.000Z',
    name: 'on-upload',
    until: '2026-11-26T12:15:00.000Z',
  });
  expect(timeline.find(({ kind }) => kind === 'stopped')).toMatchObject({
    at: '2026-11-26T18:30:00.000Z',
    name: 'nightly',
  });
});

it('reads a snapshot instead of the service', async () => {
  const { mxt } = await pending();
  await mxt('export --raw --out live.json', { clock });
  const offline = { clock, env: { MP_API_URL: 'http://127.0.0.1:1', MP_API_KEY: '' } };
  const flags = 'simulate --max-deletes 1 --days 2 --format json';
  const [online, snapshot] = [await mxt(flags, { clock }), await mxt(`${flags} --live live.json`, offline)];
  expect(snapshot).toEqual(online);
});

it('stops at --limit, and says where', async () => {
  const { mxt } = await pending();
  const answer = await json(mxt, '--max-deletes 1 --days 366 --limit 20');
  expect(answer).toMatchObject({
    to: '2027-11-27T09:15:00.000Z',
    reached: expect.stringMatching(/^2026-11-2/),
  });
  expect(answer['warnings']).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^stopped at ... 2026-11-2. ..:.. UTC, after 20 runs: see --limit$/),
    ]),
  );
});

it('a plan that apply would refuse is simulated, said, and ends in 1', async () => {
  const { mxt, write } = await pending();
  write('mxt.yaml', `${CONFIG}guard: { max_deletes: 0 }\n`);
  const { code, stdout } = await mxt('simulate', { clock });
  expect(code).toBe(1);
  expect(stdout).toContain('note: apply would refuse this plan: ');
});

it('events reach triggers of a collection, all or the one that is named', async () => {
  const { mxt, write } = await pending();
  const of = (name: string, collection: string) =>
    manifestYaml(name, {
      ...event,
      schedule_config: `{ event_type: documents_added, event_threshold: 10, collection_id: ${collection} }`,
    });
  write('manifests/all.yaml', file(BEFORE, of('one', 'col_1'), of('two', 'col_2')));
  const runs = async (flags: string) => {
    const { triggers } = await json(mxt, `--days 1 ${flags}`);
    return ['on-upload', 'one', 'two'].map(
      (name) => triggers.find((trigger) => trigger.name === name)?.after['runs'],
    );
  };
  const [upload, ...both] = await runs('--event documents_added=10');
  expect(both).toEqual([24, 24]);
  expect(upload).toBeGreaterThan(0);
  expect(await runs('--event documents_added@col_2=10')).toEqual([upload, 0, 24]);
  const { stderr } = await mxt('simulate --event documents_added@col_3=5', { clock });
  expect(stderr).toBe('');
});

it('of a part says so', async () => {
  const { mxt } = await pending();
  const answer = await json(mxt, '--max-deletes 1 --only *');
  expect(answer['warnings']).toContainEqual(
    expect.stringMatching(/^Selected: (\d+) of \1 triggers \(--only \*\)$/),
  );
});

it('as a page, in a file', async () => {
  const { mxt, root } = await pending();
  const { code, stdout } = await mxt('simulate --max-deletes 1 --format html --out page.html', { clock });
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  const { readFileSync } = await import('node:fs');
  const page = readFileSync(`${root}/page.html`, 'utf8');
  expect(page).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
  expect(page).toContain(`<h1>Simulation: acme/search → ${NAMESPACE}, 4 changes applied</h1>`);
});

it('names the collections of an event, and not those of another', async () => {
  const { mxt, write } = await pending();
  const waiting = (name: string, event: string, collection: string) =>
    write(
      `manifests/${name}.yaml`,
      manifestYaml(name, {
        trigger_type: 'event',
        schedule_config: `{ event_type: ${event}, collection_id: ${collection}, cooldown_seconds: 60 }`,
      }),
    );
  waiting('x', 'documents_removed', 'col_alpha');
  waiting('y', 'batch_completed', 'col_omega');
  const said = async (event: string) => (await mxt(['simulate', '--event', event], { clock })).stderr;
  expect(await said('documents_removed@col_omega=5')).toContain(
    'no trigger waits for the collection col_omega\n  Triggers wait for col_alpha.',
  );
  expect(await said('documents_removed@col_alpa=5')).toContain('Did you mean col_alpha?');
  expect(await said('documents_removed@col_alpha=5')).toBe('');
});

describe('refuses, and says what to write', () => {
  it.each<[string, string]>([
    ['--event documents_added', '--event documents_added cannot be read'],
    ['--event documents_added=1.5', 'a whole number of at least 1'],
    ['--event @col_1=5', 'a type, or a type and a collection'],
    ['--event document_added=5', 'no trigger waits for the event document_added'],
    ['--event document_added=5', 'Did you mean documents_added?'],
    ['--event batch_completed=5', 'Triggers wait for documents_added.'],
    ['--metric =3', '--metric =3 cannot be read'],
    ['--metric cosine_drift=3', 'no trigger waits for the metric cosine_drift'],
    ['--fail nightyl', 'Did you mean nightly?'],
    ['--tz Europe/Berln', 'Did you mean "Europe/Berlin"?'],
  ])('%s', async (flags, words) => {
    const { mxt } = await pending();
    const { code, stdout, stderr } = await mxt(`simulate ${flags}`, { clock });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(words);
  });
});

it('agrees with the plan that runs which only touch do not overlap', async () => {
  const at = (minute: number) => `{ cron_expression: "${minute} 2 * * *", timezone: UTC }`;
  const { mxt } = makeRepository({
    'mxt.yaml': CONFIG,
    'manifests/one.yaml': manifestYaml('one', { schedule_config: at(0) }),
    'manifests/two.yaml': manifestYaml('two', { schedule_config: at(30) }),
  });
  expect((await mxt('plan --sandbox', { clock })).stdout).not.toContain('overlap');
  const { stdout } = await mxt('simulate --sandbox --days 2 --format json', { clock });
  expect(JSON.parse(stdout)).toMatchObject({ after: { runs: 4, refused: 0 } });
});
