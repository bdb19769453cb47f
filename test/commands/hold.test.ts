import { describe, expect, it } from 'vitest';
import { validate as validateResult } from '../../generated/validate-result.js';
import { CONFIG, makeRepository, manifestYaml, NAMESPACE, withSandbox } from '../support/cli.ts';
import { applied, inShort, isWrite } from '../support/running.ts';

const IN_TOKYO = { timeZone: 'Asia/Tokyo' };
const REASON = ['--reason', 'costs too much'];

describe('mxt pause NAME', () => {
  it('is one PATCH of status and label, after a look', async () => {
    const { mxt, sandbox, live } = await applied({ a: {}, b: {} });
    const before = live('a');
    const from = sandbox.requests.length;
    const { code, stdout } = await mxt('pause', 'a', ...REASON, '--until', '2h');
    expect(stdout).toBe('Paused: 1, held by ada until Thu 2026-11-26 14:00 UTC, in 2 h: costs too much.\n');
    expect(code).toBe(0);
    expect(sandbox.requests.slice(from).map(inShort)).toEqual([
      'POST /v1/triggers/list direction,limit,offset,sort_by',
      'GET /v1/triggers/ID',
      'PATCH /v1/triggers/ID description,status',
    ]);
    const { label, status, description } = live('a');
    expect(status).toBe('paused');
    expect(label).toEqual({
      ...before.label,
      hold: 'costs too much',
      by: 'ada',
      until: '2026-11-26T14:00:00Z',
      was: 'active',
    });
    expect(description?.startsWith('About a\n\n[mxt:1 ')).toBe(true);
    expect(live('b').status).toBe('active');
  });

  it.each<[what: string, name: string, until: string, said: string, recorded: string]>([
    [
      'its manifest’s zone',
      'new-york',
      '2026-11-30T09:00',
      'Mon 2026-11-30 09:00 EST (14:00 UTC), in 4 d',
      '2026-11-30T14:00:00Z',
    ],
    [
      'its manifest’s zone, the day that begins there',
      'new-york',
      '2026-12-01',
      'Tue 2026-12-01 00:00 EST (05:00 UTC), in 5 d',
      '2026-12-01T05:00:00Z',
    ],
    [
      'UTC, by which a cron without a zone runs',
      'utc',
      '2026-11-30T09:00',
      'Mon 2026-11-30 09:00 UTC, in 4 d',
      '2026-11-30T09:00:00Z',
    ],
    [
      'the machine’s zone, where it runs by no clock',
      'event',
      '2026-11-30T09:00',
      'Mon 2026-11-30 09:00 GMT+9 (00:00 UTC), in 4 d',
      '2026-11-30T00:00:00Z',
    ],
    [
      'the zone that it says',
      'new-york',
      '2026-12-01T03:00Z',
      'Mon 2026-11-30 22:00 EST (Tue 03:00 UTC), in 5 d',
      '2026-12-01T03:00:00Z',
    ],
    [
      'no zone at all, as a duration',
      'new-york',
      '2h',
      'Thu 2026-11-26 09:00 EST (14:00 UTC), in 2 h',
      '2026-11-26T14:00:00Z',
    ],
  ])('is until a time in %s', async (_, name, until, said, recorded) => {
    const { run, live } = await applied({
      'new-york': { schedule_config: '{ cron_expression: "0 2 * * *", timezone: America/New_York }' },
      utc: {},
      event: { trigger_type: 'event', schedule_config: '{ event_type: documents_added }' },
    });
    const flags = ['pause', name, ...REASON, '--until', until];
    const { code, stdout } = await run(flags, IN_TOKYO);
    expect(stdout).toBe(`Paused: 1, held by ada until ${said}: costs too much.\n`);
    expect(code).toBe(0);
    expect(live(name).label.until).toBe(recorded);
  });

  it('of all is until a time in the machine’s zone, and says so before it asks; JSON has it in UTC', async () => {
    const { run } = await applied({
      'new-york': { schedule_config: '{ cron_expression: "0 2 * * *", timezone: America/New_York }' },
    });
    const flags = ['pause', '--all', ...REASON, '--until', '2026-11-30T09:00'];
    const asked = await run(flags, { ...IN_TOKYO, answer: () => false });
    const words = 'until Mon 2026-11-30 09:00 GMT+9 (00:00 UTC), in 4 d';
    expect(asked.stderr).toContain(`Pause 1 trigger in ns_test ${words}?`);
    const { stdout } = await run([...flags, '--yes', '--format', 'json'], IN_TOKYO);
    const result = JSON.parse(stdout);
    expect(result.hold).toEqual({ reason: 'costs too much', by: 'ada', until: '2026-11-30T00:00:00Z' });
    expect(validateResult(result), JSON.stringify(validateResult.errors)).toBe(true);
  });

  it('asks /pause where the service keeps the status of a PATCH', async () => {
    const { mxt, sandbox, live } = await applied(
      { a: {} },
      {
        onStore: (trigger) =>
          trigger.description?.includes(' hold=') ? { ...trigger, status: 'active' } : trigger,
      },
    );
    const from = sandbox.requests.length;
    expect(await mxt('pause', 'a', ...REASON)).toMatchObject({ code: 0 });
    expect(sandbox.requests.slice(from).filter(isWrite).map(inShort)).toEqual([
      'PATCH /v1/triggers/ID description,status',
      'POST /v1/triggers/ID/pause',
    ]);
    expect(live('a')).toMatchObject({ status: 'paused', label: { hold: 'costs too much', was: 'active' } });
  });

  it.each(['before', 'after'] as const)(
    'settles a PATCH whose answer was lost %s it was done',
    async (when) => {
      let lost = 0;
      const { mxt, live } = await applied(
        { a: {} },
        {
          faults: ({ method }) => (method === 'PATCH' && ++lost === 1 ? { kind: 'drop', when } : undefined),
        },
      );
      expect(await mxt('pause', 'a', ...REASON)).toMatchObject({ code: 0 });
      expect(live('a')).toMatchObject({ status: 'paused', label: { hold: 'costs too much', was: 'active' } });
      expect(lost).toBe(when === 'before' ? 2 : 1);
    },
  );

  it('shows in the plan who holds what, why and until when, and apply leaves it alone', async () => {
    const { mxt, apply, live } = await applied({ a: { status: 'active' }, b: {} });
    await mxt('pause', 'a', ...REASON, '--until', '2026-12-01T08:00:00Z');
    await mxt('pause', 'b', ...REASON);
    const { code, stdout } = await mxt('plan');
    expect(stdout).toContain('held by ada until Tue 2026-12-01 08:00 UTC: costs too much');
    expect(stdout).toContain('1 held by ada until it is lifted: costs too much (b).');
    expect(stdout).toContain('paused by a hold, which mxt resume lifts · blocked_by: hold');
    expect(stdout).not.toContain('has ended');
    expect(code).toBe(0);
    expect(await apply()).toMatchObject({ code: 0 });
    expect([live('a').status, live('b').status]).toEqual(['paused', 'paused']);
  });

  it('goes through an update: the trigger stays paused and held', async () => {
    const { mxt, apply, live, write } = await applied({ a: {} });
    await mxt('pause', 'a', ...REASON);
    write('manifests/a.yaml', manifestYaml('a', { description: 'Other words' }));
    expect(await apply()).toMatchObject({ code: 0 });
    expect(live('a')).toMatchObject({ status: 'paused', label: { hold: 'costs too much', was: 'active' } });
    expect(live('a').description).toContain('Other words\n\n');
  });

  it('goes through a replacement: the new one is held too', async () => {
    const { mxt, apply, live, write } = await applied({ a: {} });
    await mxt('pause', 'a', ...REASON);
    write('manifests/a.yaml', manifestYaml('a', { action_config: '{ cluster_id: clust_other }' }));
    expect(await apply()).toMatchObject({ code: 0 });
    expect(live('a')).toMatchObject({
      status: 'paused',
      action_config: { cluster_id: 'clust_other' },
      label: { hold: 'costs too much', by: 'ada', was: 'active', replaces: null },
    });
  });

  it.each([
    ['active', {}],
    ['paused', { status: 'paused' }],
  ] as const)('ends by itself: the first apply after it gives back %s', async (was, manifest) => {
    const { mxt, apply, live, clock } = await applied({ a: manifest });
    await mxt('pause', 'a', ...REASON, '--until', '2h');
    await clock.sleep(2 * 3_600_000 - 1);
    await apply();
    expect(live('a')).toMatchObject({ status: 'paused', label: { hold: 'costs too much' } });
    await clock.sleep(1);
    expect(await apply()).toMatchObject({ code: 0 });
    expect(live('a')).toMatchObject({ status: was, label: { hold: null, by: null, until: null, was: null } });
    expect(await mxt('plan', '--detailed-exitcode')).toMatchObject({ code: 0 });
  });

  it('does not overwrite a hold that stands: it says whose it is, and --take-over puts another in its place', async () => {
    const { mxt, live } = await applied({ a: {} });
    await mxt('pause', 'a', ...REASON, '--until', '1h', '--by', 'grace');
    const from = live('a').description;
    const second = await mxt('pause', 'a', '--reason', 'still broken');
    expect(second.code).toBe(1);
    expect(second.stderr).toContain('a is held by grace until Thu 2026-11-26 13:00 UTC: costs too much');
    expect(second.stderr).toContain('--take-over puts your hold in its place; mxt resume a lifts it.');
    expect(live('a').description).toBe(from);
    expect(await mxt('pause', 'a', '--reason', 'still broken', '--take-over')).toMatchObject({ code: 0 });
    expect(live('a').label).toMatchObject({ hold: 'still broken', by: 'ada', until: null, was: 'active' });
    expect((await mxt('resume', 'a')).stdout).toBe(
      'a: was held by ada: still broken\nResumed: 1, each back to the status it would have without the hold.\n',
    );
    expect(live('a').status).toBe('active');
  });

  it('of all leaves the holds of others, and pauses again what runs in spite of one', async () => {
    const { mxt, live, edit } = await applied({ a: {}, b: {}, c: {} });
    await mxt('pause', 'a', ...REASON, '--by', 'grace');
    await mxt('pause', 'b', ...REASON, '--by', 'grace');
    await edit('b', { status: 'active' });
    const all = await mxt('pause', '--all', '--yes', '--reason', 'incident');
    expect(all.stdout).toBe(
      'a: left as it is, held by grace: costs too much\n' +
        'b: paused again, held by grace: costs too much\n' +
        'Paused: 2, held by ada until mxt resume: incident.\n',
    );
    expect(all.code).toBe(0);
    expect(['a', 'b', 'c'].map((name) => [live(name).status, live(name).label.by])).toEqual([
      ['paused', 'grace'],
      ['paused', 'grace'],
      ['paused', 'ada'],
    ]);
  });

  it('after a hold that is over begins anew: somebody resumed the trigger since', async () => {
    const { mxt, live, edit, clock } = await applied({ a: {} });
    await edit('a', { status: 'paused' });
    await mxt('pause', 'a', ...REASON, '--until', '1h');
    await clock.sleep(2 * 3_600_000);
    await edit('a', { status: 'active' });
    expect(await mxt('pause', 'a', '--reason', 'again')).toMatchObject({ code: 0 });
    expect(live('a').label).toMatchObject({ hold: 'again', was: 'active' });
  });

  it('remembers that it was paused already', async () => {
    const { mxt, live, edit } = await applied({ a: {} });
    await edit('a', { status: 'paused' });
    await mxt('pause', 'a', ...REASON);
    expect(live('a').label.was).toBe('paused');
    expect(await mxt('resume', 'a')).toMatchObject({ code: 0 });
    expect(live('a')).toMatchObject({ status: 'paused', label: { hold: null, was: null } });
  });

  it('works while a manifest is broken', async () => {
    const { mxt, write, live } = await applied({ a: {} });
    write('manifests/b.yaml', 'name: [');
    expect(await mxt('pause', 'a', ...REASON)).toMatchObject({ code: 0 });
    expect(live('a').status).toBe('paused');
  });

  it.each([
    [
      'no such name',
      ['nightlu', ...REASON],
      /no trigger of acme\/search has the name nightlu\n.*Did you mean nightly\?/,
    ],
    ['no reason', ['nightly'], /required option '--reason <text>'/],
    ['an empty reason', ['nightly', '--reason', ' '], /--reason is empty/],
    ['a long reason', ['nightly', '--reason', 'x'.repeat(201)], /201 characters/],
    [
      'the past',
      ['nightly', ...REASON, '--until', '2026-11-26T11:00:00Z'],
      /in the past: Thu 2026-11-26 11:00 UTC, 1 h ago/,
    ],
    [
      'the past by its clocks',
      ['nightly', ...REASON, '--until', '2026-11-26T11:59'],
      /in the past: Thu 2026-11-26 11:59 UTC/,
    ],
    [
      'this moment',
      ['nightly', ...REASON, '--until', '2026-11-26T12:00:00Z'],
      /in the past: Thu 2026-11-26 12:00 UTC, now/,
    ],
    ['no time', ['nightly', ...REASON, '--until', 'tomorrow'], /neither a time nor a duration\n.*Write 2h/],
    ['no day of any month', ['nightly', ...REASON, '--until', '2027-02-30'], /neither a time nor a duration/],
    ['a bare number', ['nightly', ...REASON, '--until', '30'], /neither a time nor a duration/],
    ['a name and --all', ['nightly', '--all', ...REASON], /nightly or --all: choose one of them/],
    ['a name and --only', ['nightly', '--only', 'hourly', ...REASON], /nightly is one trigger: --only/],
    ['a name and --except', ['nightly', '--except', 'nightly', ...REASON], /nightly is one trigger: --only/],
    ['nothing', [...REASON], /pause which trigger\?/],
    [
      'another owner',
      ['theirs', ...REASON],
      /trg_\w+ belongs to other\/team, and only triggers of acme\/search/,
    ],
    ['nobody, by id', ['trg_nobody', ...REASON], /trg_nobody is not managed/],
    [
      'a manifest that is not live',
      ['later', ...REASON],
      /later has a manifest but is not live yet\n.*mxt apply/,
    ],
  ] as const)('refuses %s, and sends nothing', async (_, args, message) => {
    const { mxt, sandbox, live, edit, unmanaged, write } = await applied({ nightly: {}, theirs: {} });
    const foreign = live('theirs').description?.replace('owner=acme/search', 'owner=other/team') ?? null;
    await edit('theirs', { description: foreign });
    await unmanaged();
    write('manifests/later.yaml', manifestYaml('later'));
    const from = sandbox.requests.length;
    const { code, stderr } = await mxt('pause', ...args);
    expect(stderr).toMatch(message);
    expect(code).toBe(1);
    expect(sandbox.requests.slice(from).filter(isWrite)).toEqual([]);
  });

  it('leaves alone what moved since it was listed', async () => {
    let takeOver: (() => Promise<void>) | null = null;
    const world = await applied(
      { a: {} },
      {
        faults: ({ method }) => {
          if (method !== 'GET' || takeOver === null) return undefined;
          const until = takeOver();
          takeOver = null;
          return { kind: 'delay', when: 'before', until };
        },
      },
    );
    takeOver = () => world.edit('a', { description: 'taken over' });
    const { code, stdout } = await world.mxt('pause', 'a', ...REASON);
    expect(stdout).toContain('is not what the plan saw: description changed meanwhile');
    expect(code).toBe(1);
    expect(world.triggers()[0]).toMatchObject({ status: 'active', description: 'taken over' });
  });
});

