import type { Managed } from '../../domain/plan.ts';
import { formatDescription } from '../../label/format-label.ts';
import { asOwnManifest } from '../compare/as-own-manifest.ts';
import type { ActionDraft, Draft } from '../operation/draft.ts';
import { patchRequest, resumeRequest } from '../operation/requests.ts';

/**
 * Finishes what a replacement that was cut off left to do, and nothing else: for a trigger whose own change must not
 * be made, and which would stay paused for ever. Null where nothing is left to do.
 */
export function planRecovery(
  managed: Managed,
  { desired, source }: Pick<Draft, 'desired' | 'source'>,
): ActionDraft | null {
  const { label, held, status, id, live, patchable } = managed;
  if (label.replaces === null) return null;
  const resumes = label.was === 'active' && desired?.status !== 'paused' && !held && status === 'paused';
  const finished = { ...label, replaces: null, ...(held ? {} : { was: null }) };
  return {
    kind: resumes ? 'resume' : 'relabel',
    name: label.name,
    source,
    cause: 'recovery',
    changes: resumes ? [{ path: '/status', before: status, after: 'active' }] : [],
    desired: desired ?? asOwnManifest(managed),
    managed,
    requests: [
      ...(resumes ? [resumeRequest(id)] : []),
      patchRequest(id, { description: formatDescription(patchable.description, finished) }),
    ],
    preconditions: [live],
    warnings: [],
  };
}
