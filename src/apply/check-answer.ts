import type { WriteRequest } from '../domain/request.ts';
import type { LiveTrigger } from '../domain/trigger.ts';
import { formatLabel } from '../label/format-label.ts';
import { readDescription } from '../label/parse-label.ts';

/** Whether the service stored the ownership label as it was sent. The text around it is another matter: `seen`. */
export function keepsLabel(request: WriteRequest, answer: LiveTrigger): boolean {
  const sent = request.body?.description;
  if (sent === undefined) return true;
  return labelOf(sent) === labelOf(answer.description ?? '');
}

function labelOf(description: string): string | null {
  const reading = readDescription(description);
  // A release takes the label off: then none must be left.
  return reading.kind === 'labelled' ? formatLabel(reading.label) : reading.kind;
}

/** The status that a request asks for; null where it asks for none. */
export function askedStatus({ op, body }: WriteRequest): 'active' | 'paused' | null {
  if (op === 'pause') return 'paused';
  if (op === 'resume') return 'active';
  return body?.status ?? null;
}

/** Whether a trigger has the status that a request asks for. */
export function hasAskedStatus(request: WriteRequest, { status }: LiveTrigger): boolean {
  const asked = askedStatus(request);
  return asked === null || (status ?? 'active') === asked;
}
