import type { HalfHashes } from '../../domain/label.ts';
import type { Desired } from '../../domain/manifest.ts';
import type { WriteRequest } from '../../domain/request.ts';
import type { LiveTrigger } from '../../domain/trigger.ts';
import { formatDescription } from '../../label/format-label.ts';
import { readDescription } from '../../label/parse-label.ts';
import { hashLive } from '../compare/compare.ts';
import { lastObservedOf } from '../compare/last-write.ts';
import { readLabelled } from '../observe/observe.ts';
import { observedUnlessSpec } from './next-label.ts';
import { patchRequest, textToSend } from './requests.ts';

/**
 * The one request that a plan cannot show: where the service stored something else than it was sent, what it
 * answered is recorded beside `spec`, so that the next plan does not take it for drift. Null where it need not be.
 *
 * @param answer the trigger as the last write of the operation answered it
 * @param wrote which halves that operation sent: a half that it left alone keeps what was seen of it
 */
export function recordObserved(
  desired: Desired,
  answer: LiveTrigger,
  wrote: { readonly fixed: boolean; readonly patchable: boolean },
): WriteRequest | null {
  const managed = readLabelled(answer);
  if (managed === null) return null;
  const { label } = managed;
  const recorded = lastObservedOf(label);
  const live = hashLive(desired, managed);
  const fixed = wrote.fixed ? live.fixed : recorded.fixed;
  const patchable = wrote.patchable ? live.patchable : recorded.patchable;
  if (fixed === recorded.fixed && patchable === recorded.patchable) return null;
  const lastObserved = observedUnlessSpec(label.spec, { fixed, patchable });
  return patchRequest(answer.trigger_id, {
    // Our own text, not what the service made of it: it would make something of that again.
    description: formatDescription(textToSend(desired, managed), { ...label, lastObserved }),
  });
}

/** The same write with `seen` in its label: a plan cannot know what the service will make of a new trigger. */
export function carryObserved(request: WriteRequest, lastObserved: HalfHashes | null): WriteRequest {
  const description = request.body?.description;
  if (lastObserved === null || description === undefined || request.op !== 'patch') return request;
  const reading = readDescription(description);
  if (reading.kind !== 'labelled') return request;
  return {
    ...request,
    body: {
      ...request.body,
      description: formatDescription(reading.text, { ...reading.label, lastObserved }),
    },
  };
}

/** What a label that is being written says of `seen`. */
export function observedInLabel(request: WriteRequest): HalfHashes | null {
  const reading = readDescription(request.body?.description ?? '');
  return reading.kind === 'labelled' ? reading.label.lastObserved : null;
}
