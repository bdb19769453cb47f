import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createReadClient, createWriteClient, type WriteClient } from '../../src/api/client.ts';
import { applyOperations } from '../../src/apply/apply.ts';
import type { Operation, Plan } from '../../src/domain/plan.ts';
import type { LiveTrigger } from '../../src/domain/trigger.ts';
import { readDescription } from '../../src/label/parse.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import type { StoredTrigger, World } from '../../src/sandbox/world.ts';
import { OWNER, plan } from '../plan/world.ts';
import { SERVICES, type WorldCase, worldCase } from './worlds.ts';

const RUNS = Number(process.env['MXT_RUNS'] ?? 300);
const quiet = { started: () => {}, finished: () => {}, ended: () => {} };

let sandbox: Sandbox;
let service: keyof typeof SERVICES = 'honest';
let runs = 0;

beforeAll(async () => {
  sandbox = await startSandbox({ file: null, onStore: (trigger) => SERVICES[service](trigger) });
});
afterAll(() => sandbox.close());

/** Each case has a world of its own, filled behind the API's back. */
async function fill(namespace: string, live: readonly LiveTrigger[]): Promise<void> {
  await sandbox.change(namespace, (world: World) => ({
    ...world,
    triggers: live.map(
      (trigger) => ({ ...BLANK, namespace_id: world.namespace_id, ...trigger }) as unknown as StoredTrigger,
    ),
  }));
}

const BLANK = {
  internal_id: 'org',
  last_triggered_at: null,
  last_execution_task_id: null,
  next_scheduled_at: null,
  execution_count: 0,
  consecutive_failures: 0,
  last_execution_status: null,
  last_execution_error: null,
  event_counter: 0,
  last_cooldown_at: null,
  baseline_snapshot: null,
  last_drift_measurement: null,
  last_condition_check_at: null,
  created_by: null,
};

const pending = ({ operations }: Plan): Operation[] => operations.filter(({ kind }) => kind !== 'blocked');

const isOurs = (trigger: { description?: unknown; status?: unknown }) => {
  const reading = readDescription(typeof trigger.description === 'string' ? trigger.description : '');
  return trigger.status !== 'disabled' && reading.kind === 'labelled' && reading.label.owner === OWNER;
};

const others = (namespace: string) =>
  JSON.stringify(
    sandbox.world(namespace).triggers.filter((trigger) => !isOurs(trigger) && trigger.status !== 'disabled'),
  );

async function converge({ desired, live, service: chosen }: WorldCase, concurrency: number): Promise<void> {
  const namespace = `ns_case_${++runs}`;
  service = chosen;
  await fill(namespace, live);
  const options = { apiUrl: sandbox.url, apiKey: 'key', namespace, concurrency, userAgent: 'test' };
  const reader = createReadClient(options);
  const writer = createWriteClient(options);
  try {
    const before = others(namespace);
    const calls = sandbox.requests.length;
    const first = plan(desired, await reader.listTriggers());
    // A plan sends nothing: one list, and nothing that writes.
    expect(sandbox.requests.slice(calls).map(({ path }) => path)).toEqual(['/v1/triggers/list']);

    const outcomes = await apply(first, writer, concurrency);
    expect(outcomes.filter(({ outcome }) => outcome === 'failed' || outcome === 'skipped')).toEqual([]);

    const second = plan(desired, await reader.listTriggers());
    expect(pending(second)).toEqual([]);
    expect(others(namespace)).toBe(before);
    eachNameOnce(namespace, second);
  } finally {
    await reader.close();
    await writer.close();
  }
}

function apply({ operations }: Plan, client: WriteClient, concurrency: number) {
  return applyOperations(operations, {
    client,
    concurrency,
    stop: new AbortController().signal,
    progress: quiet,
  });
}

/** Blocked names aside, every manifest has one live trigger of ours, and nothing else is ours. */
function eachNameOnce(namespace: string, { operations }: Plan): void {
  const stuck = new Set(operations.map(({ name }) => name));
  const names = sandbox
    .world(namespace)
    .triggers.filter(isOurs)
    .map(({ description }) => / name=(\S+)/.exec(description ?? '')?.[1] ?? '')
    .filter((name) => !stuck.has(name));
  expect(names).toEqual([...new Set(names)]);
}

describe('convergence', () => {
  it(`plan, apply, plan: the second plan is empty, and what is not ours is as it was (${RUNS} worlds)`, async () => {
    await fc.assert(fc.asyncProperty(worldCase, fc.integer({ min: 1, max: 3 }), converge), {
      numRuns: RUNS,
      endOnFailure: false,
    });
  }, 240_000);
});
