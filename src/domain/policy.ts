/** `upsert-only` never deletes or replaces; `create-only` never touches what exists. */
export const POLICIES = ['sync', 'upsert-only', 'create-only'] as const;
export type Policy = (typeof POLICIES)[number];

/** Limits on what one run may delete or replace. */
export interface GuardLimits {
  readonly max_deletes: number;
  /** Of what is owned, where 10 or more are. */
  readonly max_delete_percent: number;
}
