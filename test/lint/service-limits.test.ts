import { describe, expect, it } from 'vitest';
import type { Desired } from '../../src/domain/manifest.ts';
import { manifest, told } from './support.ts';

describe('many_active', () => {
  const some = (active: number, paused = 0): Desired[] =>
    Array.from({ length: active + paused }, (_, at) =>
      manifest(`t${String(at).padStart(3, '0')}`, {}, { status: at < active ? null : 'paused' }),
    );

  it.each<[string, Desired[], string[]]>([
    ['fifty', some(50, 20), []],
    [
      'one more, said once',
      some(51, 20),
      [
        '51 triggers are active; the service once documented 50 as the most of a namespace; ask the service for your limit, or pause some',
      ],
    ],
  ])('%s', (_, desired, expected) => {
    expect(told('many_active', desired)).toEqual(expected);
  });

  it('does not count what is let go', () => {
    expect(told('many_active', [...some(50), manifest('z', {}, { release: true })])).toEqual([]);
  });
});

describe('no_label_room', () => {
  const label =
    '[mxt:1 owner=acme/search name=a spec=0123456789abcdef seen=0123456789abcdef rev=0123456789ab]';
  const room = 500 - 2 - label.length;
  const described = (description: string) => [
    manifest('a', {}, { patchable: { schedule_config: { cron_expression: '0 2 * * *' }, description } }),
  ];

  it.each<[string, Desired[], string[]]>([
    ['no description', [manifest('a')], []],
    ['just room enough', described('x'.repeat(room)), []],
    ['as Python counts', described('😀'.repeat(room)), []],
    [
      'one character too many',
      described('x'.repeat(room + 1)),
      [
        `a has a description of ${room + 1} characters, and its label takes up to ${label.length + 2} more: over 500, which the service may refuse; shorten it, or set description_limit in mxt.yaml to what your service takes`,
      ],
    ],
  ])('%s', (_, desired, expected) => {
    expect(told('no_label_room', desired)).toEqual(expected);
  });
});

describe('may_double', () => {
  const says =
    'a processes its collection again at each run: where the bucket has no unique_key, every document is made twice, and paid for twice; give the bucket a unique_key and accept this finding, or let an event start it';
  const interval = { type: 'interval', schedule: { interval_seconds: 3600 } };
  const event = { type: 'event', schedule: { event_type: 'documents_added', event_threshold: 1 } };

  it.each<[string, object, string[]]>([
    ['batch_rerun', {}, [says]],
    ['collection_trigger', interval, [says]],
    ['collection_trigger', event, []],
    ['cluster', {}, []],
  ])('%s %j', (action, schedule, expected) => {
    expect(told('may_double', [manifest('a', { action, ...schedule })])).toEqual(expected);
  });

  it('may be accepted', () => {
    expect(
      told('may_double', [manifest('a', { action: 'batch_rerun' }, { accepts: ['may_double'] })]),
    ).toEqual([]);
  });
});

describe('unseen_word', () => {
  const waits = (type: string, schedule: Record<string, string>) =>
    told('unseen_word', [manifest('a', { type, schedule })]);

  it.each([
    ['event', { event_type: 'documents_added' }, []],
    [
      'event',
      { event_type: 'documents_aded' },
      ['event_type documents_aded', 'did you mean documents_added?'],
    ],
    ['conditional', { condition_type: 'volume', metric: 'cosine_drift' }, []],
    ['conditional', { condition_type: 'driift' }, ['condition_type driift', 'did you mean drift?']],
    [
      'conditional',
      { condition_type: 'drift', metric: 'recall' },
      ['metric recall', 'seen so far: cosine_drift, embedding_drift'],
    ],
  ])('%s %j', (type, schedule, [word, hint]) => {
    const expected =
      word === undefined ? [] : [`a waits for the ${word}, which nobody has seen yet; ${hint}`];
    expect(waits(type, schedule)).toEqual(expected);
  });
});
