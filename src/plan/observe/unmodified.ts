import type { Managed } from '../../domain/plan.ts';

/** How long after its making a trigger's `updated_at` may still be the making's own. */
const SETTLING_MS = 5_000;

/** Whether nobody, we included, has written to it since it was made. False where the service does not say. */
export function isUnmodifiedSinceCreate({ live }: Managed): boolean {
  const made = Date.parse(live.created_at ?? '');
  const written = Date.parse(live.updated_at ?? '');
  return Math.abs(written - made) <= SETTLING_MS;
}

/**
 * Whether what differs in the half that nobody can edit is the service's rewriting of what we sent, for want of
 * a `seen` that says so: the run was cut off before it could record one.
 */
export function isUnmodifiedOrReplacing(managed: Managed): boolean {
  return managed.label.replaces !== null || isUnmodifiedSinceCreate(managed);
}
