import type { OperationKind } from '../../domain/plan.ts';
import type { Policy } from '../../domain/policy.ts';
import { blocked, type Draft } from '../operation/draft.ts';
import { isCleanUp } from '../operation/hazard.ts';

/** What a policy lets through. What it does not is still planned and shown, and left alone. */
const ALLOWED: Readonly<Record<Policy, (kind: OperationKind) => boolean>> = {
  sync: () => true,
  'upsert-only': (kind) => kind !== 'delete' && kind !== 'replace',
  'create-only': (kind) => kind === 'create',
};

export function applyPolicy(policy: Policy, drafts: readonly Draft[]): Draft[] {
  return drafts.map((draft) => {
    if (draft.kind === 'blocked' || ALLOWED[policy](draft.kind) || isCleanUp(draft)) return draft;
    return blocked(draft, 'policy', `policy ${policy} does not ${draft.kind}`);
  });
}
