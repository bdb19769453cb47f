import PQueue from 'p-queue';
import { type Clock, systemClock } from '../api/api-clock.ts';
import type { WriteClient } from '../api/client.ts';
import { type Action, KINDS, type Operation, type OperationKind } from '../domain/plan.ts';
import { type ApiError, MxtError } from '../errors.ts';
import { CreateWatch } from './create-watch.ts';
import { execute } from './execute.ts';
import {
  endsRun,
  isForbidden,
  isQuota,
  isRefusedCreate,
  NotSentError,
  type Outcome,
  outcomeError,
} from './outcome.ts';
import { OwnWrites } from './own-writes.ts';

/** Hears of each operation as it ends. */
export interface Progress {
  started(total: number): void;
  finished(outcome: Outcome): void;
  ended(): void;
}

export type OnOutcome = (outcome: Outcome) => void;

export interface ApplyOptions {
  readonly client: WriteClient;
  readonly concurrency: number;
  /** Aborted by Ctrl-C: calls in flight end, nothing new is sent. */
  readonly stop: AbortSignal;
  readonly progress: Progress;
  /** Called once for each operation, blocked ones too, as soon as its outcome is final. */
  readonly onOutcome?: OnOutcome | undefined;
  /** Injected by tests; else real time. */
  readonly clock?: Clock;
}

/** What goes before what. Within a phase operations are independent of each other. */
const PHASES: readonly ReadonlySet<OperationKind>[] = [
  new Set(['adopt', 'rename', 'release', 'relabel', 'pause']),
  new Set(['update', 'create', 'replace', 'resume']),
  new Set(['delete']),
];

/** Where one of these fails, deletes wait: what they make room for, or what they follow, is not there. */
const BEFORE_DELETES: ReadonlySet<OperationKind> = new Set(['create', 'replace', 'rename']);

/**
 * Carries out a plan's operations as they were planned. One that fails does not stop the others; a refused key or
 * a service that cannot be trusted does.
 *
 * @returns an outcome for each operation, in the order of the plan
 */
export async function applyOperations(
  operations: readonly Operation[],
  options: ApplyOptions,
): Promise<Outcome[]> {
  const run = new Run(options);
  options.progress.started(operations.filter(({ kind }) => kind !== 'blocked').length);
  for (const operation of operations)
    if (operation.kind === 'blocked') run.settle(skip(operation, 'blocked'));
  const actions = operations.filter((operation): operation is Action => operation.kind !== 'blocked');
  for (const phase of PHASES) {
    await run.all(actions.filter(({ kind }) => phase.has(kind)).sort(inOrderOfKinds));
  }
  // What a full quota refused is tried once more: the deletes may have made room.
  await run.again();
  options.progress.ended();
  return operations.map((operation) => run.outcomes.get(operation) ?? skip(operation, 'skipped'));
}

class Run {
  readonly outcomes = new Map<Operation, Outcome>();
  readonly #options: ApplyOptions;
  readonly #clock: Clock;
  /** One for all creates of the run. */
  readonly #watch: CreateWatch;
  readonly #written = new OwnWrites();
  /** Why nothing more is sent; null while things go on. */
  #ended: unknown = null;
  #refusedByQuota: Action[] = [];
  /** Something that deletes must follow has failed. */
  #deletesWait = false;
  /** Kinds that the key has turned out not to be allowed, and what said so. */
  readonly #forbidden = new Map<OperationKind, ApiError>();

  constructor(options: ApplyOptions) {
    const { client, clock = systemClock, stop } = options;
    this.#options = options;
    this.#clock = clock;
    this.#watch = new CreateWatch(client, clock, stop);
  }

