/** Triggers that one hold keeps paused: told once, however many they are. */
export interface HeldTriggers {
  readonly by: string | null;
  /** ISO 8601; null: until it is lifted. */
  readonly until: string | null;
  readonly reason: string;
  readonly names: readonly string[];
}

/** How owned triggers are, whether or not they equal their manifests: the other axis of every summary. */
export interface Health {
  /** The service stopped them after too many failures. */
  readonly failed: number;
  /** Due for longer than the scheduler's minute. */
  readonly overdue: number;
  /** A hold whose end has passed is still on them. */
  readonly hold_ended: number;
  /** A hold keeps them paused, as somebody wants it: the only one of the four that is no fault. */
  readonly held: number;
  /** So many of the namespace are overdue at once, and nothing runs, that it is no trigger's fault. */
  readonly scheduler_stopped: boolean;
  readonly holds: readonly HeldTriggers[];
}

/** As every JSON has it. */
export function healthJson(health: Health) {
  return { ...health, holds: health.holds.map((hold) => ({ ...hold, names: [...hold.names] })) };
}

/** How many things are wrong with triggers. A hold that stands is somebody's decision. */
export function countUnhealthy(health: Omit<Health, 'holds' | 'scheduler_stopped'>): number {
  return health.failed + health.overdue + health.hold_ended;
}
