import type { Managed } from '../../domain/plan.ts';

/** What becomes of a manifest's claims on triggers of ours. */
export type Verdict =
  /** It keeps what has its name. */
  | { readonly kind: 'own' }
  /** It made a replacement under a new name that was cut off: these are the old halves. */
  | { readonly kind: 'tied'; readonly olds: readonly Managed[] }
  /** It takes the trigger under an old name, and lets go what has its own. */
  | { readonly kind: 'take'; readonly from: string }
  | { readonly kind: 'conflict'; readonly from: string; readonly message: string };

export const OWN: Verdict = { kind: 'own' };
