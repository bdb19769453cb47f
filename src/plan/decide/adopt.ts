import type { Desired } from '../../domain/manifest.ts';
import type { Managed } from '../../domain/plan.ts';
import { compare } from '../compare/compare.ts';
import { inManifestOrder } from '../compare/leaves.ts';
import type { Context } from '../context.ts';
import { type ActionDraft, blocked, type Draft } from '../operation/draft.ts';
import { planInPlace } from './in-place.ts';

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
