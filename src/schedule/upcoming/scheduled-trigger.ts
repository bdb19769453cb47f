import type { JsonObject } from '../../domain/json.ts';
import type { Desired } from '../../domain/manifest.ts';
import type { LiveTrigger } from '../../domain/trigger.ts';
import { triggerStateOf } from '../forecast/before-and-after.ts';
import { type Clock, clockOf } from '../schedule-clock.ts';
import { describeUnscheduled, type IdleReason } from './describe-unscheduled.ts';
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

/**
 * What a manifest will make run. Nothing is known of when an interval began.
 *
 * @param runMinutes how long a run is assumed to take
 */
export function scheduledFromManifest(desired: Desired, runMinutes: number): ScheduledTrigger {
  const { name, fixed, patchable, status } = desired;
  return {
    name,
    triggerId: null,
    actionType: fixed.action_type,
    ...targetOf(fixed.action_type, fixed.action_config),
    description: patchable.description,
    ...timing(fixed.trigger_type, patchable.schedule_config, status === 'paused' ? PAUSED : null, runMinutes),
    anchor: null,
  };
}

/** What a live trigger is called and known by, apart from what the service answers. */
export interface Known {
  readonly name: string;
  /** Without the label. */
  readonly description: string;
  /** Who holds it paused and why, in words; null where nobody does. */
  readonly held: string | null;
}

/** What a live trigger runs. Of a paused one, too, the schedule is read. */
export function scheduledFromLive(live: LiveTrigger, known: Known, runMinutes: number): ScheduledTrigger {
  const { action, type, schedule, anchor } = triggerStateOf(live);
  return {
    name: known.name,
    triggerId: live.trigger_id,
    actionType: action,
    ...targetOf(action, live.action_config ?? {}),
    description: known.description,
    ...timing(type, schedule, stopReason(live, known.held), runMinutes),
    anchor,
  };
}

/** @param stopped what keeps it from running, whatever its schedule says */
function timing(type: string, schedule: JsonObject, stopped: IdleReason | null, runMinutes: number) {
  const clock = clockOf(type, schedule);
  return {
    clock,
    after: null,
    idleReason: stopped ?? (clock === null ? describeUnscheduled(type, schedule) : null),
    duration: { ms: runMinutes * 60_000, source: 'assumed' },
  } as const;
}

const PAUSED: IdleReason = { reason: 'paused', detail: null };

function stopReason(live: LiveTrigger, held: string | null): IdleReason | null {
  const status = live.status ?? 'active';
  if (status === 'active') return null;
  if (status === 'failed') {
    const { consecutive_failures: failures, last_execution_error: error } = live;
    const many = failures == null ? [] : [`${failures} ${failures === 1 ? 'failure' : 'failures'} in a row`];
    return { reason: 'failed', detail: [...many, ...(error ? [error] : [])].join(': ') || null };
  }
  if (held !== null) return { reason: 'held', detail: held };
  return status === 'paused' ? PAUSED : { reason: 'paused', detail: status };
}
