import { describe, expect, it } from 'vitest';
import { cron, every, found, manifest, told } from './support.ts';

describe('a trigger that overlaps itself', () => {
  it('is told, with when it starts again and how long a run is assumed to take', () => {
    expect(told('self_overlap', [every('a', 600)])).toEqual([
      'a starts again after 10 minutes, and a run is assumed to take 30 minutes: its runs overlap, and the service refuses ' +
        'the second; run it less often, or say in assume.run_minutes of mxt.yaml how long a run takes',
    ]);
    expect(found('self_overlap', [cron('a', '*/15 2 * * *')])).toMatchObject([
      { name: 'a', about: ['a'], path: ['schedule_config', 'cron_expression'] },
    ]);
  });

  it.each([
    ['as long as a run', [every('a', 1800)], {}],
    ['longer', [cron('a', '0 * * * *')], {}],
    ['no time at all', [every('a', 60)], { run_minutes: 0 }],
    ['shorter than what is assumed here', [every('a', 600)], { run_minutes: 5 }],
    [
      'of what is over in moments',
      [
        manifest('a', {
          action: 'retriever_execution',
          config: { retriever_id: 'ret_1' },
          schedule: { cron_expression: '*/10 * * * *' },
        }),
      ],
      {},
    ],
    ['of what waits for events', [manifest('a', { type: 'event', schedule: { event_type: 'x' } })], {}],
  ])('is not told of an interval that is %s', (_, desired, assume) => {
    expect(told('self_overlap', desired, assume)).toEqual([]);
  });
});
