import type { Desired } from '../../domain/manifest.ts';
import type { Managed, Warning } from '../../domain/plan.ts';
import type { ActionDraft } from '../operation/draft.ts';
import { patchRequest, resumeRequest } from '../operation/requests.ts';

/**
 * Lets one of ours go: the label is taken off, the text and all else stay as they are live.
 *
 * @param oldGoesOn whether the trigger that it was to replace is live: two must not run
 */
export function planRelease(desired: Desired, managed: Managed, oldGoesOn = false): ActionDraft {
  const { label, patchable, status, id, live } = managed;
  // What a cut-off replacement still had to do is done first: nobody would know of it any more.
  const resumes =
    !oldGoesOn &&
    label.replaces !== null &&
    label.was === 'active' &&
    label.hold === null &&
    status === 'paused';
  return {
    kind: 'release',
    name: desired.name,
    source: desired.source,
    cause: 'requested',
    changes: [],
    desired,
    managed,
    requests: [
      ...(resumes ? [resumeRequest(id)] : []),
      patchRequest(id, { description: patchable.description }),
    ],
    preconditions: [live],
    warnings: staysPaused(managed),
  };
}

function staysPaused({ label, status }: Managed): Warning[] {
  if (label.hold === null || status !== 'paused') return [];
  const message = 'it is held and stays paused: mxt will not resume it';
  return [{ code: 'stays_paused', name: label.name, message }];
}
