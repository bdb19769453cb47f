import { afterEach, describe, expect, it } from 'vitest';
import { createWriteClient } from '../../src/api/client.ts';
import { applyOperations } from '../../src/apply/apply-operations.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/http/server.ts';
import { manifest, plan } from '../plan/world.ts';

const quiet = { started: () => {}, finished: () => {}, ended: () => {} };
const MINUTE = 60_000;

describe('an apply under the service’s rate limit', () => {
  let sandbox: Sandbox;
  afterEach(() => sandbox.close());

  it('of 60 creates, on 600 a minute with a burst of 10, meets at most one 429 and takes what the bucket forces', async () => {
    // Time passes only where somebody waits: what the requests themselves take is none of the bucket's.
    let time = Date.parse('2026-11-24T12:00:00Z');
    const clock = {
      now: () => time,
      sleep: async (ms: number) => {
        time += ms;
      },
      random: () => 0.5,
    };
    const limit = { perMinute: 600, burst: 10 };
    sandbox = await startSandbox({ file: null, rateLimit: limit, clock: () => new Date(time) });
    const log: string[] = [];
    const client = createWriteClient({
      apiUrl: sandbox.url,
      apiKey: 'key',
      namespace: 'ns_rate',
      concurrency: 2,
      userAgent: 'test',
      clock,
      log: (line) => log.push(line),
    });
    const desired = Array.from({ length: 60 }, (_, at) => manifest({ name: `t${at}` }));
    const started = time;
    const { operations } = plan(desired, await client.listTriggers());
    const outcomes = await applyOperations(operations, {
      client,
      concurrency: 2,
      stop: new AbortController().signal,
      progress: quiet,
      clock,
    });
    await client.close();
    expect(outcomes.filter(({ outcome }) => outcome !== 'applied')).toEqual([]);
    expect(sandbox.world('ns_rate').triggers).toHaveLength(60);
    expect(log.filter((line) => / 429 /.test(line)).length).toBeLessThanOrEqual(1);
    const forced = ((1 + 60 - limit.burst) / limit.perMinute) * MINUTE;
    expect(time - started).toBeLessThanOrEqual(1.1 * forced);
    expect(time - started).toBeGreaterThanOrEqual(0.9 * forced); // or nothing was limited at all
  });
});
