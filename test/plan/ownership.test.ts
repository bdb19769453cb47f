import { describe, expect, it } from 'vitest';
import { applied, inShort, labelOf, manifest, OWNER, plan } from './world.ts';

const it1 = manifest();
const mine = applied(it1);
const line = mine.description?.split('\n').at(-1) ?? '';

describe('what is not ours', () => {
  it('is counted and left alone', () => {
    const result = plan(
      [],
      [
        { ...mine, trigger_id: 'a', description: 'plain' },
        { ...mine, trigger_id: 'b', description: null },
        { ...mine, trigger_id: 'c', description: line.replace(OWNER, 'acme/searc') },
        { ...mine, trigger_id: 'd', description: line.replace(OWNER, 'acme/search2') },
        { ...mine, trigger_id: 'e', description: `${line.slice(0, -3)}` },
        { trigger_id: 'f', description: line, status: 'active' },
        { ...mine, trigger_id: 'g', status: 'disabled' },
      ],
    );
    expect(result).toMatchObject({ operations: [], owned: 0, unmanaged: 3, foreign: 2, damaged: 1 });
  });

  it('stops the run where a newer mxt wrote a label with our owner', () => {
    const newer = { ...mine, description: line.replace('mxt:1', 'mxt:2') };
    expect(() => plan([it1], [newer])).toThrow(/version 2/);
    const others = { ...newer, description: newer.description.replace(OWNER, 'else/where') };
    expect(plan([], [others])).toMatchObject({ operations: [], damaged: 1 });
  });

  it.each([
    [
      'a damaged label that names it',
      { description: `text ${line}`, action_config: { cluster_id: 'other' } },
    ],
    ['a damaged label on the same action and schedule', { description: '[mxt:1 owner=acme' }],
    [
      'another owner’s label with its name and spec',
      { description: mine.description?.replace(OWNER, 'acme/serach') ?? '' },
    ],
  ])('blocks a create: %s', (_, since) => {
    expect(inShort(plan([it1], [{ ...mine, ...since }]))).toEqual([
      expect.stringMatching(/^blocked create by lookalike nightly \(new\) \| -/),
    ]);
  });

  it.each([
    [
      'a damaged label of another name on other work',
      { description: `x ${line.replace('nightly', 'other')}`, action_config: { cluster_id: 'o' } },
    ],
    [
      'another owner’s trigger of this name with another spec',
      { description: line.replace(OWNER, 'b').replace(/spec=\w+/, 'spec=0000000000000000') },
    ],
  ])('does not block a create: %s', (_, since) => {
    expect(inShort(plan([it1], [{ ...mine, ...since }]))).toEqual(['create nightly (new) | create']);
  });

  it('warns of an unmanaged trigger with the same action and schedule', () => {
    const twin = { ...mine, description: 'made by hand', schedule_config: { cron_expression: '0 2 * * *' } };
    const [operation] = plan([it1], [twin]).operations;
    expect(operation?.kind).toBe('create');
    expect(operation?.warnings.map(({ code }) => code)).toEqual(['unmanaged_twin']);
  });
});

describe('the label that is written', () => {
  it('keeps unknown keys, and what a write leaves alone', () => {
    const live = applied(it1, { label: { unknown: [['later', 'x']] } });
    const [operation] = plan([manifest({ description: 'new' })], [live]).operations;
    expect(labelOf(operation?.requests[0]?.body?.description)).toMatchObject({
      unknown: [['later', 'x']],
      lastObserved: null,
    });
  });

  it('is not rewritten for its rev alone', () => {
    expect(
      plan([it1], [applied(it1, { label: { rev: 'aaaaaaaaaaaa' } })], { rev: 'bbbbbbbbbbbb' }).operations,
    ).toEqual([]);
  });

  it('expects what the service made of the schedule where only the text is sent', () => {
    const rewritten = { cron_expression: '00 2 * * *' };
    const lastObserved = labelOf(applied(manifest({ schedule_config: rewritten })).description).spec;
    const live = applied(it1, { schedule_config: rewritten, label: { lastObserved } });
    const [operation] = plan([manifest({ description: 'new' })], [live]).operations;
    expect(operation?.requests).toHaveLength(1);
    expect(operation?.requests[0]?.body).not.toHaveProperty('schedule_config');
    const after = { ...live, description: operation?.requests[0]?.body?.description ?? '' };
    expect(plan([manifest({ description: 'new' })], [after]).operations).toEqual([]);
  });
});

describe('the digest', () => {
  const change = manifest({ schedule_config: { cron_expression: '0 5 * * *' } });
  it('is the same on every commit, and another where live drifted', () => {
    const one = plan([change], [mine], { rev: 'aaaaaaaaaaaa' });
    const two = plan([change], [applied(it1, { label: { rev: 'cccccccccccc' } })], { rev: 'bbbbbbbbbbbb' });
    expect(two.digest).toBe(one.digest);
    expect(two.operations[0]?.digest).toBe(one.operations[0]?.digest);
    const drifted = applied(it1, { schedule_config: { cron_expression: '0 4 * * *' } });
    expect(plan([change], [drifted]).digest).not.toBe(one.digest);
  });

  it('covers where it would be applied and for whom', () => {
    const base = plan([change], [mine]);
    expect(plan([change], [mine], { namespace: 'ns_other' }).digest).not.toBe(base.digest);
    expect(plan([change], [mine], { apiUrl: 'https://other.example' }).digest).not.toBe(base.digest);
  });
});

describe('warnings', () => {
  it('say what a replacement loses, what runs at once, what failed and what is held', () => {
    const interval = {
      trigger_type: 'interval',
      schedule_config: { interval_seconds: 60, start_immediately: true },
    };
    const result = plan(
      [
        manifest({ name: 'a', ...interval }),
        manifest({ name: 'b', action_config: { cluster_id: 'x' } }),
        manifest({ name: 'c' }),
        manifest({ name: 'd' }),
      ],
      [
        applied(manifest({ name: 'b' }), { execution_count: 12 }),
        applied(manifest({ name: 'c' }), {
          status: 'failed',
          consecutive_failures: 3,
          last_execution_error: 'boom',
        }),
        applied(manifest({ name: 'd' }), {
          status: 'paused',
          label: { hold: 'cost', by: 'ada', was: 'active' },
        }),
      ],
    );
    expect(result.operations.flatMap(({ warnings }) => warnings)).toEqual([
      { code: 'runs_at_once', name: 'a', message: expect.any(String) },
      { code: 'replace_loses', name: 'b', message: expect.stringContaining('12 runs') },
    ]);
    expect(result.warnings).toEqual([
      { code: 'failed', name: 'c', message: expect.stringContaining('3 failures in a row: boom') },
      { code: 'held', name: 'd', message: 'held by ada: cost' },
    ]);
  });
});
