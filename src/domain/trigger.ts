import type { JsonObject } from './json.ts';

export const STATUSES = ['active', 'paused', 'disabled', 'failed'] as const;
/** `disabled` is what a DELETE leaves behind; `failed` is the service's word for too many failures in a row. */
export type TriggerStatus = (typeof STATUSES)[number];
/** The two that a manifest can ask for. */
export type DesiredStatus = 'active' | 'paused';

export const ACTION_TYPES = [
  'cluster',
  'taxonomy_enrichment',
  'batch_rerun',
  'collection_trigger',
  'retriever_execution',
  'alert_evaluation',
] as const;
export type ActionType = (typeof ACTION_TYPES)[number];

export const TRIGGER_TYPES = ['cron', 'interval', 'event', 'conditional'] as const;
export type TriggerType = (typeof TRIGGER_TYPES)[number];

/** The half that no call can change once the trigger exists: only a replacement can. */
export interface FixedHalf {
  readonly action_type: string;
  readonly action_config: JsonObject;
  readonly trigger_type: string;
}

/** The half that PATCH can change. `description` is the user's text, without the ownership label. */
export interface PatchableHalf {
  readonly schedule_config: JsonObject;
  readonly description: string;
}

/**
 * A trigger as the service answers it. Liberal on purpose: the OpenAPI document requires hardly any of it,
 * another API of the service makes items without an `action_type`, and fields that are not known here are
 * carried along untouched.
 */
export interface LiveTrigger {
  readonly trigger_id: string;
  /** For people: free text, not unique. Missing where the service is older than August. */
  readonly name?: string | null;
  readonly action_type?: string;
  readonly action_config?: JsonObject;
  readonly trigger_type?: string;
  readonly schedule_config?: JsonObject;
  /** Missing means active. */
  readonly status?: string | null;
  readonly description?: string | null;
  readonly created_at?: string | null;
  readonly updated_at?: string | null;
  readonly next_scheduled_at?: string | null;
  readonly last_triggered_at?: string | null;
  /** The newest service's word: active, on a clock, and `next_scheduled_at` has passed. */
  readonly is_overdue?: boolean | null;
  readonly last_execution_status?: string | null;
  readonly last_execution_error?: string | null;
  readonly consecutive_failures?: number | null;
  readonly execution_count?: number | null;
  /**
   * Not the service's word but the client's: where in its configuration a number is that JSON cannot say. What the
   * configuration says there is not known, so nothing is ever written to such a trigger.
   */
  readonly mxt_unreadable?: string;
}
