import type { Json, JsonObject } from '../../domain/json.ts';
import { intervalWords } from '../interval-words.ts';

/** Why something does not run by itself. */
export interface IdleReason {
  readonly reason: 'paused' | 'failed' | 'held' | 'no_clock' | 'unreadable';
  /** In words; null where the reason says it all. */
  readonly detail: string | null;
}

/** Why a schedule cannot be told ahead: it waits for something else than a time, or it cannot be read. */
export function describeUnscheduled(triggerType: string, schedule: JsonObject): IdleReason {
  switch (triggerType) {
    case 'event':
      return { reason: 'no_clock', detail: eventWords(schedule) };
    case 'conditional':
      return { reason: 'no_clock', detail: conditionWords(schedule) };
    case 'cron':
      return { reason: 'unreadable', detail: `cron ${text(schedule['cron_expression'])}` };
    case 'interval':
      return { reason: 'unreadable', detail: `interval ${text(schedule['interval_seconds'])}` };
    default:
      return { reason: 'no_clock', detail: triggerType === '' ? null : triggerType };
  }
}

/** `after 100 × documents_added, at most every 10 minutes` */
function eventWords(schedule: JsonObject): string {
  const { event_type: type, event_threshold: threshold, cooldown_seconds: cooldown } = schedule;
  const many = threshold == null || threshold === 1 ? '' : `${text(threshold)} × `;
  const pause =
    typeof cooldown === 'number' && cooldown > 0 ? `, at most every ${intervalWords(cooldown)}` : '';
  return `after ${many}${text(type)}${pause}`;
}

/** `when cosine_drift passes 0.15, looked at every hour` */
function conditionWords(schedule: JsonObject): string {
  const { condition_type: type, metric, threshold, check_interval_seconds: check } = schedule;
  const above = threshold == null ? '' : ` passes ${text(threshold)}`;
  const looked = typeof check === 'number' && check >= 1 ? `, looked at every ${intervalWords(check)}` : '';
  return `when ${text(metric ?? type)}${above}${looked}`;
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}
