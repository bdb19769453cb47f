import type { JsonObject } from '../../domain/json.ts';
import { type Clock, clockOf } from '../schedule-clock.ts';
import { describeUnscheduled } from './describe-unscheduled.ts';
import type { IdleReason } from './idle-reason.ts';
import { targetOf } from './target.ts';

/** How long a run takes. */
export interface Duration {
  readonly ms: number;
  /** `usual`: half of its latest runs took no longer. `assumed`: nobody looked. */
  readonly source: 'usual' | 'assumed';
}

/** A trigger, wherever it is known from: as much of it as decides on when it runs and what is shown of that. */
export interface ScheduledTrigger {
  readonly name: string;
  /** Null for a manifest: nothing was asked. */
  readonly triggerId: string | null;
  readonly actionType: string;
  /** What a run works on, in words: `cluster products`. */
  readonly worksOn: string;
  /** What lets one run at a time: a cluster, by its id or as it is referred to. Null for any other action. */
  readonly cluster: string | null;
  /** The user's text. */
  readonly description: string;
  /** Null where it runs by no clock, or by one that cannot be read. */
  readonly clock: Clock | null;
  /** A run from which an interval is counted; null where none is known. */
  readonly anchor: Date | null;
  /** Nothing runs up to this moment; null where it may have run for ever. */
  readonly after: Date | null;
  /** Null where it runs. */
  readonly idleReason: IdleReason | null;
  readonly duration: Duration;
}

export interface ScheduledTriggerInput {
  readonly name: string;
  readonly triggerId: string | null;
  readonly action: { readonly type: string; readonly config: JsonObject };
  readonly trigger: { readonly type: string; readonly schedule: JsonObject };
  readonly description: string;
  readonly anchor: Date | null;
  /** What keeps it from running, whatever its schedule says. */
  readonly stopped: IdleReason | null;
  readonly runMinutes: number;
}

export function scheduledTriggerOf(input: ScheduledTriggerInput): ScheduledTrigger {
  const { name, triggerId, action, trigger, description, anchor, stopped, runMinutes } = input;
  const clock = clockOf(trigger.type, trigger.schedule);
  return {
    name,
    triggerId,
    actionType: action.type,
    ...targetOf(action.type, action.config),
    description,
    clock,
    anchor,
    after: null,
    idleReason: stopped ?? (clock === null ? describeUnscheduled(trigger.type, trigger.schedule) : null),
    duration: { ms: runMinutes * 60_000, source: 'assumed' },
  };
}
