import { expect } from 'vitest';
import type { Clock } from '../../src/api/api-clock.ts';
import { createWriteClient } from '../../src/api/client.ts';
import { applyOperations } from '../../src/apply/apply-operations.ts';
import type { Outcome } from '../../src/apply/outcome.ts';
import type { Desired } from '../../src/domain/manifest.ts';
import type { Plan } from '../../src/domain/plan.ts';
import type { LiveTrigger } from '../../src/domain/trigger.ts';
import { MxtError } from '../../src/errors.ts';
import { readDescription } from '../../src/label/parse-label.ts';
import type { PlanInput } from '../../src/plan/plan.ts';
import type { Fault, SeenRequest } from '../../src/sandbox/http/faults.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/http/server.ts';
import type { StoredTrigger } from '../../src/sandbox/store/namespace-state.ts';
import { answeredWithOldValue, fill } from '../convergence/converge.ts';
import { NOW, OWNER, plan } from '../plan/world.ts';

const quiet = { started: () => {}, finished: () => {}, ended: () => {} };

/** Where a run is cut off: at its nth request, before or after the service acted on it. */
export interface Kill {
  readonly nth: number;
  readonly when: 'before' | 'after';
}

/** A sandbox whose faults a test scripts by the number of the request, counted from the start of a run. */
export class Rig {
  readonly sandbox: Sandbox;
  #hook: (request: SeenRequest, nth: number) => Fault | undefined = () => undefined;
  #count = 0;
  #namespaces = 0;
  readonly #time: { now: number };
  namespace = '';
  /** What else plans depend on: previous owners, say. */
  input: Partial<PlanInput> = {};
  /** What the service makes of what it is sent. */
  store: (trigger: StoredTrigger) => StoredTrigger = (trigger) => trigger;

  private constructor(
    time: { now: number },
    start: (rig: Rig, hook: (request: SeenRequest) => Fault | undefined) => Sandbox,
  ) {
    this.#time = time;
    this.sandbox = start(this, (request) => this.#hook(request, ++this.#count));
  }

  static async start(): Promise<Rig> {
    let hook: (request: SeenRequest) => Fault | undefined = () => undefined;
    const time = { now: NOW.getTime() };
    // A millisecond for each look at it, so that what was written later says so.
    const clock = () => new Date(time.now++);
    let store: Rig['store'] = (trigger) => trigger;
    const sandbox = await startSandbox({
      file: null,
      clock,
      faults: (request) => hook(request),
      onStore: (trigger) => store(trigger),
    });
    return new Rig(time, (rig, own) => {
      hook = own;
      store = (trigger) => rig.store(trigger);
      return sandbox;
    });
  }

  close(): Promise<void> {
    return this.sandbox.close();
  }

  /** A fresh namespace with these triggers in it. */
  async fill(live: readonly LiveTrigger[]): Promise<void> {
    this.namespace = `ns_fault_${++this.#namespaces}`;
    this.#time.now = NOW.getTime();
    await fill(this.sandbox, this.namespace, live);
  }

  /** Plans and applies, as `mxt apply` does. Time passes only when somebody waits. */
  async run(
    desired: readonly Desired[],
    fault: (request: SeenRequest, nth: number) => Fault | undefined = () => undefined,
    kill: Kill | null = null,
  ): Promise<{ outcomes: readonly Outcome[]; requests: number; error: unknown }> {
    const abort = new AbortController();
    const gone = new Promise<void>((done) => abort.signal.addEventListener('abort', () => done()));
    this.#count = 0;
    this.#hook = (request, nth) => {
      if (kill === null || nth !== kill.nth) return fault(request, nth);
      // The request is held up where it is until its sender is gone.
      setImmediate(() => abort.abort());
      return { kind: 'delay', when: kill.when, until: gone };
    };
    const time = this.#time;
    const clock: Clock = {
      now: () => time.now,
      sleep: async (ms) => {
        time.now += ms;
      },
      random: () => 0.5,
    };
    const client = createWriteClient({
      apiUrl: this.sandbox.url,
      apiKey: 'key',
      namespace: this.namespace,
      concurrency: 2,
      userAgent: 'test',
      clock,
      signal: abort.signal,
    });
    try {
      const planned = plan(desired, await client.listTriggers(), this.#input());
      const outcomes = await applyOperations(planned.operations, {
        client,
        concurrency: 2,
        stop: abort.signal,
        progress: quiet,
        clock,
      });
      return { outcomes, requests: this.#count, error: null };
    } catch (error) {
      if (!(error instanceof MxtError)) throw error;
      return { outcomes: [], requests: this.#count, error };
    } finally {
      await client.close();
      this.#hook = () => undefined;
    }
  }

  /** The plan that is left. */
  plan(desired: readonly Desired[]): Plan {
    return plan(desired, this.live(), this.#input());
  }

  #input(): Partial<PlanInput> & { now: Date } {
    return { now: new Date(this.#time.now), ...this.input };
  }

  live(): StoredTrigger[] {
    return [...this.sandbox.world(this.namespace).triggers];
  }

  /** Ours that are there, by name. */
  ours(): StoredTrigger[] {
    return this.live().filter(({ description, status }) => {
      const reading = readDescription(description ?? '');
      return status !== 'disabled' && reading.kind === 'labelled' && reading.label.owner === OWNER;
    });
  }

  /** Everything that is not ours, as bytes; but what changes hands. */
  others(except: ReadonlySet<string> = new Set()): string {
    // By id: the sandbox's clock goes on, and what ran meanwhile is another object.
    const left = new Set([...except, ...this.ours().map(({ trigger_id }) => trigger_id)]);
    return JSON.stringify(
      this.live().filter(({ trigger_id, status }) => !left.has(trigger_id) && status !== 'disabled'),
    );
  }
}

/**
 * Live equals the manifests: nothing is left to do, and every name is there once.
 *
 * @param outcomes of the last run
 */
export function expectConverged(
  rig: Rig,
  desired: readonly Desired[],
  outcomes: readonly Outcome[] = [],
): void {
  const notTaken = answeredWithOldValue(outcomes);
  const left = rig
    .plan(desired)
    .operations.filter(({ kind, name }) => kind !== 'blocked' && !(kind === 'update' && notTaken.has(name)));
  expect(left.map(({ kind, name, cause }) => `${kind} ${name} (${cause})`)).toEqual([]);
}

export function nameOf(trigger: { description?: string | null }): string {
  return / name=(\S+)/.exec(trigger.description ?? '')?.[1] ?? '';
}
