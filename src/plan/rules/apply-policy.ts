import type { OperationKind } from '../../domain/plan.ts';
import type { Policy } from '../../domain/policy.ts';
import { planRecovery } from '../decide/recovery.ts';
import { blocked, type Draft } from '../operation/draft.ts';
import { isCleanUp } from '../operation/hazard.ts';

/** What a policy lets through. What it does not is still planned and shown, and left alone. */
const ALLOWED: Readonly<Record<Policy, (kind: OperationKind) => boolean>> = {
  sync: () => true,
  'upsert-only': (kind) => kind !== 'delete' && kind !== 'replace',
  'create-only': (kind) => kind === 'create',
};

/** Whatever the policy, a copy is removed and a replacement that was cut off is finished: both are mxt's own work. */
export function applyPolicy(policy: Policy, drafts: readonly Draft[]): Draft[] {
  return drafts.flatMap((draft) => {
    const isOwnWork = isCleanUp(draft) || draft.cause === 'recovery';
    if (draft.kind === 'blocked' || ALLOWED[policy](draft.kind) || isOwnWork) return [draft];
    const recovery = draft.managed === null ? null : planRecovery(draft.managed, draft);
    return [
      blocked(draft, 'policy', `policy ${policy} does not ${draft.kind}`),
      ...(recovery === null ? [] : [recovery]),
    ];
  });
}