describe('a pause in the console', () => {
  it.each([
    ['active', 'active', 'resume'],
    [undefined, 'paused', null],
  ] as const)('with status %s in the manifest ends as %s', async (status, after, operation) => {
    const { mxt, apply, live, edit } = await applied({ a: status === undefined ? {} : { status } });
    await edit('a', { status: 'paused' });
    const plan = JSON.parse((await mxt('plan', '--format', 'json')).stdout) as {
      operations: { kind: string; cause: string }[];
    };
    expect(plan.operations.map(({ kind, cause }) => [kind, cause])).toEqual(
      operation === null ? [] : [[operation, 'drift']],
    );
    await apply();
    expect(live('a').status).toBe(after);
  });
});

describe('mxt resume NAME', () => {
  it('takes the hold off and resumes', async () => {
    const { mxt, sandbox, live } = await applied({ a: {} });
    const before = live('a');
    await mxt('pause', 'a', ...REASON);
    const from = sandbox.requests.length;
    const { code, stdout } = await mxt('resume', 'a');
    expect(stdout).toBe(
      'a: was held by ada: costs too much\nResumed: 1, each back to the status it would have without the hold.\n',
    );
    expect(code).toBe(0);
    expect(sandbox.requests.slice(from).filter(isWrite).map(inShort)).toEqual([
      'POST /v1/triggers/ID/resume',
      'PATCH /v1/triggers/ID description',
    ]);
    expect(live('a')).toMatchObject({ status: 'active', description: before.description });
    expect(await mxt('plan', '--detailed-exitcode')).toMatchObject({ code: 0 });
  });

  it.each([
    ['paused', 'active'],
    ['active', 'paused'],
  ])('goes back from %s to the status that the manifest gave meanwhile: %s', async (before, after) => {
    const { mxt, apply, write, live } = await applied({ a: { status: before } });
    await mxt('pause', 'a', ...REASON, '--until', '2h');
    write('manifests/a.yaml', manifestYaml('a', { status: after }));
    expect((await mxt('plan')).stdout).toMatch(/relabel a .* · changed in Git\n/);
    expect((await mxt('show', 'a')).stdout).not.toContain('its hold has ended');
    await apply();
    expect(live('a').status).toBe('paused');
    expect((await mxt('resume', 'a')).code).toBe(0);
    expect(live('a').status).toBe(after);
    expect((await mxt('plan')).stdout).toContain('No changes.');
  });

  it('says where nothing is held', async () => {
    const { mxt, edit } = await applied({ a: {} });
    expect(await mxt('resume', 'a')).toMatchObject({ code: 0, stdout: 'a is not held, and it is active.\n' });
    expect(await mxt('resume', '--all', '--yes')).toMatchObject({ code: 0, stdout: 'Nothing is held.\n' });
    await edit('a', { status: 'paused' });
    expect(await mxt('resume', 'a')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/a is not held: it is paused.*\n.*status: active/),
    });
  });
});

