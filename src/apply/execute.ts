import type { Unresolved } from '../api/caller.ts';
import type { WriteClient } from '../api/client.ts';
import type { HalfHashes } from '../domain/label.ts';
import type { Action } from '../domain/plan.ts';
import { NEW_ID, requestLine, type WriteRequest } from '../domain/request.ts';
import type { LiveTrigger } from '../domain/trigger.ts';
import { MxtError } from '../errors.ts';
import { carryObserved, observedInLabel, recordObserved } from '../plan/operation/last-observed.ts';
import { pauseRequest } from '../plan/operation/requests.ts';
import { askedStatus, hasAskedStatus, keepsLabel } from './check-answer.ts';
import {
  editsPatchable,
  isAsSent,
  movedBesides,
  notTaken,
  notTakenError,
  wasHeldMeanwhile,
} from './judge-answer.ts';
import { Looks } from './looks.ts';
import {
  holdNotOnRecord,
  isHold,
  isRefused,
  labelLost,
  putBack,
  rollBack,
  withLengths,
} from './lost-label.ts';
import { ConflictError, noMoreCreates, withPairLeft } from './outcome.ts';
import type { OwnWrites } from './own-writes.ts';
import { readNow } from './preconditions.ts';
import {
  type CreateLook,
  resolveAmbiguousCreate,
  resolveAmbiguousWrite,
  resolveRefusedWrite,
} from './resolve-ambiguous.ts';

/** Carries out one operation: its requests in order, each looked at before and checked after. */
export interface Executed {
  readonly id: string | null;
  readonly answer: LiveTrigger | null;
}

/** What an operation is carried out with. */
export interface Means extends CreateLook {
  readonly client: WriteClient;
  /**
   * Throws where the run has ended: asked between requests, never in the middle of one.
   *
   * @param isBegun whether something of the operation was sent
   */
  readonly mayGoOn: (isBegun: boolean) => void;
  /** One for all operations of the run. */
  readonly written: OwnWrites;
}

/** @throws NotSentError where nothing of it was sent, since the run has ended or no new trigger may be made */
export async function execute(action: Action, means: Means): Promise<Executed> {
  const { mayGoOn } = means;
  const run = new OperationRun(action, means);
  mayGoOn(false);
  if (await run.isDone()) return { id: action.managed?.id ?? null, answer: null };
  try {
    for (const [sent, request] of action.requests.entries()) {
      mayGoOn(sent > 0);
      await run.carryOut(request);
    }
  } catch (error) {
    throw withPairLeft(error, action, run.madeId);
  }
  await run.settleSeen();
  return { id: run.madeId ?? action.managed?.id ?? null, answer: run.last };
}

class OperationRun {
  /** The id that a create or a replacement was given. */
  madeId: string | null = null;
  last: LiveTrigger | null = null;
  readonly #action: Action;
  readonly #client: WriteClient;
  /** What was recorded of what the service made of a new trigger: every later label of it carries it on. */
  #seen: HalfHashes | null = null;
  readonly #means: Means;
  /** A new trigger is not what it should be yet, and nothing was deleted for it: it can be taken back. */
  #making = false;
  /** The service stored another description than it was sent last. */
  #rewritten = false;
  readonly #looks: Looks;

  constructor(action: Action, means: Means) {
    this.#action = action;
    this.#client = means.client;
    this.#means = means;
    this.#looks = new Looks(action, means.client, means.written);
  }

  /** @returns whether what was to be deleted is gone already */
  isDone(): Promise<boolean> {
    const [first] = this.#action.requests;
    return this.#looks.atFirst(first === undefined ? null : this.#targetOf(first));
  }

  async carryOut(request: WriteRequest): Promise<void> {
    const id = this.#targetOf(request);
    if (id === null) {
      await this.#make(request);
      return;
    }
    await this.#looks.beforeWrite(id);
    if (request.op === 'delete' && this.madeId !== null)
      await this.#recordMade(await this.#looks.atMade(this.madeId));
    await this.#write(carryObserved({ ...request, id } as WriteRequest, this.#seen), id);
  }

  /** One more PATCH where the service stored something else than it was sent. */
  async settleSeen(): Promise<void> {
    const { desired, source } = this.#action;
    if (desired === null || this.last === null) return;
    const edited = editsPatchable(this.#action);
    // A description that the service writes its own way would be put right by every plan. A hold has no manifest.
    const rewritten = source !== null && this.#rewritten;
    const record = recordObserved(desired, this.last, { fixed: false, patchable: edited || rewritten });
    if (record !== null) await this.#write(record, this.last.trigger_id);
  }

  /** Null for what is still to be made. */
  #targetOf({ id }: WriteRequest): string | null {
    return id === NEW_ID ? this.madeId : (id?.toWellFormed() ?? null);
  }

