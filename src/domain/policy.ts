/** `upsert-only` never deletes or replaces; `create-only` never touches what exists. */
export const POLICIES = ['sync', 'upsert-only', 'create-only'] as const;
export type Policy = (typeof POLICIES)[number];

/** Upper bounds of the forecast, in credits of 30 days by the upper end of the range; what is missing bounds nothing. */
export interface Budget {
  /** Of all that is live in the namespace. */
  readonly credits_per_month?: number;
  /** By how much one plan may raise that. */
  readonly increase?: number;
}

/** Limits on what one run may delete or replace. */
export interface GuardLimits {
  readonly max_deletes: number;
  /** Of what is owned, where 10 or more are. */
  readonly max_delete_percent: number;
}
