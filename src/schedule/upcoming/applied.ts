import type { Operation } from '../../domain/plan.ts';
import { NEW_ID } from '../../domain/request.ts';
import type { LiveTrigger } from '../../domain/trigger.ts';

/**
 * Live triggers as a plan's requests leave them, without any being sent. What is made anew has an id of its own and no
 * `created_at`; whatever begins a new rhythm has no `next_scheduled_at`: when it runs follows from its schedule.
 *
 * @returns in the order of creation, as they are given
 */
export function applied(live: readonly LiveTrigger[], operations: readonly Operation[]): LiveTrigger[] {
  const triggers = new Map(live.map((one) => [one.trigger_id, one]));
  for (const operation of operations) {
    if (operation.kind === 'blocked') continue;
    const made = newIdOf(operation.name);
    for (const { method, path, body } of operation.requests) {
      const [, , , encoded = NEW_ID, call] = path.split('/');
      const id = encoded === NEW_ID ? made : decodeURIComponent(encoded);
      const trigger = triggers.get(id);
      if (method === 'DELETE') triggers.delete(id);
      else if (body !== null && 'action_type' in body) {
        triggers.set(made, { trigger_id: made, status: 'active', ...body });
      } else if (trigger !== undefined) {
        const status = call === 'pause' ? 'paused' : call === 'resume' ? 'active' : undefined;
        triggers.set(id, changed(trigger, body ?? (status === undefined ? {} : { status })));
      }
    }
  }
  return [...triggers.values()];
}

/** The id of what a plan makes: no service gives such a one. */
export function newIdOf(name: string): string {
  return `new:${name}`;
}

function changed(trigger: LiveTrigger, body: Partial<LiveTrigger>): LiveTrigger {
  const after = { ...trigger, ...body };
  const active = (status: LiveTrigger['status']) => (status ?? 'active') === 'active';
  const resumed = active(after.status) && !active(trigger.status);
  const fresh = resumed || body.schedule_config !== undefined || !active(after.status);
  return {
    ...after,
    ...(fresh ? { next_scheduled_at: null } : {}),
    ...(resumed ? { consecutive_failures: 0 } : {}),
  };
}