describe('--all', () => {
  it('is one question and one report; resume gives back what each was', async () => {
    const { mxt, root, live } = await applied({ a: {}, b: { status: 'paused' }, c: {} });
    expect(root).toBeTruthy();
    expect(await mxt('pause', '--all', ...REASON)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Add --yes'),
    });
    expect(await mxt('pause', '--all', '--yes', ...REASON)).toMatchObject({
      code: 0,
      stdout: 'Paused: 3, held by ada until mxt resume: costs too much.\n',
    });
    expect(['a', 'b', 'c'].map((name) => [live(name).status, live(name).label.was])).toEqual([
      ['paused', 'active'],
      ['paused', 'paused'],
      ['paused', 'active'],
    ]);
    expect(await mxt('resume', '--all', '--yes', '--except', 'c')).toMatchObject({ code: 0 });
    expect(['a', 'b', 'c'].map((name) => live(name).status)).toEqual(['active', 'paused', 'paused']);
    expect(live('c').label.hold).toBe('costs too much');
  });

  it.each([
    [true, 0, 'paused'],
    [false, 1, 'active'],
  ])('asks on a terminal, with the number: the answer is %s', async (answer, code, status) => {
    const { sandbox, env } = await withSandbox();
    const { mxt } = makeRepository(
      { 'mxt.yaml': CONFIG, 'manifests/a.yaml': manifestYaml('a'), 'manifests/b.yaml': manifestYaml('b') },
      env,
    );
    await mxt('apply --yes');
    const ran = await mxt(['pause', '--all', ...REASON], { answer: () => answer });
    expect(ran.code).toBe(code);
    expect(ran.stderr).toContain('Pause 2 triggers in ns_test until mxt resume?\n');
    expect(sandbox.world(NAMESPACE).triggers.map((one) => one.status)).toEqual([status, status]);
  });

  it('goes on where one fails, and says so', async () => {
    let broken = '';
    const { mxt, live } = await applied(
      { a: {}, b: {}, c: {} },
      {
        faults: ({ method, path }) =>
          method === 'PATCH' && path.endsWith(broken) && broken !== ''
            ? {
                kind: 'answer',
                when: 'before',
                status: 422,
                body: { detail: [{ loc: ['body'], msg: 'no', type: 'value' }] },
              }
            : undefined,
      },
    );
    broken = live('b').trigger_id;
    const { code, stdout } = await mxt('pause', '--all', '--yes', ...REASON);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^✗ ~ pause b trg_\w+: it is paused, but the hold is not on record.* PATCH .*422.*\nPaused: 2 of 3, held by .*; 1 failed\.\n$/,
    );
    expect(['a', 'b', 'c'].map((name) => live(name).status)).toEqual(['paused', 'paused', 'paused']);
    expect(live('b').label.hold).toBeNull();
    const json = await mxt('pause', '--all', '--yes', ...REASON, '--format', 'json');
    expect(JSON.parse(json.stdout)).toMatchObject({
      format_version: '1.0',
      summary: { applied: 0, failed: 1, skipped: 0, blocked: 0 },
    });
  });

  it('touches nobody else', async () => {
    const { mxt, sandbox, unmanaged } = await applied({ a: {} });
    await unmanaged();
    await mxt('pause', '--all', '--yes', ...REASON);
    expect(sandbox.world(NAMESPACE).triggers.map(({ status }) => status)).toEqual(['paused', 'active']);
  });
});
