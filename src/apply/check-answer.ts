import { requestLine, type WriteRequest } from '../domain/request.ts';
import type { LiveTrigger } from '../domain/trigger.ts';
import { MxtError } from '../errors.ts';
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

/**
 * Without its label a trigger would be nobody's, and the next run would make another one: nothing that this
 * service stores can be trusted, so the run stops at once.
 */
export function labelLost(request: WriteRequest, answer: LiveTrigger, undone: string): MxtError {
  const stored = answer.description ?? '';
  const sent = request.body?.description ?? '';
  return new MxtError(
    'stopped',
    `${requestLine(request)}: the service did not store the ownership label as it was sent ` +
      `(${sent.length} characters of description sent, ${stored.length} stored)${undone}`,
    { hint: 'Is the description too long for the service? Shorten the text, then run again.' },
  );
}
