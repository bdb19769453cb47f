import type { Refusal } from '../http/reply-outcome.ts';
import type { NamespaceState, StoredTrigger } from '../store/namespace-state.ts';

/** The configuration of a trigger, of both halves. */
export type Configured = Pick<
  StoredTrigger,
  'action_type' | 'action_config' | 'trigger_type' | 'schedule_config'
>;

/** Requests a minute, by category. */
export type CategoryRates = Readonly<Record<'metadata' | 'data' | 'search' | 'upload' | 'compute', number>>;

/**
 * One way in which the service may differ from what the sandbox takes for likely. Its documentation rules none of
 * them out, so a client has to work under each.
 */
export interface Variant {
  /** What is stored of what was sent. @param before what a PATCH found; null for a create */
  readonly store?: <T extends Configured>(sent: T, before: Configured | null) => T;
  /** Why it refuses to store a trigger. @param before the trigger as it was; null for a create */
  readonly refuse?: (
    world: NamespaceState,
    next: StoredTrigger,
    before: StoredTrigger | null,
  ) => Refusal | null;
  /** What it answers to a change of a trigger. */
  readonly answer?: (after: StoredTrigger, before: StoredTrigger) => StoredTrigger;
  /** What its lists show. */
  readonly list?: (world: NamespaceState, now: Date) => readonly StoredTrigger[];
  /** Hears of every write, after it. */
  readonly wrote?: (before: NamespaceState, now: Date) => void;
  /** Rates of categories of calls, in place of those of a key. */
  readonly rates?: CategoryRates;
  /** Whether it knows a namespace of this name. */
  readonly resolves?: (namespace: string) => boolean;
}
