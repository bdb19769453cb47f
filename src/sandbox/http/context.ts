import type { StoredTrigger } from '../store/namespace-state.ts';
import type { Behaviour } from '../variants/behaviour.ts';

/** What an operation may not find out for itself: the time, and chance. */
export interface Context {
  readonly now: Date;
  /** A fresh id of the service's form, such as `trg_` and hex digits. */
  readonly newId: (prefix: string) => string;
  /** Applied to what a create or a PATCH stores: a service that adds or rewrites. */
  readonly onStore: (trigger: StoredTrigger) => StoredTrigger;
  /** Which service this is. */
  readonly service: Behaviour;
}
