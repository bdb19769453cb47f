import { describe, expect, it } from 'vitest';
import type { SandboxOptions } from '../../src/sandbox/http/server.ts';
import type { StoredTrigger } from '../../src/sandbox/store/namespace-state.ts';
import { manifestYaml } from '../support/cli.ts';
import { applied, inShort, isWrite } from '../support/running.ts';

const LIMIT = 500;
const LABEL = '[mxt:1 owner=acme/search name=a spec=0123456789abcdef]'.length;
/** With its label it just fits; no longer label does. */
const LONGEST = 'x'.repeat(LIMIT - 2 - LABEL);
/** Another schedule than that of the trigger that is there. */
const LATER = { schedule_config: '{ cron_expression: "0 5 * * *" }' };
const REASON = ['--reason', 'costs too much'];

type OnStore = (trigger: StoredTrigger) => StoredTrigger;
const cuts: OnStore = (trigger) => ({
  ...trigger,
  description: trigger.description?.slice(0, LIMIT) ?? null,
});
const adds: OnStore = (trigger) => ({
  ...trigger,
  schedule_config: { ...trigger.schedule_config, jitter: 7, cron_expression: '00 02 * * *' },
});

/** Two services that have no room for a label, with what they make of the rest of a trigger. */
const SERVICES: [name: string, service: (onStore?: OnStore) => Partial<SandboxOptions>][] = [
  ['refuses it', (onStore) => ({ variants: ['description-500'], ...(onStore ? { onStore } : {}) })],
  ['cuts it in silence', (onStore = (trigger) => trigger) => ({ onStore: (one) => cuts(onStore(one)) })],
];

