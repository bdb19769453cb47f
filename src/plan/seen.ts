import type { Desired } from '../domain/manifest.ts';
import type { WriteRequest } from '../domain/request.ts';
import type { LiveTrigger } from '../domain/trigger.ts';
import { formatDescription } from '../label/format.ts';
import { readManaged } from './classify.ts';
import { hashLive } from './compare.ts';
import { seenBeside } from './next-label.ts';
import { patchRequest } from './requests.ts';

/**
 * The one request that a plan cannot show: where the service stored something else than it was sent, what it
 * answered is recorded beside `spec`, so that the next plan does not take it for drift. Null where it need not be.
 *
 * @param answer the trigger as the last write of the operation answered it
 * @param wrote which halves that operation sent: a half that it left alone keeps what was seen of it
 */
export function recordSeen(
  desired: Desired,
  answer: LiveTrigger,
  wrote: { readonly fixed: boolean; readonly patchable: boolean },
): WriteRequest | null {
  const managed = readManaged(answer);
  if (managed === null) return null;
  const { label } = managed;
  const recorded = label.seen ?? label.spec;
  const live = hashLive(desired, managed);
  const fixed = wrote.fixed ? live.fixed : recorded.fixed;
  const patchable = wrote.patchable ? live.patchable : recorded.patchable;
  if (fixed === recorded.fixed && patchable === recorded.patchable) return null;
  const seen = seenBeside(label.spec, { fixed, patchable });
  return patchRequest(answer.trigger_id, {
    description: formatDescription(managed.patchable.description, { ...label, seen }),
  });
}
