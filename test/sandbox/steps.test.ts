import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/domain/json.ts';
import { catchUp } from '../../src/sandbox/engine/catch-up.ts';
import { simulate } from '../../src/sandbox/engine/simulate-schedules.ts';
import type { NamespaceState } from '../../src/sandbox/store/namespace-state.ts';
import { byTheMinute } from '../schedule/wall-clock.ts';
import { runs } from '../support/random.ts';
import { type Client, handClock, open } from './harness.ts';

const RUNS = runs(40);
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const START = Date.parse('2026-10-24T12:00:00.000Z');
/** Over changes of the clocks in Berlin, New York and Sydney. */
const SPAN = 12 * DAY;

const clusterId = fc.constantFrom('clust_abc123', 'clust_def456');
const action = fc.oneof(
  clusterId.map((cluster_id) => ({ action_type: 'cluster', action_config: { cluster_id } })),
  fc.constant({ action_type: 'collection_trigger', action_config: { collection_id: 'col_inventory' } }),
);
const schedule = fc.oneof(
  fc.record({
    trigger_type: fc.constant('cron'),
    schedule_config: fc.record({
      cron_expression: fc.constantFrom(
        '0 2 * * *',
        '30 1 * * *',
        '*/20 * * * *',
        '0 */6 * * *',
        '15 3 1 * 0',
      ),
      timezone: fc.constantFrom('UTC', 'America/New_York', 'Europe/Berlin', 'Australia/Sydney'),
    }),
  }),
  fc.record({
    trigger_type: fc.constant('interval'),
    schedule_config: fc.record({
      interval_seconds: fc.integer({ min: 600, max: 100_000 }),
      start_immediately: fc.boolean(),
    }),
  }),
);
const triggers = fc.array(
  fc.tuple(action, schedule).map(([what, when]) => ({ ...what, ...when }) as JsonObject),
  { minLength: 1, maxLength: 5 },
);
const rules = fc.array(
  fc.record({
    cluster_id: fc.option(clusterId),
    outcome: fc.constantFrom('completed', 'failed', 'canceled'),
    count: fc.option(fc.integer({ min: 1, max: 8 })),
    duration_seconds: fc.integer({ min: 0, max: 5000 }),
  }),
  { maxLength: 3 },
);
const stops = fc.array(fc.integer({ min: 0, max: SPAN }), { maxLength: 12 });

/** Everything there is to see, with triggers and tasks named by their place. */
async function everything(call: Client): Promise<unknown> {
  const { results } = (await call('POST', '/v1/triggers/list', { limit: 1000, direction: 'asc' })).json;
  return Promise.all(
    results.map(async ({ trigger_id, ...trigger }) => {
      const { json } = await call('GET', `/v1/triggers/${trigger_id}/history?limit=1000`);
      const history = json.executions.map(({ task_id, error, ...execution }) => ({
        ...execution,
        error: String(error).replace(/task_\w+/, 'task'),
      }));
      const { last_execution_task_id, last_execution_error, ...rest } = trigger;
      return { ...rest, total: json['total'], history };
    }),
  );
}

describe('however the clock gets there', () => {
  it('the history is the same: moved in one jump, in many steps, or followed in real time', async () => {
    await fc.assert(
      fc.asyncProperty(triggers, rules, stops, async (bodies, outcomes, moments) => {
        const seen: unknown[] = [];
        for (const way of ['jump', 'steps', 'real'] as const) {
          const clock = handClock(new Date(START).toISOString());
          const { call, sandbox } = await open({ clock: clock.now });
          for (const body of bodies) await call('POST', '/v1/triggers', body);
          for (const outcome of outcomes) await call('POST', '/sandbox/outcomes', outcome);
          const sorted = moments.toSorted((a, b) => a - b);
          let at = 0;
          for (const stop of way === 'jump' ? [SPAN] : [...sorted, SPAN]) {
            if (way === 'real') clock.forward(stop - at);
            else await call('POST', '/sandbox/clock', { to: new Date(START + stop).toISOString() });
            at = stop;
            if (way === 'real') await call('POST', '/v1/triggers/list');
          }
          seen.push(await everything(call));
          await sandbox.close();
        }
        expect(seen[1]).toEqual(seen[0]);
        expect(seen[2]).toEqual(seen[0]);
      }),
      { numRuns: Math.ceil(RUNS / 4) },
    );
  });

  it('the world is the same, to the byte, also where a step is cut short', () => {
    fc.assert(
      fc.property(
        triggers,
        rules,
        stops,
        fc.integer({ min: 1, max: 50 }),
        (bodies, outcomes, moments, limit) => {
          const world = worldOf(bodies, outcomes);
          const jump = catchUp(world, new Date(START + SPAN)).world;
          let stepped = world;
          for (const stop of [...moments.toSorted((a, b) => a - b), SPAN]) {
            let reached: Date;
            do {
              const settled = catchUp(stepped, new Date(START + stop), { limit });
              stepped = settled.world;
              reached = settled.at;
            } while (reached.getTime() < START + stop);
          }
          expect(stepped).toEqual(jump);
        },
      ),
      { numRuns: RUNS },
    );
  });
});

