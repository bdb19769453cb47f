import type { JsonObject } from '../../domain/json.ts';
import type { EngineEvent } from './engine-event.ts';

/** So many of each kind are told one by one. */
const TOLD = 10_000;

export interface NamespacedEvent {
  readonly namespace_id: string;
  readonly happening: EngineEvent;
}

/** What ran, was refused, suppressed or failed, with times as the service writes them, and how many of each. */
export function reportEvents(all: readonly NamespacedEvent[], now: Date): JsonObject {
  const of = (kind: EngineEvent['kind']) => all.filter(({ happening }) => happening.kind === kind);
  const [ran, refused, suppressed, failed] = [of('run'), of('refused'), of('suppressed'), of('failed')];
  const list = (items: readonly NamespacedEvent[]) => items.slice(0, TOLD).map((item) => view(item, now));
  return {
    ran: list(ran),
    refused: list(refused),
    suppressed: list(suppressed),
    failed: list(failed),
    totals: {
      ran: ran.length,
      refused: refused.length,
      suppressed: suppressed.length,
      failed: failed.length,
    },
  };
}

const iso = (at: number): string => new Date(at).toISOString();

function view({ namespace_id, happening }: NamespacedEvent, now: Date): JsonObject {
  const head = { at: iso(happening.at), namespace_id, trigger_id: happening.trigger_id };
  switch (happening.kind) {
    case 'run': {
      const { task_id, cause, starts, ends, end, error } = happening;
      const ended = now.getTime() >= ends;
      const status = ended ? end : now.getTime() >= starts ? 'IN_PROGRESS' : 'PENDING';
      return {
        ...head,
        task_id,
        cause,
        status,
        starts_at: iso(starts),
        ends_at: iso(ends),
        error: ended ? error : null,
      };
    }
    case 'refused': {
      const { task_id, cause, cluster_id, busy_with, busy_trigger_id, until } = happening;
      return { ...head, task_id, cause, cluster_id, busy_with, busy_trigger_id, until: iso(until) };
    }
    case 'suppressed':
      return { ...head, event_counter: happening.event_counter, until: iso(happening.until) };
    case 'failed': {
      const { task_id, consecutive_failures, error } = happening;
      return { ...head, task_id, consecutive_failures, error };
    }
    default:
      return happening satisfies never;
  }
}
