import type { Desired } from '../../domain/manifest.ts';
import type { LiveTrigger } from '../../domain/trigger.ts';
import { stateOf } from '../forecast/before-and-after.ts';
import type { Standstill } from './idle-reason.ts';
import { type Subject, subjectOf } from './scheduled-trigger.ts';

/** What a manifest will make run. Nothing is known of when an interval began. */
export function subjectOfManifest(desired: Desired, runMinutes: number): Subject {
  const { fixed, patchable } = desired;
  return subjectOf({
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

export function subjectOfLive(live: LiveTrigger, known: Known, runMinutes: number): Subject {
  const state = stateOf(live);
  return subjectOf({
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

function standstillOf(live: LiveTrigger, held: string | null): Standstill | null {
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
