import type { Managed } from '../../domain/plan.ts';
import type { LiveTrigger } from '../../domain/trigger.ts';
import { readDescription } from '../../label/parse-label.ts';
import type { Manifest } from '../compare/normalise.ts';
import { asManaged } from '../observe/observe.ts';
import { freshLabel } from '../operation/next-label.ts';

/** A trigger without a label, seen as if the manifest's had stood on it: what differs is then live's difference. */
export function asUnlabelled(manifest: Manifest, live: LiveTrigger, owner: string): Managed {
  const label = { ...freshLabel(manifest, { owner, rev: null }), status: null, protect: false };
  // There is no label to stand anywhere, and no hold that could end.
  return asManaged(live, { label, text: textOf(live), labelLayout: '' }, NEVER);
}

const NEVER = new Date(0);

/** The text without a label, which only one has that must not be adopted. */
function textOf({ description }: LiveTrigger): string {
  const reading = readDescription(description ?? '');
  return reading.kind === 'labelled' ? reading.text : (description ?? '');
}
