import type { Action, Change, Managed } from '../../domain/plan.ts';
import type { WriteRequest } from '../../domain/request.ts';
import type { DesiredStatus } from '../../domain/trigger.ts';
import { formatDescription } from '../../label/format-label.ts';
import { asOwnManifest } from '../compare/as-own-manifest.ts';
import { type Hold, withHold, withoutHold } from '../observe/hold.ts';
import { seal } from '../operation/digest.ts';
import { patchRequest, pauseRequest, resumeRequest } from '../operation/requests.ts';

/** Break glass: status and label in one PATCH, so that nothing is paused without a word of who and why. */
export function planHold(managed: Managed, hold: Hold): Action {
  const description = formatDescription(managed.patchable.description, withHold(managed, hold));
  return action('pause', managed, 'paused', [patchRequest(managed.id, { status: 'paused', description })]);
}

/** Pauses what runs in spite of a hold: who holds it and why stays as it is. */
export function planPauseAgain(managed: Managed): Action {
  const { description } = managed.live;
  return action('pause', managed, 'paused', [
    patchRequest(managed.id, { status: 'paused', description: description ?? '' }),
  ]);
}

/**
 * Takes the hold off and restores the status that was. The status first: cut off in between, the label still says
 * what is left to do.
 */
export function planUnhold(managed: Managed): Action {
  const after = statusAfterHold(managed);
  const steps = [
    ...(after === 'active' && managed.status === 'paused' ? [resumeRequest(managed.id)] : []),
    ...(after === 'paused' && managed.status === 'active' ? [pauseRequest(managed.id)] : []),
  ];
  const description = formatDescription(managed.patchable.description, withoutHold(managed.label));
  return action('resume', managed, after, [...steps, patchRequest(managed.id, { description })]);
}

/** What lifting a hold leaves. A trigger that is still replacing another one waits for the run that finishes it. */
export function statusAfterHold({ label }: Pick<Managed, 'label'>): DesiredStatus {
  return label.replaces === null ? (label.was ?? label.status ?? 'active') : 'paused';
}

function action(
  kind: 'pause' | 'resume',
  managed: Managed,
  after: DesiredStatus,
  requests: readonly WriteRequest[],
): Action {
  const change: Change = { path: '/status', before: managed.status, after };
  const draft = {
    kind,
    name: managed.label.name,
    source: null,
    cause: 'requested',
    changes: managed.status === after ? [] : [change],
    desired: asOwnManifest(managed),
    managed,
    requests,
    preconditions: [managed.live],
    warnings: [],
  } as const;
  return seal(draft, managed.label.owner, new Set()) as Action;
}
