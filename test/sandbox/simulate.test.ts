import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../src/sandbox/engine/engine-event.ts';
import { simulate } from '../../src/sandbox/engine/simulate-schedules.ts';
import { CRON, create, handClock, open } from './harness.ts';

const FROM = new Date('2026-03-01T12:00:00Z');
const at = (text: string): number => Date.parse(text);
const cron = (trigger_id: string, cron_expression: string, cluster_id = 'clust_1') => ({
  trigger_id,
  action_type: 'cluster',
  action_config: { cluster_id },
  trigger_type: 'cron',
  schedule_config: { cron_expression },
  created_at: '2026-01-01T00:00:00Z',
});

describe('simulate', () => {
  it('tells the same events one by one to who wants no timeline, however many tasks that takes', () => {
    const scenario = {
      triggers: [
        cron('trg_a', '* * * * *'),
        cron('trg_b', '* * * * *'),
        cron('trg_c', '*/2 * * * *', 'clust_2'),
      ],
      from: FROM,
      to: new Date('2026-03-03T12:00:00Z'),
      outcomes: [{ trigger_id: 'trg_c', duration_seconds: 86_400 }, { duration_seconds: 90 }],
    };
    const events: EngineEvent[] = [];
    const told = simulate({ ...scenario, onEvent: (event) => events.push(event) });
    const { timeline, totals, reached } = simulate(scenario);
    expect(events).toEqual(timeline);
    expect(events.length).toBeGreaterThan(5_000);
    expect(told).toMatchObject({ timeline: [], totals, reached });
    expect(told.world.tasks.length).toBeLessThan(3_000);
  });

  it('tells runs, refusals, suppressions and failures in the order of time', () => {
    const events = {
      ...cron('trg_event', '', 'clust_2'),
      trigger_type: 'event',
      schedule_config: { event_type: 'documents_added', event_threshold: 2, cooldown_seconds: 3600 },
    };
    const { timeline, totals, reached } = simulate({
      triggers: [cron('trg_a', '0 2 * * *'), cron('trg_b', '5 2 * * *'), events],
      from: FROM,
      to: new Date('2026-03-02T12:00:00Z'),
      outcomes: [{ trigger_id: 'trg_a', duration_seconds: 600, outcome: 'failed', error: 'no' }],
      feeds: [
        { at: new Date('2026-03-01T13:10:00Z'), event_type: 'documents_added', count: 5 },
        { at: new Date('2026-03-01T13:00:00Z'), event_type: 'documents_added', count: 2 },
        { at: new Date('2026-03-03T13:00:00Z'), event_type: 'documents_added', count: 2 },
      ],
    });
    expect(timeline).toEqual([
      {
        kind: 'run',
        at: at('2026-03-01T13:00Z'),
        trigger_id: 'trg_event',
        cause: 'event',
        task_id: 'task_1',
        starts: at('2026-03-01T13:00:01Z'),
        ends: at('2026-03-01T13:00:03Z'),
        end: 'COMPLETED',
        error: null,
      },
      {
        kind: 'suppressed',
        at: at('2026-03-01T13:10Z'),
        trigger_id: 'trg_event',
        event_counter: 5,
        until: at('2026-03-01T14:00Z'),
      },
      {
        kind: 'run',
        at: at('2026-03-02T02:00Z'),
        trigger_id: 'trg_a',
        cause: 'cron',
        task_id: 'task_2',
        starts: at('2026-03-02T02:00:01Z'),
        ends: at('2026-03-02T02:10:01Z'),
        end: 'FAILED',
        error: 'no',
      },
      {
        kind: 'refused',
        at: at('2026-03-02T02:05Z'),
        trigger_id: 'trg_b',
        cause: 'cron',
        task_id: 'task_3',
        cluster_id: 'clust_1',
        busy_with: 'task_2',
        busy_trigger_id: 'trg_a',
        until: at('2026-03-02T02:10:01Z'),
      },
    ]);
    expect(totals).toEqual({ run: 2, refused: 1, suppressed: 1, failed: 0 });
    expect(reached).toBe(at('2026-03-02T12:00Z'));
  });

  it('says when a trigger has failed too often', () => {
    const { timeline, world } = simulate({
      triggers: [cron('trg_a', '0 2 * * *')],
      from: FROM,
      to: new Date('2026-04-01T00:00:00Z'),
      outcomes: [{ outcome: 'failed', error: 'no' }],
    });
    expect(timeline.map(({ kind }) => kind)).toEqual(['run', 'run', 'run', 'run', 'run', 'failed']);
    expect(timeline.at(-1)).toEqual({
      kind: 'failed',
      at: at('2026-03-06T02:00:03Z'),
      trigger_id: 'trg_a',
      task_id: 'task_5',
      consecutive_failures: 5,
      error: 'no',
    });
    expect(world.triggers[0]).toMatchObject({ status: 'failed', next_scheduled_at: null });
  });

  it.each([
    ['a new trigger starts at once', {}, FROM.getTime()],
    ['one that is there does not', { created_at: '2026-01-01T00:00:00Z' }, at('2026-03-01T13:00Z')],
    [
      'one goes by what the service says',
      { created_at: '2026-01-01T00:00:00Z', next_scheduled_at: '2026-03-01T12:20:00Z' },
      at('2026-03-01T12:20Z'),
    ],
    [
      'what is overdue is counted from the beginning',
      { created_at: '2026-01-01T00:00:00Z', next_scheduled_at: '2026-02-01T12:20:00Z' },
      at('2026-03-01T13:00Z'),
    ],
    ['a paused one never', { status: 'paused' }, undefined],
  ])('%s', (_, differing, first) => {
    const trigger = {
      ...cron('trg_a', ''),
      trigger_type: 'interval',
      schedule_config: { interval_seconds: 3600, start_immediately: true },
      created_at: null,
      ...differing,
    };
    const { timeline } = simulate({ triggers: [trigger], from: FROM, to: new Date('2026-03-02T12:00:00Z') });
    expect(timeline[0]?.at).toBe(first);
  });

  it('stops at its limit, and says where', () => {
    const to = new Date('2026-03-02T12:00:00Z');
    const { timeline, reached } = simulate({
      triggers: [cron('trg_a', '* * * * *')],
      from: FROM,
      to,
      limit: 20,
    });
    expect(timeline).toHaveLength(10);
    expect(reached).toBe(at('2026-03-01T12:11Z') - 1);
  });

  it('leaves the world of a sandbox as it was, and says what the sandbox then does', async () => {
    const { call, sandbox } = await open({ clock: handClock(FROM.toISOString()).now });
    await create(call, CRON);
    await create(call, { ...CRON, schedule_config: { cron_expression: '0 */2 * * *' } });
    await call('POST', '/sandbox/outcomes', { outcome: 'failed', count: 3 });
    const before = sandbox.world('ns_test');
    const text = JSON.stringify(before);
    const to = new Date('2026-03-08T12:00:00Z');
    const { timeline, totals } = simulate({ world: before, from: FROM, to });
    expect(JSON.stringify(before)).toBe(text);
    const { json } = await call('POST', '/sandbox/clock', { to: to.toISOString() });
    expect(json['totals']).toEqual({
      ran: totals.run,
      refused: totals.refused,
      suppressed: 0,
      failed: totals.failed,
    });
    const runs = timeline
      .filter(({ kind }) => kind === 'run')
      .map((run) => [new Date(run.at).toISOString(), run.trigger_id]);
    expect(
      (json['ran'] as { at: string; trigger_id: string }[]).map((run) => [run.at, run.trigger_id]),
    ).toEqual(runs);
    expect(totals.refused).toBeGreaterThan(0);
  });

  it('is the same every time', () => {
    const scenario = {
      triggers: Array.from({ length: 50 }, (_, i) => cron(`trg_${i}`, `${i} */3 * * *`, `clust_${i % 7}`)),
      from: FROM,
      to: new Date('2026-03-08T12:00:00Z'),
      outcomes: [{ duration_seconds: 400 }],
    };
    expect(simulate(scenario)).toEqual(simulate(scenario));
  });
});
