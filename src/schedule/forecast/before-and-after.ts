import type { JsonObject } from '../../domain/json.ts';
import type { Operation } from '../../domain/plan.ts';
import { NEW_ID } from '../../domain/request.ts';
import type { LiveTrigger } from '../../domain/trigger.ts';
import { readTime } from '../../lib/service-time.ts';

/** As much of a trigger as decides on when it runs and what that costs. */
export interface TriggerState {
  readonly action: string;
  readonly type: string;
  readonly schedule: JsonObject;
  /** Whether it runs by itself: not while it is paused, failed or deleted. */
  readonly active: boolean;
  /** A run that is known to be due or done, from which an interval is counted; null where none is. */
  readonly anchor: Date | null;
  /** When it was made: it has not run before. Null where that is not known. */
  readonly since: Date | null;
}

export function triggerStateOf(live: LiveTrigger): TriggerState {
  return {
    action: live.action_type ?? '',
    type: live.trigger_type ?? '',
    schedule: live.schedule_config ?? {},
    active: (live.status ?? 'active') === 'active',
    anchor: readTime(live.next_scheduled_at) ?? readTime(live.last_triggered_at),
    since: readTime(live.created_at),
  };
}

/** The triggers that an operation is about, as they are and as its requests leave them. */
export function beforeAndAfter({ preconditions, managed, requests }: Operation): {
  before: TriggerState[];
  after: TriggerState[];
} {
  const seen = preconditions.length > 0 || managed === null ? preconditions : [managed.live];
  const states = new Map(seen.map((live) => [live.trigger_id, triggerStateOf(live)]));
  const before = [...states.values()];
  for (const { method, path, body } of requests) {
    const [, , , encoded = NEW_ID, call] = path.split('/');
    const id = encoded === NEW_ID ? encoded : decodeURIComponent(encoded);
    const state = states.get(id);
    if (method === 'DELETE') states.delete(id);
    else if (call === 'pause' || call === 'resume') {
      if (state !== undefined) states.set(id, { ...state, active: call === 'resume' });
    } else if (body !== null && 'action_type' in body) {
      const active = body.status !== 'paused';
      const { action_type: action, trigger_type: type, schedule_config: schedule } = body;
      states.set(id, { action, type, schedule, active, anchor: null, since: null });
    } else if (state !== undefined && body !== null) {
      const { schedule_config: schedule, status } = body;
      states.set(id, {
        ...state,
        // A new rhythm begins when it is written.
        ...(schedule === undefined ? {} : { schedule, anchor: null }),
        ...(status === undefined ? {} : { active: status === 'active' }),
      });
    }
  }
  return { before, after: [...states.values()] };
}