const asLive = (body: JsonObject, index: number) => ({ ...body, trigger_id: `trg_${index}` });

function worldOf(bodies: readonly JsonObject[], outcomes: readonly JsonObject[]): NamespaceState {
  const [from, to] = [new Date(START), new Date(START - 1)];
  return simulate({ triggers: bodies.map(asLive), outcomes, from, to }).world;
}

describe('at every moment', () => {
  it('next_scheduled_at is the next time that the wall clock shows, and nothing is due', () => {
    fc.assert(
      fc.property(triggers, rules, fc.integer({ min: 0, max: SPAN }), (bodies, outcomes, after) => {
        const now = START + after;
        for (const trigger of catchUp(worldOf(bodies, outcomes), new Date(now)).world.triggers) {
          const next = trigger.next_scheduled_at === null ? null : Date.parse(trigger.next_scheduled_at);
          if (trigger.status !== 'active') expect(next).toBeNull();
          else if (trigger.trigger_type === 'interval') {
            const { interval_seconds, start_immediately } = trigger.schedule_config;
            const interval = Number(interval_seconds) * 1000;
            const done = Math.floor(after / interval);
            expect(next).toBe(START + (done + 1) * interval);
            if (done === 0 && !start_immediately) expect(trigger.last_triggered_at).toBeNull();
          } else {
            const { cron_expression, timezone } = trigger.schedule_config;
            const from = Math.floor(now / MINUTE + 1) * MINUTE;
            const [expected] = byTheMinute(String(cron_expression), String(timezone), from, from + 2 * DAY);
            if (expected === undefined) expect(next).toBeGreaterThanOrEqual(from + 2 * DAY);
            else expect(next).toBe(expected);
          }
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('no cluster is executed twice, and every time that came is a run or a refusal', () => {
    fc.assert(
      fc.property(triggers, rules, (bodies, outcomes) => {
        const { timeline, world } = simulate({
          triggers: bodies.map(asLive),
          outcomes,
          from: new Date(START),
          to: new Date(START + SPAN),
        });
        const cluster = new Map(
          world.triggers.map((trigger) => [trigger.trigger_id, trigger.action_config['cluster_id']]),
        );
        const until = new Map<unknown, number>();
        for (const happening of timeline) {
          const busy = cluster.get(happening.trigger_id);
          if (happening.kind === 'run' && busy !== undefined) {
            expect(happening.at).toBeGreaterThanOrEqual(until.get(busy) ?? 0);
            until.set(busy, happening.ends);
          }
          if (happening.kind === 'refused') expect(happening.at).toBeLessThan(until.get(busy) ?? 0);
        }
        for (const trigger of world.triggers) {
          const own = timeline.filter(({ trigger_id }) => trigger_id === trigger.trigger_id);
          const fired = own.filter(({ kind }) => kind === 'run' || kind === 'refused').map(({ at }) => at);
          if (trigger.status !== 'active' || trigger.trigger_type !== 'cron') continue;
          const { cron_expression, timezone } = trigger.schedule_config;
          expect(fired).toEqual(
            byTheMinute(String(cron_expression), String(timezone), START + MINUTE, START + SPAN + MINUTE),
          );
        }
      }),
      { numRuns: Math.ceil(RUNS / 2) },
    );
  });
});
