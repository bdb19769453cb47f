import type { JsonObject } from '../domain/json.ts';
import type { Desired } from '../domain/manifest.ts';
import type { Operation } from '../domain/plan.ts';
import { requestLine, type WriteRequest } from '../domain/request.ts';
import type { LiveTrigger } from '../domain/trigger.ts';
import { MxtError } from '../errors.ts';
import { readDescription } from '../label/parse-label.ts';
import { canonicalJson } from '../lib/canonical.ts';
import { asManifest } from '../plan/compare/normalise.ts';
import { isUnmodifiedSinceCreate, readLabelled } from '../plan/observe/observe.ts';
import { scheduleDefaults } from '../schema/known.ts';
import { hasAskedStatus, keepsLabel } from './check-answer.ts';
import { differences, type Watched } from './preconditions.ts';

/** Whether an operation sends what it changes of the half that PATCH can change. */
export function editsPatchable({ requests, changes }: Pick<Operation, 'requests' | 'changes'>): boolean {
  const edits = changes.some(({ path }) => /^\/(?:description|schedule_config)/.test(path));
  return edits && requests.some(({ op }) => op === 'patch');
}

/** Members that a write carries; what it does not carry must be what it was before. */
function carriedBy({ op, body }: WriteRequest): ReadonlySet<Watched> {
  const status: Watched[] = op === 'pause' || op === 'resume' ? ['status'] : [];
  return new Set([...(Object.keys(body ?? {}) as Watched[]), ...status]);
}

/**
 * What somebody else changed between our look and the answer to our write. Never recorded as ours.
 *
 * @param before the trigger as it was last seen by this run
 */
export function movedBesides(request: WriteRequest, before: LiveTrigger, answer: LiveTrigger): string[] {
  const carried = carriedBy(request);
  return differences(before, answer).filter((member) => !carried.has(member));
}

/** Whether an answer shows what was sent, and nothing that somebody else changed. */
export function isAsSent(
  request: WriteRequest,
  before: LiveTrigger,
  answer: LiveTrigger,
  action: Pick<Operation, 'changes' | 'desired'>,
): boolean {
  const { members, merged } = notTaken(request, before, answer, action);
  const moved = movedBesides(request, before, answer);
  const isTaken = keepsLabel(request, answer) && hasAskedStatus(request, answer);
  return isTaken && members.length + merged.length + moved.length === 0;
}

/** Whether an operator's hold was written since our look: the trigger must not go on running. */
export function wasHeldMeanwhile(before: LiveTrigger, answer: LiveTrigger): boolean {
  return holdOf(before) === null && holdOf(answer) !== null;
}

function holdOf({ description }: LiveTrigger): string | null {
  const reading = readDescription(description ?? '');
  return reading.kind === 'labelled' ? reading.label.hold : null;
}

/**
 * Members that were sent and are answered with their old value: the service did not take them. A third value is the
 * service's own normalisation, and so is an old one that was stored otherwise before as well.
 *
 * @returns `schedule_config.cron_expression` and the like; `merged` where the service keeps what was left out
 */
export function notTaken(
  { body }: WriteRequest,
  before: LiveTrigger,
  answer: LiveTrigger,
  { changes, desired }: Pick<Operation, 'changes' | 'desired'>,
): { readonly members: string[]; readonly merged: string[] } {
  const sent = (body as { schedule_config?: JsonObject } | null)?.schedule_config;
  if (sent === undefined || wasStoredOtherwise(before) || isUnfinishedCreate(desired, before))
    return { members: [], merged: [] };
  const old = before.schedule_config ?? {};
  const now = answer.schedule_config ?? {};
  const defaults = scheduleDefaults(before.trigger_type ?? '');
  const valueAt = (config: JsonObject, key: string) =>
    canonicalJson(config[key] ?? defaults.get(key) ?? null);
  const isOld = (key: string) => valueAt(now, key) === valueAt(old, key);
  const planned = (key: string) =>
    changes.some(({ path, after }) => path === `/schedule_config/${key}` && after === null);
  return {
    members: Object.keys(sent)
      .filter((key) => valueAt(sent, key) !== valueAt(old, key) && isOld(key))
      .map((key) => `schedule_config.${key}`),
    merged: Object.keys(old)
      .filter((key) => !Object.hasOwn(sent, key) && old[key] !== null && planned(key) && isOld(key))
      .map((key) => `schedule_config.${key}`),
  };
}

/**
 * Right after a create that was cut off, what differs from the schedule that it sent is the service's normalisation as
 * well. Text and schedule share a hash: the text may have changed since.
 */
function isUnfinishedCreate(desired: Desired | null, before: LiveTrigger): boolean {
  const had = readLabelled(before);
  if (desired === null || had === null || !isUnmodifiedSinceCreate(had)) return false;
  const { description } = had.patchable;
  const withOldText = { ...desired, patchable: { ...desired.patchable, description } };
  return [desired, withOldText].some((one) => asManifest(one).spec.patchable === had.label.spec.patchable);
}

function wasStoredOtherwise({ description }: LiveTrigger): boolean {
  const reading = readDescription(description ?? '');
  if (reading.kind !== 'labelled') return false;
  const { spec, lastObserved } = reading.label;
  return lastObserved !== null && lastObserved.patchable !== spec.patchable;
}

/** What to say where the service did not take what it was sent. */
export function notTakenError(
  request: WriteRequest,
  { members, merged }: ReturnType<typeof notTaken>,
  name: string,
): MxtError {
  const line = requestLine(request);
  if (members.length > 0) {
    return new MxtError('api', `${line}: the service did not take ${members.join(', ')}: it is what it was`, {
      hint: 'The next plan shows it again.',
    });
  }
  return new MxtError(
    'api',
    `${line}: ${merged.join(', ')} is still there: this service merges a schedule into the one it has`,
    { hint: `--replace ${name} recreates the trigger without it.` },
  );
}