describe.each(SERVICES)('a description too long for a service that %s', (name, service) => {
  const refuses = name === 'refuses it';
  const lengths = (label: number) =>
    `the text has ${LONGEST.length} characters and the label ${label}, ${LONGEST.length + 2 + label} in all`;

  it.each(['a', '--all'])('pause %s: paused all the same, and said not to be on record', async (what) => {
    const { mxt, live, sandbox } = await applied({ a: { description: LONGEST }, b: {}, c: {} }, service());
    const before = live('a').description;
    const from = sandbox.requests.length;
    const { code, stdout } = await mxt('pause', what, ...(what === '--all' ? ['--yes'] : []), ...REASON);
    expect(stdout).toContain(
      'it is paused, but the hold is not on record, so a later mxt apply may resume it',
    );
    expect(stdout).toContain(lengths(LABEL + ' was=active hold=costs%20too%20much by=ada'.length));
    expect(stdout).toContain('Pause it again');
    expect(code).toBe(1);
    expect(live('a')).toMatchObject({ status: 'paused', description: before, label: { hold: null } });
    if (what !== '--all') {
      expect(sandbox.requests.slice(from).filter(isWrite).map(inShort)).toEqual([
        'PATCH /v1/triggers/ID description,status',
        refuses ? 'POST /v1/triggers/ID/pause' : 'PATCH /v1/triggers/ID description',
      ]);
      return;
    }
    expect(stdout).toContain('Paused: 2 of 3');
    for (const one of ['b', 'c'])
      expect(live(one)).toMatchObject({ status: 'paused', label: { hold: 'costs too much' } });
  });

  it('a new trigger of which the rewriting cannot be recorded leaves no damaged label', async () => {
    const { mxt, write, live, triggers } = await applied({ b: {} }, service(adds));
    write('manifests/a.yaml', manifestYaml('a', { description: LONGEST, ...LATER }));
    const { code, stdout } = await mxt('apply', '--yes');
    expect(stdout).toContain(lengths(LABEL + ' seen=0123456789abcdef'.length));
    expect(stdout).toContain('Shorten the text');
    expect(stdout.includes('just created, was deleted again')).toBe(!refuses);
    expect(code).toBe(1);
    expect(triggers().map(({ description }) => description?.replace(/^.*\n\n/, ''))).toEqual([
      expect.stringMatching(/^\[mxt:1 owner=acme\/search name=b .*\]$/),
      ...(refuses ? [expect.stringMatching(/^\[mxt:1 owner=acme\/search name=a spec=\w{16}\]$/)] : []),
    ]);
    write('manifests/a.yaml', manifestYaml('a', { description: 'Short', ...LATER }));
    expect(await mxt('apply', '--yes')).toMatchObject({ code: 0 });
    expect(live('a').description).toMatch(/^Short\n\n\[mxt:1 .* seen=/);
    expect(await mxt('plan', '--detailed-exitcode')).toMatchObject({ code: 0 });
  });

  it('a replacement of which the rewriting cannot be recorded leaves one that runs', async () => {
    let rewrites = false;
    const onStore: OnStore = (trigger) => (rewrites ? adds(trigger) : trigger);
    const { mxt, write, triggers, live } = await applied({ a: { description: LONGEST } }, service(onStore));
    const { trigger_id: old } = live('a');
    const other = { action_config: '{ cluster_id: clust_other }' };
    rewrites = true;
    write('manifests/a.yaml', manifestYaml('a', { description: LONGEST, ...other }));
    expect(await mxt('apply', '--yes')).toMatchObject({ code: 1 });
    expect(triggers().flatMap(({ trigger_id, status }) => (status === 'active' ? [trigger_id] : []))).toEqual(
      [old],
    );
    write('manifests/a.yaml', manifestYaml('a', { description: 'Short', ...other }));
    expect(await mxt('apply', '--yes')).toMatchObject({ code: 0 });
    expect(await mxt('plan', '--detailed-exitcode')).toMatchObject({ code: 0 });
    expect(live('a')).toMatchObject({ status: 'active', action_config: { cluster_id: 'clust_other' } });
    expect(triggers()).toHaveLength(1);
  });

  it('an adoption leaves the text of a stranger as it was', async () => {
    const text = `${'y'.repeat(470)} to the end`;
    const { mxt, write, remove, edit, triggers } = await applied({ b: {} }, service());
    await edit('b', { description: text });
    const [{ trigger_id: adopt = '' } = {}] = triggers();
    remove('manifests/b.yaml');
    write('manifests/a.yaml', manifestYaml('a', { adopt, description: text }));
    const { code, stdout } = await mxt('apply', '--yes');
    expect(stdout).toContain(`the text has ${text.length} characters and the label ${LABEL}`);
    expect(stdout).toContain('Shorten the text');
    expect(code).toBe(1);
    expect(triggers()).toMatchObject([{ trigger_id: adopt, description: text, status: 'active' }]);
  });

  it('a create leaves nothing', async () => {
    const { mxt, write, triggers } = await applied({ b: {} }, service());
    write('manifests/a.yaml', manifestYaml('a', { description: `${LONGEST}x`, ...LATER }));
    const { code, stdout } = await mxt('apply', '--yes');
    expect(stdout).toContain(`the text has ${LONGEST.length + 1} characters and the label ${LABEL}`);
    expect(code).toBe(1);
    expect(triggers()).toHaveLength(1);
  });

  it('an update leaves the trigger as it was', async () => {
    const { mxt, write, live } = await applied({ a: {} }, service());
    const before = live('a');
    write('manifests/a.yaml', manifestYaml('a', { description: `${LONGEST}x` }));
    const { code, stdout } = await mxt('apply', '--yes');
    expect(stdout).toContain(`the text has ${LONGEST.length + 1} characters and the label ${LABEL}`);
    expect(code).toBe(1);
    expect(live('a')).toEqual(before);
  });
});

it('a hold whose PATCH the service cannot answer pauses all the same', async () => {
  const { mxt, live, sandbox } = await applied(
    { a: {} },
    {
      faults: ({ method }) =>
        method === 'PATCH' ? { kind: 'answer', when: 'before', status: 500, body: 'oops' } : undefined,
    },
  );
  const from = sandbox.requests.length;
  const { code, stdout } = await mxt('pause', 'a', ...REASON);
  expect(stdout).toContain('it is paused, but the hold is not on record');
  expect([code, live('a').status]).toEqual([1, 'paused']);
  expect(sandbox.requests.slice(from).filter(({ method }) => method === 'PATCH')).toHaveLength(5);
});

it.each([
  [401, 'active'],
  [403, 'paused'],
] as const)('a hold whose PATCH is answered %i leaves the trigger %s', async (status, after) => {
  const { mxt, live } = await applied(
    { a: {} },
    {
      faults: ({ method }) =>
        method === 'PATCH' ? { kind: 'answer', when: 'before', status, body: { error: {} } } : undefined,
    },
  );
  expect(await mxt('pause', 'a', ...REASON)).toMatchObject({ code: 1 });
  expect(live('a').status).toBe(after);
});
