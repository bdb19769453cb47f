import { LINT_CODES } from './schedule-settings.ts';

/**
 * Every word that a warning's `code` may be: machines tell warnings apart by it, so the published schemas list the same
 * (`npm run schemas`). A later version may add words; none is taken out, and none changes its meaning.
 */
export const WARNING_CODES = [
  // What lint finds in manifests.
  ...LINT_CODES,
  // Why an operation is blocked: its `blocked_by`.
  'protected',
  'foreign',
  'lookalike',
  'duplicate',
  'immutable',
  'conflict',
  'attached',
  'missing',
  'policy',
  'hold',
  // What an operation does besides what it is for.
  'replace_loses',
  'replace_drops',
  'runs_at_once',
  'stays_paused',
  'takeover',
  // What a new trigger may be instead, and what a claim came to.
  'was_deleted',
  'looks_renamed',
  'foreign_twin',
  'unmanaged_twin',
  'claim_without_effect',
  // How live is.
  'failed',
  'overdue',
  'scheduler',
  'held',
  'hold_ended',
  'unmanaged',
  'unreadable',
  'counts_differently',
  // What the service makes of a manifest.
  'stored_otherwise',
  'title_unsupported',
  'ignore_in_list',
  // What is written and has no effect.
  'unused_variable',
  'unused_default',
  'unused_rule',
  // What this checkout and its reviews cannot tell.
  'git_unreadable',
  'shallow_clone',
  'unreviewed',
] as const;
export type WarningCode = (typeof WARNING_CODES)[number];
