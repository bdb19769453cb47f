import type { NamespaceState } from '../store/namespace-state.ts';
import type { EngineEvent } from './engine-event.ts';
import type { ReadAs } from './sandbox-schedule.ts';

export interface EngineOptions {
  /** The id of the task that a trigger makes when its time has come: the same, however the clock got there. */
  readonly timedId: (triggerId: string, at: number) => string;
  readonly note: (happening: EngineEvent) => void;
  /** Where schedules are to be read otherwise than here. */
  readonly readAs?: ReadAs;
  /** How many tasks the world keeps, where it is not for long. */
  readonly keptTasks?: number;
}

/** Something happened in the namespace: so many documents were added to a collection, say. */
export interface NamespaceEvent {
  readonly event_type: string;
  /** Null is none, and reaches only triggers that name none; without it the event reaches those of every collection. */
  readonly collection_id?: string | null;
  readonly count: number;
}

/** Runs the schedules of one world. It works on a copy: the world that it was made of is not touched. */
export interface Engine {
  /**
   * Runs what falls due up to `to`, that moment included, in the order of time: first what ends, then triggers in the
   * order of their creation. Answers the steps it took, and `to`, or the moment up
   * to which everything had run when `limit` was reached.
   */
  advance(to: number, limit?: number): { readonly at: number; readonly steps: number };
  /** Counts an event in the triggers that wait for it, and runs those that have enough. */
  event(at: number, event: NamespaceEvent, newId: () => string): void;
  /** Notes a measurement, and evaluates the conditions that may be evaluated again. */
  measure(at: number, metric: string, value: number, newId: () => string): void;
  world(): NamespaceState;
}
