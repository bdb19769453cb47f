import type { Desired } from '../../domain/manifest.ts';
import type { Cause, Change, Managed } from '../../domain/plan.ts';
import type { PatchBody, WriteRequest } from '../../domain/request.ts';
import { describeHold } from '../../label/describe-hold.ts';
import { formatDescription } from '../../label/format-label.ts';
import type { Comparison } from '../compare/compare.ts';
import { changedThoughIgnored } from '../compare/ignored.ts';
import { inManifestOrder } from '../compare/leaves.ts';
import { type ActionDraft, blocked, type Draft } from '../operation/draft.ts';
import { rewrittenLabel, sameLabel, type Writer } from '../operation/next-label.ts';
import {
  patchRequest,
  pauseRequest,
  resumeRequest,
  scheduleToSend,
  textToSend,
} from '../operation/requests.ts';
import type { Requested } from './requested.ts';
import { planStatus, type StatusStep } from './wanted-status.ts';

/** What can be done without a replacement: update, pause, resume, relabel, or nothing. */
export function planInPlace(
  comparison: Comparison,
  writer: Writer,
  { resumeFailed }: Pick<Requested, 'resumeFailed'>,
): Draft | null {
  const { manifest, managed, patchable } = comparison;
  const { desired } = manifest;
  const status = planStatus(desired, managed, resumeFailed);
  const step = managed.held ? null : status.step;
  const writesSchedule = patchable.changes.some(({ path }) => path.startsWith('/schedule_config'));
  const edits = inManifestOrder([
    ...patchable.changes,
    ...(writesSchedule ? changedThoughIgnored(desired, 'schedule_config', managed) : []),
    ...protectionChange(desired, managed),
  ]);
  const writesText = edits.some(({ path }) => path === '/description');
  const writesTitle = edits.some(({ path }) => path === '/title');
  const next = rewrittenLabel(comparison, writer, {
    writesSchedule,
    writesText,
    writesTitle,
    held: managed.held,
  });
  const labelStale = !patchable.layoutAccepted || !sameLabel(next, managed.label);
  const kind = edits.length > 0 ? 'update' : (step ?? (labelStale ? 'relabel' : null));

  const draft = (of: 'update' | 'pause' | 'resume' | 'relabel', requests: WriteRequest[]): ActionDraft => ({
    kind: of,
    name: desired.name,
    source: desired.source,
    cause: causeOf(comparison, status, edits, resumeFailed),
    changes: step === null || status.change === null ? edits : inManifestOrder([...edits, status.change]),
    desired,
    managed,
    requests,
    preconditions: [managed.live],
    warnings: [],
  });
  if (kind === null) {
    if (!managed.held || status.step === null || status.change === null) return null;
    const frozen: ActionDraft = { ...draft(status.step, []), cause: 'hold', changes: [status.change] };
    return blocked(frozen, 'hold', describeHold(managed.label));
  }

  // Ours even where the service keeps something else of it: it made that of ours, and will again.
  const text = textToSend(desired, managed);
  const patch = (label: typeof next, extra: PatchBody = {}) =>
    patchRequest(managed.id, { ...extra, description: formatDescription(text, label) });
  const first = step === 'pause' ? [pauseRequest(managed.id)] : [];
  const last = step === 'resume' ? [resumeRequest(managed.id)] : [];
  switch (kind) {
    case 'update': {
      const edited: PatchBody = {
        ...(writesSchedule ? { schedule_config: scheduleToSend(desired, managed) } : {}),
        ...(writesTitle && desired.title !== null ? { name: desired.title } : {}),
      };
      // What a cut-off replacement still has to do stays on record until the resume has answered.
      const { replaces, was } = managed.label;
      const unfinished = step === 'resume' && replaces !== null;
      return draft('update', [
        ...first,
        patch(unfinished ? { ...next, replaces, was } : next, edited),
        ...last,
        ...(unfinished ? [patch(next)] : []),
      ]);
    }
    case 'pause':
    case 'resume':
      return draft(kind, [...first, ...last, ...(labelStale ? [patch(next)] : [])]);
    case 'relabel':
      return draft('relabel', [patch(next)]);
    default:
      throw kind satisfies never;
  }
}

/** Protection stands in the label alone, so taking it out of the manifest is a change like any other. */
export function protectionChange(desired: Desired, { label }: Managed): Change[] {
  if (desired.protect === label.protect) return [];
  return [{ path: '/lifecycle/protect', before: label.protect || null, after: desired.protect || null }];
}

/** Who brought it about: Git, somebody outside Git, both, or what an earlier run or a hold left to do. */
function causeOf(
  { manifest: { desired }, managed, patchable }: Comparison,
  status: StatusStep,
  edits: readonly Change[],
  resumeFailed: boolean,
): Cause {
  const { label, held } = managed;
  const halfDiffers = patchable.changes.length > 0;
  const statusDiffers = status.step !== null && !held && desired.status !== null;
  const statusChanged = desired.status !== label.status && (statusDiffers || held);
  const protectDiffers = edits.some(({ path }) => path === '/lifecycle/protect');
  const manifest = (halfDiffers && patchable.manifestChanged) || protectDiffers || statusChanged;
  const cameFromUs = label.was !== null; // paused by a replacement or a hold, not by a stranger
  const requested = status.change?.before === 'failed' && status.step === 'resume' && resumeFailed;
  const drift =
    (halfDiffers && patchable.liveChanged) ||
    (statusDiffers && desired.status === label.status && !cameFromUs && !requested);
  if (manifest && drift) return 'both';
  if (manifest) return 'manifest';
  if (drift) return 'drift';
  if (label.replaces !== null) return 'recovery';
  if (held) return 'label'; // a hold that stands leaves nothing to be done
  if (label.hold !== null) return 'hold';
  if (requested) return 'requested';
  return patchable.layoutAccepted && label.was !== null ? 'recovery' : 'label';
}
