import type { Label } from '../../domain/label.ts';
import type { Desired } from '../../domain/manifest.ts';
import type { Change, Managed, Warning } from '../../domain/plan.ts';
import { NEW_ID } from '../../domain/request.ts';
import { formatDescription } from '../../label/format-label.ts';
import { compare } from '../compare/compare.ts';
import type { Context } from '../context.ts';
import { isHeld } from '../observe/hold.ts';
import { isUnmodifiedSinceCreate } from '../observe/unmodified.ts';
import type { ActionDraft } from '../operation/draft.ts';
import { freshLabel, rewrittenLabel } from '../operation/next-label.ts';
import {
  createRequest,
  deleteRequest,
  patchRequest,
  pauseRequest,
  resumeRequest,
  textToSend,
} from '../operation/requests.ts';
import { runsAtOnce } from './state-warnings.ts';
import { statusToGoBackTo } from './wanted-status.ts';

/**
 * A replacement: the new trigger is made paused, so that never two run; the old one is deleted; the new one
 * resumed; only then its label forgets `replaces` and `was`, so that a run that is cut off anywhere can be resumed.
 */
export function planReplace(
  desired: Desired,
  managed: Managed,
  cause: ActionDraft['cause'],
  changes: readonly Change[],
  context: Context,
): ActionDraft {
  const was = statusToGoBackTo(desired, managed);
  const held = isHeld(managed.label, context.now);
  const { hold, by, until, unknown } = managed.label;
  const clean: Label = {
    ...freshLabel(desired, context),
    unknown,
    ...(held ? { was, hold, by, until } : {}),
  };
  const resumes = was === 'active' && !held;
  return {
    kind: 'replace',
    name: desired.name,
    source: desired.source,
    cause,
    changes,
    desired,
    managed,
    requests: [
      createRequest(desired, { ...clean, replaces: managed.id, was }, managed, true),
      deleteRequest(managed.id),
      ...(resumes ? [resumeRequest(NEW_ID)] : []),
      patchRequest(NEW_ID, { description: formatDescription(textToSend(desired, managed), clean) }),
    ],
    preconditions: [managed.live],
    warnings: [loses(managed), ...(resumes ? runsAtOnce(desired) : [])],
  };
}

/**
 * Finishes a replacement that was cut off after its POST: `made` stands beside the old trigger and equals the
 * manifest. Null where it does not (any more), or where the old trigger must not be deleted.
 */
export function finishReplace(
  desired: Desired,
  old: Managed,
  made: Managed,
  context: Context,
): ActionDraft | null {
  const comparison = compare(desired, made);
  const { fixed, patchable } = comparison;
  // What differs though the manifest did not change is what the service made of our POST: it is recorded as seen.
  const equal =
    (fixed.changes.length === 0 || !fixed.manifestChanged) &&
    (patchable.changes.length === 0 || (!patchable.manifestChanged && isUnmodifiedSinceCreate(made)));
  if (!equal || desired.protect || desired.release) return null;
  // A hold that arrived on the old one meanwhile goes over to the new one, and so does an operator's pause.
  const holder = [old, made].find(({ label }) => isHeld(label, context.now));
  const was =
    desired.status ?? old.label.was ?? (old.status === 'paused' ? 'paused' : (made.label.was ?? 'active'));
  const kept =
    holder === undefined
      ? {}
      : { was, hold: holder.label.hold, by: holder.label.by, until: holder.label.until };
  const clean: Label = {
    ...rewrittenLabel(desired, made, comparison, context, {
      writesSchedule: false,
      writesText: false,
      held: false,
    }),
    ...kept,
  };
  const resumes = was === 'active' && holder === undefined && made.status === 'paused';
  const pauses = was === 'paused' && made.status === 'active';
  return {
    kind: 'replace',
    name: desired.name,
    source: desired.source,
    cause: 'recovery',
    changes: compare(desired, old).fixed.changes,
    desired,
    managed: old,
    requests: [
      deleteRequest(old.id),
      ...(resumes ? [resumeRequest(made.id)] : []),
      ...(pauses ? [pauseRequest(made.id)] : []),
      patchRequest(made.id, { description: formatDescription(textToSend(desired, made), clean) }),
    ],
    preconditions: [old.live, made.live],
    warnings: [loses(old)],
  };
}

function loses({ label, live }: Managed): Warning {
  const runs = live.execution_count ?? 0;
  const history = runs === 0 ? 'run history' : `run history (${runs} ${runs === 1 ? 'run' : 'runs'})`;
  return {
    code: 'replace_loses',
    name: label.name,
    message: `the new trigger starts without the old one's ${history}, drift baseline and event counter`,
  };
}
