import type { Desired } from '../../domain/manifest.ts';
import type { LiveTrigger } from '../../domain/trigger.ts';
import { triggerStateOf } from '../forecast/before-and-after.ts';
import type { IdleReason } from './idle-reason.ts';
import { type ScheduledTrigger, scheduledTriggerOf } from './scheduled-trigger.ts';

/** What a manifest will make run. Nothing is known of when an interval began. */
export function scheduledFromManifest(desired: Desired, runMinutes: number): ScheduledTrigger {
  const { fixed, patchable } = desired;
  return scheduledTriggerOf({
    name: desired.name,
    triggerId: null,
    action: { type: fixed.action_type, config: fixed.action_config },
    trigger: { type: fixed.trigger_type, schedule: patchable.schedule_config },
    description: patchable.description,
    anchor: null,
    stopped: desired.status === 'paused' ? { reason: 'paused', detail: null } : null,
    runMinutes,
  });
}

/** What a live trigger is called and known by, apart from what the service answers. */
export interface Known {
  readonly name: string;
  /** Without the label. */
  readonly description: string;
  /** Who holds it paused and why, in words; null where nobody does. */
  readonly held: string | null;
}

export function scheduledFromLive(live: LiveTrigger, known: Known, runMinutes: number): ScheduledTrigger {
  const state = triggerStateOf(live);
  return scheduledTriggerOf({
    name: known.name,
    triggerId: live.trigger_id,
    action: { type: state.action, config: live.action_config ?? {} },
    trigger: { type: state.type, schedule: state.schedule },
    description: known.description,
    anchor: state.anchor,
    stopped: standstillOf(live, known.held),
    runMinutes,
  });
}

function standstillOf(live: LiveTrigger, held: string | null): IdleReason | null {
  const status = live.status ?? 'active';
  if (status === 'active') return null;
  if (status === 'failed') {
    const { consecutive_failures: failures, last_execution_error: error } = live;
    const many = failures == null ? [] : [`${failures} ${failures === 1 ? 'failure' : 'failures'} in a row`];
    return { reason: 'failed', detail: [...many, ...(error ? [error] : [])].join(': ') || null };
  }
  if (held !== null) return { reason: 'held', detail: held };
  return { reason: 'paused', detail: status === 'paused' ? null : status };
}
