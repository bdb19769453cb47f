import { describe, expect, it } from 'vitest';
import { describeProblems } from '../../src/api/validation-problems.ts';

type Loc = (string | number)[];
const entry = (type: string, loc: Loc, msg: string) => ({ type, loc: ['body', ...loc], msg });
const missing = (...loc: Loc) => entry('missing', loc, 'Field required');
const extra = (...loc: Loc) => entry('extra_forbidden', loc, 'Extra inputs are not permitted');

/** As pydantic 2.13 answers models in unions: `Cluster | TaxonomyEnrichment | BatchRerun`, `Cron | Interval | dict`. */
const CASES: { name: string; sent: object; entries: unknown[]; says: string }[] = [
  {
    name: 'the form that action_type names, though another is nearer',
    sent: { action_type: 'taxonomy_enrichment', action_config: { taxonomy_id: 't', batch_size: 5 } },
    entries: [
      missing('action_config', 'Cluster', 'cluster_id'),
      extra('action_config', 'Cluster', 'taxonomy_id'),
      extra('action_config', 'Cluster', 'batch_size'),
      missing('action_config', 'TaxonomyEnrichment', 'collection_id'),
      entry('greater_than_equal', ['action_config', 'TaxonomyEnrichment', 'batch_size'], 'at least 100'),
      missing('action_config', 'BatchRerun', 'batch_id'),
    ],
    says:
      'body.action_config.TaxonomyEnrichment.collection_id: Field required; ' +
      'body.action_config.TaxonomyEnrichment.batch_size: at least 100; 2 other forms of body.action_config left out',
  },
  {
    name: 'the nearest where a PATCH names no type',
    sent: { schedule_config: { interval_seconds: 'x' } },
    entries: [
      missing('schedule_config', 'Cron', 'cron_expression'),
      entry('int_parsing', ['schedule_config', 'Interval', 'interval_seconds'], 'no integer'),
      entry('int_parsing', ['schedule_config', 'dict[str,int]', 'interval_seconds'], 'no integer'),
    ],
    says:
      'body.schedule_config.Interval.interval_seconds: no integer; ' +
      '2 other forms of body.schedule_config left out',
  },
  {
    name: 'the type in the value itself, in a list, and scalars',
    sent: { x: 'a', channels: [{ channel_type: 'slack', config: {} }] },
    entries: [
      entry('int_parsing', ['x', 'int'], 'no integer'),
      entry('bool_parsing', ['x', 'bool'], 'no boolean'),
      missing('channels', 0, 'WebhookChannel', 'config', 'url'),
      missing('channels', 0, 'SlackChannel', 'config', 'channel'),
      missing('channels', 0, 'SlackChannel', 'config', 'token'),
    ],
    says:
      'body.x.int: no integer; body.channels.0.SlackChannel.config.channel: Field required; ' +
      'body.channels.0.SlackChannel.config.token: Field required; ' +
      '1 other form of body.x left out; 1 other form of body.channels.0 left out',
  },
  {
    name: 'a union in a form of a union',
    sent: { action_type: 'cluster', action_config: { cluster_id: 'c', mode: 5 } },
    entries: [
      missing('action_config', 'BatchRerun', 'batch_id'),
      entry('literal_error', ['action_config', 'Cluster', 'mode', "literal['full']"], "'full'"),
      entry('string_type', ['action_config', 'Cluster', 'mode', 'str'], 'no string'),
    ],
    says:
      "body.action_config.Cluster.mode.literal['full']: 'full'; " +
      '1 other form of body.action_config left out; 1 other form of body.action_config.Cluster.mode left out',
  },
  {
    name: 'members of one object are no forms',
    sent: { schedule_config: { event_type: 'x' }, extra: 1 },
    entries: [
      missing('schedule_config', 'event_threshold'),
      missing('schedule_config', 'collection_id'),
      extra('extra'),
      { field: 'schedule_config.cooldown_seconds', message: 'too short' },
    ],
    says:
      'body.schedule_config.event_threshold: Field required; body.schedule_config.collection_id: Field required; ' +
      'body.extra: Extra inputs are not permitted; schedule_config.cooldown_seconds: too short',
  },
  {
    name: 'the one form that is complained of',
    sent: { action_config: { cluster_id: 5 } },
    entries: [entry('string_type', ['action_config', 'Cluster', 'cluster_id'], 'no string')],
    says: 'body.action_config.Cluster.cluster_id: no string',
  },
];

describe('what a service finds wrong with a body', () => {
  it.each(CASES)('$name', ({ sent, entries, says }) => {
    expect(describeProblems(entries, sent)).toBe(says);
  });

  it('is read in no time, however long and deep the answer is', () => {
    const loc = ['body', ...Array.from({ length: 100_000 }, (_, at) => `x${at}`)];
    const entries = Array.from({ length: 1_000 }, () => ({ loc, msg: 'no', type: 'value_error' }));
    expect(describeProblems(entries, {})?.length).toBeLessThan(1_000);
  });
});
