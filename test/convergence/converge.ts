import { expect } from 'vitest';
import { createReadClient, createWriteClient, type WriteClient } from '../../src/api/client.ts';
import { applyOperations } from '../../src/apply/apply-operations.ts';
import type { Outcome } from '../../src/apply/outcome.ts';
import type { Desired } from '../../src/domain/manifest.ts';
import type { Operation, Plan } from '../../src/domain/plan.ts';
import type { LiveTrigger } from '../../src/domain/trigger.ts';
import { readDescription } from '../../src/label/parse-label.ts';
import type { PlanInput } from '../../src/plan/plan.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/http/server.ts';
import type { NamespaceState, StoredTrigger } from '../../src/sandbox/store/namespace-state.ts';
import { NOW, OWNER, plan } from '../plan/world.ts';
import { SERVICES, type WorldCase } from './worlds.ts';

const quiet = { started: () => {}, finished: () => {}, ended: () => {} };

/** Manifests, what is live, and what else the plan depends on. */
export interface PlanCase {
  readonly desired?: readonly Desired[];
  readonly live?: readonly LiveTrigger[];
  readonly input?: Partial<PlanInput>;
}

/** One sandbox, a namespace for each case. */
export interface Worlds {
  /** Plans, applies, and expects the second plan to be empty and everything that is not ours to be as it was. */
  converge(world: WorldCase, concurrency: number): Promise<void>;
  /** The same of a case of the planner's own tests. @returns what was blocked at first, and what is in the end */
  convergeCase(world: PlanCase): Promise<Record<'before' | 'after', readonly string[]>>;
  requests(): Sandbox['requests'];
  close(): Promise<void>;
}

export async function startWorlds(): Promise<Worlds> {
  let service: keyof typeof SERVICES = 'honest';
  let runs = 0;
  const sandbox = await startSandbox({
    file: null,
    clock: planTime(),
    onStore: (trigger) => SERVICES[service](trigger),
  });
  return {
    converge: async (world, concurrency) => {
      service = world.service;
      await converge(sandbox, `ns_case_${++runs}`, world, concurrency);
    },
    convergeCase: async (world) => {
      service = 'honest';
      return converge(sandbox, `ns_case_${++runs}`, world, 2);
    },
    requests: () => sandbox.requests,
    close: () => sandbox.close(),
  };
}

/** The time that the plans are made at, for a sandbox: a millisecond for each look at it, so that what was written later says so. */
export function planTime(): () => Date {
  let now = NOW.getTime();
  return () => new Date(now++);
}

/** Each case has a world of its own, filled behind the API's back. */
export async function fill(sandbox: Sandbox, namespace: string, live: readonly LiveTrigger[]): Promise<void> {
  await sandbox.change(namespace, (world: NamespaceState) => ({
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

const blocked = ({ operations }: Plan): string[] =>
  operations.flatMap((one) =>
    one.kind === 'blocked' ? [`${one.intended} ${one.name} by ${one.blocked_by}`] : [],
  );

const isOurs = (trigger: { description?: unknown; status?: unknown }) => {
  const reading = readDescription(typeof trigger.description === 'string' ? trigger.description : '');
  return trigger.status !== 'disabled' && reading.kind === 'labelled' && reading.label.owner === OWNER;
};

/** Everything that is not ours, as bytes; but what the plan takes over or lets go, on purpose. */
const others = (sandbox: Sandbox, namespace: string, { operations }: Plan) => {
  const touched = new Set(
    operations.flatMap(({ preconditions }) => preconditions.map(({ trigger_id }) => trigger_id)),
  );
  return JSON.stringify(
    sandbox
      .world(namespace)
      .triggers.filter(
        (trigger) => !isOurs(trigger) && trigger.status !== 'disabled' && !touched.has(trigger.trigger_id),
      ),
  );
};

async function converge(
  sandbox: Sandbox,
  namespace: string,
  { desired = [], live = [], input = {} }: PlanCase,
  concurrency: number,
): Promise<Record<'before' | 'after', readonly string[]>> {
  await fill(sandbox, namespace, live);
  const options = { apiUrl: sandbox.url, apiKey: 'key', namespace, concurrency, userAgent: 'test' };
  const reader = createReadClient(options);
  const writer = createWriteClient(options);
  try {
    const last = sandbox.requests.at(-1);
    const first = plan(desired, await reader.listTriggers(), input);
    const before = others(sandbox, namespace, first);
    // A plan sends nothing: one list, and nothing that writes.
    const since = last === undefined ? 0 : sandbox.requests.lastIndexOf(last) + 1;
    expect(sandbox.requests.slice(since).map(({ path }) => path)).toEqual(['/v1/triggers/list']);

    const outcomes = await apply(first, writer, concurrency);
    const notTaken = answeredWithOldValue(outcomes);
    const ended = outcomes.filter(({ operation }) => !notTaken.has(operation.name));
    expect(ended.filter(({ outcome }) => outcome === 'failed' || outcome === 'skipped')).toEqual([]);

    // Asked for by a flag, once.
    const again = { ...input, replace: new Set<string>(), resumeFailed: false };
    const second = plan(desired, await reader.listTriggers(), again);
    expect(
      pending({ ...second, operations: second.operations.filter(({ name }) => !notTaken.has(name)) }),
    ).toEqual([]);
    expect(others(sandbox, namespace, first)).toBe(before);
    eachNameOnce(sandbox, namespace, second);
    return { before: blocked(first), after: blocked(second) };
  } finally {
    await reader.close();
    await writer.close();
  }
}

/**
 * Names of what failed because the service answered it with its old value, and what a plan shows again. Of a service
 * that writes values its own way nobody knows that before `seen` has recorded it once.
 */
export function answeredWithOldValue(outcomes: readonly Outcome[]): ReadonlySet<string> {
  return new Set(
    outcomes.flatMap(({ operation, error }) =>
      error?.message.includes('the service did not take') ? operation.name : [],
    ),
  );
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
function eachNameOnce(sandbox: Sandbox, namespace: string, { operations }: Plan): void {
  const stuck = new Set(operations.map(({ name }) => name));
  const names = sandbox
    .world(namespace)
    .triggers.filter(isOurs)
    .map(({ description }) => / name=(\S+)/.exec(description ?? '')?.[1] ?? '')
    .filter((name) => !stuck.has(name));
  expect(names).toEqual([...new Set(names)]);
}
