import type { Desired } from '../domain/manifest.ts';
import type { Managed } from '../domain/plan.ts';
import type { LiveTrigger } from '../domain/trigger.ts';
import { readDescription } from '../label/parse.ts';
import { inManifestOrder } from './changes.ts';
import { asManaged } from './classify.ts';
import { compare } from './compare.ts';
import type { Context } from './context.ts';
import { type ActionDraft, blocked, type Draft } from './draft.ts';
import { planInPlace } from './in-place.ts';
import { freshLabel } from './next-label.ts';

/** A trigger without a label, seen as if the manifest's had stood on it: what differs is then live's difference. */
export function asUnlabelled(desired: Desired, live: LiveTrigger, context: Context): Managed {
  const label = { ...freshLabel(desired, context), status: null, protect: false, rev: null };
  return asManaged(live, { label, text: textOf(live), form: '' }); // there is none to stand anywhere
}

/** The text without a label, which only one has that must not be adopted. */
function textOf({ description }: LiveTrigger): string {
  const reading = readDescription(description ?? '');
  return reading.kind === 'labelled' ? reading.text : (description ?? '');
}

/** Takes a trigger over as it is: its label, and what can be changed in place. Never a replacement. */
export function planAdopt(desired: Desired, managed: Managed, context: Context): Draft {
  const comparison = compare(desired, managed);
  const { changes: fixed } = comparison.fixed;
  const inPlace = planInPlace(
    desired,
    managed,
    { ...comparison, fixed: { ...comparison.fixed, changes: [] } },
    context,
  );
  if (inPlace === null || inPlace.kind === 'blocked') throw new Error('a trigger without a label needs one');
  const adopt = { ...inPlace, kind: 'adopt', cause: 'requested' } as ActionDraft;
  if (fixed.length === 0) return adopt;
  return blocked(
    { ...adopt, changes: inManifestOrder([...fixed, ...inPlace.changes]) },
    'immutable',
    `${managed.id} differs in what no call can change: adopt it as it is, then change the manifest to have it replaced`,
  );
}
