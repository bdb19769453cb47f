import type { JsonObject } from '../../domain/json.ts';
import type { Operation } from '../../domain/plan.ts';
import type { LiveTrigger } from '../../domain/trigger.ts';
import { applyRequests } from '../../lib/apply-requests.ts';
import { readTime } from '../../lib/service-time.ts';

/** As much of a trigger as decides on how often it runs and what that costs. */
export interface RunState {
  readonly action: string;
  readonly type: string;
  readonly schedule: JsonObject;
  /** Whether it runs by itself: not while it is paused, failed or deleted. */
  readonly active: boolean;
}

/** And when. */
export interface TriggerState extends RunState {
  /** A run that is known to be due or done, from which an interval is counted; null where none is. */
  readonly anchor: Date | null;
  /** When it was made: it has not run before. Null where that is not known. */
  readonly since: Date | null;
}

export function runStateOf(live: LiveTrigger): RunState {
  return {
    action: live.action_type ?? '',
    type: live.trigger_type ?? '',
    schedule: live.schedule_config ?? {},
    active: (live.status ?? 'active') === 'active',
  };
}

export function triggerStateOf(live: LiveTrigger): TriggerState {
  return {
    ...runStateOf(live),
    anchor: readTime(live.next_scheduled_at) ?? readTime(live.last_triggered_at),
    since: readTime(live.created_at),
  };
}

/** The triggers that an operation is about, as they are and as its requests leave them. */
export function beforeAndAfter({ preconditions, managed, name, requests }: Operation): {
  before: TriggerState[];
  after: TriggerState[];
} {
  const live = preconditions.length > 0 || managed === null ? preconditions : [managed.live];
  const { triggers, restarted } = applyRequests(live, [{ name, requests }]);
  return {
    before: live.map(triggerStateOf),
    after: triggers.map((one) => {
      const state = triggerStateOf(one);
      return restarted.has(one.trigger_id) ? { ...state, anchor: null } : state;
    }),
  };
}