  async #make(request: WriteRequest): Promise<void> {
    if (this.#means.watch.full) throw noMoreCreates();
    const look = (sent: Unresolved) => resolveAmbiguousCreate(request, this.#action, sent, this.#means);
    const answer = await this.#client.send(request, look).catch((error: unknown) => {
      throw withLengths(error, request);
    });
    if (answer === null) throw new Error('a create without an answer');
    const id = answer.trigger_id;
    this.madeId = id;
    this.#note(answer, request);
    this.#making = true;
    if (!keepsLabel(request, answer)) throw await this.#labelLost(request, answer, answer);
    // At once: once `replaces` is gone from the label, nothing would tell the service's rewriting from drift.
    await this.#recordMade(answer);
    this.#making = false;
    // Two active at once is what a replacement promises never to cause.
    if (request.body?.status === 'paused' && answer.status !== 'paused') {
      await this.#write(pauseRequest(id), id);
    }
  }

  /** What the service made of a new trigger. */
  async #recordMade(made: LiveTrigger): Promise<void> {
    const { desired } = this.#action;
    const record = desired === null ? null : recordObserved(desired, made, { fixed: true, patchable: true });
    if (record === null) return;
    await this.#write(record, made.trigger_id);
    this.#seen = observedInLabel(record);
  }

  async #write(request: WriteRequest, id: string): Promise<void> {
    const before = this.#looks.lastSeen(id);
    if (request.op === 'delete') this.#means.written.deleted(id, this.#successorOf(id));
    const first = await this.#send(request, id).catch((error: unknown) => {
      if (isHold(request) && isRefused(error)) return this.#pauseAlone(id, error);
      throw error;
    });
    if (first === null) return;
    // The answer of some services shows the state from before the write: what looks wrong is read once more.
    const doubtful = before !== undefined && !isAsSent(request, before, first, this.#action);
    const answer = doubtful ? ((await readNow(this.#client, id)) ?? first) : first;
    this.#note(answer, request);
    if (!keepsLabel(request, answer)) throw await this.#labelLost(request, answer, before ?? answer);
    if (doubtful) await this.#refuse(request, before, answer);
    if (hasAskedStatus(request, answer)) return;
    // A hold is label and status in one PATCH; the service may keep to /pause for the second.
    if (isHold(request)) return this.#write(pauseRequest(id), id);
    throw new MxtError(
      'api',
      `${requestLine(request)}: requested ${askedStatus(request)}, but the service answered ${answer.status ?? 'no status'}`,
    );
  }

  /** Whatever is wrong with its label, what an operator pauses must not go on running. */
  async #pauseAlone(id: string, why: MxtError): Promise<never> {
    if (this.#looks.lastSeen(id)?.status !== 'paused') await this.#write(pauseRequest(id), id);
    throw holdNotOnRecord(why);
  }

  /** @throws ConflictError where somebody else wrote meanwhile; MxtError where the service did not take what was sent */
  async #refuse(request: WriteRequest, before: LiveTrigger, answer: LiveTrigger): Promise<void> {
    const moved = movedBesides(request, before, answer);
    if (moved.length > 0) {
      // Whoever holds it wrote after our look: it is not left running.
      if (request.op === 'resume' && wasHeldMeanwhile(before, answer))
        await this.#client.send(pauseRequest(answer.trigger_id));
      const what = `${moved.join(', ')} changed meanwhile`;
      throw new ConflictError(answer.trigger_id, what, `${requestLine(request)} was sent before that showed`);
    }
    const left = notTaken(request, before, answer, this.#action);
    if (left.members.length + left.merged.length > 0) throw notTakenError(request, left, this.#action.name);
  }

  /**
   * A trigger that this operation just made is deleted, one that was there gets back the description that the look
   * saw. An operator's pause stays.
   */
  async #labelLost(request: WriteRequest, answer: LiveTrigger, before: LiveTrigger): Promise<MxtError> {
    const { trigger_id: id } = answer;
    if (this.#making) return labelLost(request, answer, await rollBack(this.#client, id));
    const lost = labelLost(request, answer, await putBack(this.#client, before));
    this.#looks.saw(id, { ...answer, description: before.description ?? '' });
    return isHold(request) ? this.#pauseAlone(id, lost) : lost;
  }

  /** What stands in the place of what a replacement deletes. */
  #successorOf(id: string): string | null {
    if (this.#action.kind !== 'replace') return null;
    const other = this.#action.preconditions.find(({ trigger_id }) => trigger_id.toWellFormed() !== id);
    return this.madeId ?? other?.trigger_id ?? null;
  }

  #note(answer: LiveTrigger, { body }: WriteRequest): void {
    if (body?.description !== undefined) this.#rewritten = answer.description !== body.description;
    this.#looks.wrote(answer);
    this.last = answer;
  }

  async #send(request: WriteRequest, id: string): Promise<LiveTrigger | null> {
    const before = this.#looks.lastSeen(id);
    const look = before && (() => resolveAmbiguousWrite(request, before, this.#client));
    try {
      return await this.#client.send(request, look);
    } catch (error) {
      return resolveRefusedWrite(error, request, id, this.#client);
    }
  }
}