  async all(actions: readonly Action[], attempt = 1): Promise<void> {
    const queue = new PQueue({ concurrency: this.#options.concurrency });
    const outside = async <T>(wait: () => Promise<T>): Promise<T> => {
      queue.concurrency += 1;
      try {
        return await wait();
      } finally {
        queue.concurrency -= 1;
      }
    };
    await queue.addAll(actions.map((action) => () => this.#one(action, attempt, outside)));
  }

  async again(): Promise<void> {
    const madeRoom = [...this.outcomes.values()].some(
      ({ operation, outcome }) => operation.kind === 'delete' && outcome === 'applied',
    );
    if (madeRoom) {
      const refused = this.#refusedByQuota;
      this.#refusedByQuota = [];
      await this.all(refused, 2);
    }
    for (const action of this.#refusedByQuota) this.#final(this.outcomes.get(action));
  }

  settle(outcome: Outcome): void {
    this.outcomes.set(outcome.operation, outcome);
    if (outcome.outcome !== 'blocked') this.#options.progress.finished(outcome);
    // What a full quota refused may be tried once more.
    if (!this.#refusedByQuota.some((action) => action === outcome.operation)) this.#final(outcome);
  }

  #final(outcome: Outcome | undefined): void {
    if (outcome !== undefined) this.#options.onOutcome?.(outcome);
  }

  async #one(
    action: Action,
    attempt: number,
    outside: <T>(wait: () => Promise<T>) => Promise<T>,
  ): Promise<void> {
    if (
      this.#options.stop.aborted ||
      this.#ended !== null ||
      (action.kind === 'delete' && this.#deletesWait)
    ) {
      this.settle(skip(action, 'skipped'));
      return;
    }
    const forbidden = this.#forbidden.get(action.kind);
    if (forbidden !== undefined) {
      const { request } = forbidden.failure;
      const message = `not sent: this key has no permission for it (${request} was answered 403)`;
      this.settle({ ...skip(action, 'skipped'), error: { ...outcomeError(forbidden), message } });
      return;
    }
    try {
      const { id, answer } = await execute(action, {
        client: this.#options.client,
        mayGoOn: (isBegun) => this.#mayGoOn(isBegun),
        sleep: (ms) => this.#clock.sleep(ms),
        watch: this.#watch,
        written: this.#written,
        outside,
      });
      this.settle({
        operation: action,
        trigger_id: id,
        outcome: 'applied',
        error: null,
        attempts: attempt,
        answer,
      });
    } catch (error) {
      if (endsRun(error)) this.#ended = error;
      if (isForbidden(error)) for (const kind of endedBy(error, action)) this.#forbidden.set(kind, error);
      if (isRefusedCreate(error)) this.#refusedByQuota.push(action);
      if (!isQuota(error) && BEFORE_DELETES.has(action.kind)) this.#deletesWait = true;
      if (error instanceof NotSentError) {
        this.settle({ ...skip(action, 'skipped'), error: outcomeError(error) });
        return;
      }
      this.settle({
        operation: action,
        trigger_id: action.managed?.id ?? null,
        outcome: 'failed',
        error: outcomeError(error),
        attempts: attempt,
        answer: null,
      });
    }
  }

  #mayGoOn(isBegun: boolean): void {
    const { aborted } = this.#options.stop;
    if (!aborted && this.#ended === null) return;
    if (!isBegun) throw new NotSentError('interrupted', 'the run ended before this operation started');
    const what = aborted ? 'interrupted' : 'the run ended';
    throw new MxtError('interrupted', `${what} before this operation was done`);
  }
}

/** Keys that may write may not delete: then no replacement is begun either, since it could not be finished. */
function endedBy({ failure }: ApiError, { kind }: Action): readonly OperationKind[] {
  return failure.request.startsWith('DELETE ') ? ['delete', 'replace'] : [kind];
}

function skip(operation: Operation, outcome: 'skipped' | 'blocked'): Outcome {
  return {
    operation,
    trigger_id: operation.managed?.id ?? null,
    outcome,
    error: null,
    attempts: 0,
    answer: null,
  };
}

function inOrderOfKinds(a: Action, b: Action): number {
  return KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind);
}
