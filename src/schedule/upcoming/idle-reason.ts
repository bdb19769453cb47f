/** Why something does not run by itself. */
export interface IdleReason {
  readonly reason: 'paused' | 'failed' | 'held' | 'no_clock' | 'unreadable';
  /** In words; null where the reason says it all. */
  readonly detail: string | null;
}
