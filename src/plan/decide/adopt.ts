import { acceptFixed, type Comparison } from '../compare/compare.ts';
import { inManifestOrder } from '../compare/leaves.ts';
import { type ActionDraft, blocked, type Draft } from '../operation/draft.ts';
import type { Writer } from '../operation/next-label.ts';
import { planInPlace } from './in-place.ts';
import type { Requested } from './requested.ts';

/** Takes a trigger over as it is: its label, and what can be changed in place. Never a replacement. */
export function planAdopt(comparison: Comparison, writer: Writer, requested: Requested): Draft {
  const { changes: fixed } = comparison.fixed;
  const inPlace = planInPlace(acceptFixed(comparison), writer, requested);
  if (inPlace === null || inPlace.kind === 'blocked') throw new Error('a trigger without a label needs one');
  const adopt = { ...inPlace, kind: 'adopt', cause: 'requested' } as ActionDraft;
  if (fixed.length === 0) return adopt;
  return blocked(
    { ...adopt, changes: inManifestOrder([...fixed, ...inPlace.changes]) },
    'immutable',
    `${comparison.managed.id} differs in fields that no call can change: adopt it as it is, then change the manifest to replace it`,
  );
}
