import type { Label } from '../../domain/label.ts';
import type { Cause, Change, Managed, Warning } from '../../domain/plan.ts';
import { NEW_ID } from '../../domain/request.ts';
import { formatDescription } from '../../label/format-label.ts';
import type { Comparison } from '../compare/compare.ts';
import { isUnmodifiedSinceCreate } from '../observe/observe.ts';
import type { ActionDraft } from '../operation/draft.ts';
import { freshLabel, rewrittenLabel, type Writer } from '../operation/next-label.ts';
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
  { manifest, managed }: Comparison,
  cause: Cause,
  changes: readonly Change[],
  writer: Writer,
): ActionDraft {
  const { desired } = manifest;
  const { held } = managed;
  const was = statusToGoBackTo(desired, managed);
  const { hold, by, until, unknown } = managed.label;
  const clean: Label = {
    ...freshLabel(manifest, writer),
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
export function finishReplace(old: Comparison, made: Comparison, writer: Writer): ActionDraft | null {
  const { manifest, fixed, patchable } = made;
  const { desired } = manifest;
  // What differs though the manifest did not change is what the service made of our POST: it is recorded.
  const equal =
    (fixed.changes.length === 0 || !fixed.manifestChanged) &&
    (patchable.changes.length === 0 || (!patchable.manifestChanged && isUnmodifiedSinceCreate(made.managed)));
  if (!equal || desired.protect || desired.release) return null;
  // A hold that arrived on the old one meanwhile goes over to the new one, and so does an operator's pause.
  const holder = [old.managed, made.managed].find(({ held }) => held);
  const was =
    desired.status ??
    old.managed.label.was ??
    (old.managed.status === 'paused' ? 'paused' : (made.managed.label.was ?? 'active'));
  const kept =
    holder === undefined
      ? {}
      : { was, hold: holder.label.hold, by: holder.label.by, until: holder.label.until };
  const clean: Label = {
    ...rewrittenLabel(made, writer, {
      writesSchedule: false,
      writesText: false,
      writesTitle: false,
      held: false,
    }),
    ...kept,
  };
  const resumes = was === 'active' && holder === undefined && made.managed.status === 'paused';
  // Whoever resumed it meanwhile meant it, unless the manifest or a hold says otherwise.
  const pauses =
    was === 'paused' &&
    made.managed.status === 'active' &&
    (desired.status === 'paused' || holder !== undefined);
  return {
    kind: 'replace',
    name: desired.name,
    source: desired.source,
    cause: 'recovery',
    changes: old.fixed.changes,
    desired,
    managed: old.managed,
    requests: [
      deleteRequest(old.managed.id),
      ...(resumes ? [resumeRequest(made.managed.id)] : []),
      ...(pauses ? [pauseRequest(made.managed.id)] : []),
      patchRequest(made.managed.id, {
        description: formatDescription(textToSend(desired, made.managed), clean),
      }),
    ],
    preconditions: [old.managed.live, made.managed.live],
    warnings: [loses(old.managed)],
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
