import type { Operation } from '../domain/plan.ts';
import { NEW_ID } from '../domain/request.ts';
import type { LiveTrigger } from '../domain/trigger.ts';

/** Live triggers as a plan leaves them. */
export interface AppliedPlan {
  /** In the order of creation, as they were given; what is made anew comes last, under the id that `newIdOf` gives. */
  readonly triggers: readonly LiveTrigger[];
  /** Ids whose rhythm starts anew: made, resumed or given another schedule. Their next run follows from the schedule. */
  readonly restarted: ReadonlySet<string>;
}

/** What the requests of operations make of live triggers, without any being sent. Forecast and simulation share it. */
export function applyRequests(
  live: readonly LiveTrigger[],
  operations: readonly Pick<Operation, 'name' | 'requests'>[],
): AppliedPlan {
  const triggers = new Map(live.map((one) => [one.trigger_id, one]));
  const restarted = new Set<string>();
  const change = (id: string, body: Partial<LiveTrigger>) => {
    const before = triggers.get(id);
    if (before === undefined) return;
    const resumed = isActive({ ...before, ...body }) && !isActive(before);
    if (resumed || body.schedule_config !== undefined) restarted.add(id);
    triggers.set(id, changed(before, body, resumed));
  };
  for (const { name, requests } of operations) {
    for (const { op, id, body } of requests) {
      const target = id === null || id === NEW_ID ? newIdOf(name) : id;
      switch (op) {
        case 'create':
          triggers.set(target, { trigger_id: target, status: 'active', ...body });
          restarted.add(target);
          break;
        case 'patch':
          change(target, body);
          break;
        case 'pause':
          change(target, { status: 'paused' });
          break;
        case 'resume':
          change(target, { status: 'active' });
          break;
        case 'delete':
          triggers.delete(target);
          break;
        default:
          throw op satisfies never;
      }
    }
  }
  return { triggers: [...triggers.values()], restarted };
}

/** The id of what a plan makes for a name: no service gives such a one. */
export function newIdOf(name: string): string {
  return `new:${name}`;
}

function changed(before: LiveTrigger, body: Partial<LiveTrigger>, resumed: boolean): LiveTrigger {
  const after = { ...before, ...body };
  const fresh = resumed || body.schedule_config !== undefined || !isActive(after);
  return {
    ...after,
    ...(fresh ? { next_scheduled_at: null } : {}),
    ...(resumed ? { consecutive_failures: 0 } : {}),
  };
}

function isActive({ status }: LiveTrigger): boolean {
  return (status ?? 'active') === 'active';
}
