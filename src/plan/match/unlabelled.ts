import type { Desired } from '../../domain/manifest.ts';
import type { Managed } from '../../domain/plan.ts';
import type { LiveTrigger } from '../../domain/trigger.ts';
import { readDescription } from '../../label/parse-label.ts';
import type { Context } from '../context.ts';
import { asManaged } from '../observe/classify.ts';
import { freshLabel } from '../operation/next-label.ts';

/** A trigger without a label, seen as if the manifest's had stood on it: what differs is then live's difference. */
export function asUnlabelled(desired: Desired, live: LiveTrigger, context: Context): Managed {
  const label = { ...freshLabel(desired, context), status: null, protect: false, rev: null };
  return asManaged(live, { label, text: textOf(live), labelLayout: '' }); // there is none to stand anywhere
}

/** The text without a label, which only one has that must not be adopted. */
function textOf({ description }: LiveTrigger): string {
  const reading = readDescription(description ?? '');
  return reading.kind === 'labelled' ? reading.text : (description ?? '');
}
