import type { Json, JsonObject } from '../../domain/json.ts';
import type { ActionType, TriggerType } from '../../domain/trigger.ts';

/** What a model declares: each member with its default, null included; undefined where it must be given. */
export type Members = Readonly<Record<string, Json | undefined>>;

/**
 * The models of the service's Python client 1.3.783. On the wire both configurations are open objects, and whether the
 * service reads them into these is not known. No model is published for `alert_evaluation`.
 */
const ACTIONS: Readonly<Record<ActionType, Members | null>> = {
  cluster: {
    cluster_id: undefined,
    output_collection_ids: null,
    filters: null,
    mode: 'full',
    source_execution_ids: null,
    assignment_threshold: 0.5,
  },
  taxonomy_enrichment: {
    taxonomy_id: undefined,
    collection_id: undefined,
    target_collection_id: null,
    filters: null,
    incremental: false,
    batch_size: 1000,
    parallelism: 4,
  },
  batch_rerun: { batch_id: undefined, filters: null, retry_failed_only: false },
  collection_trigger: {
    collection_id: undefined,
    include_buckets: null,
    include_collections: null,
    source_filters: null,
  },
  retriever_execution: {
    retriever_id: undefined,
    inputs: null,
    filters: null,
    skip_cache: true,
    acceptance: null,
    notification_config: null,
  },
  alert_evaluation: null,
};

/** From the guide: schedules have no models there. Where no default is told, nothing is filled in. */
const SCHEDULES: Readonly<Record<TriggerType, Members>> = {
  cron: { cron_expression: undefined, timezone: 'UTC' },
  interval: { interval_seconds: undefined, start_immediately: false },
  event: {
    event_type: undefined,
    event_threshold: undefined,
    collection_id: undefined,
    cooldown_seconds: undefined,
  },
  conditional: {
    condition_type: undefined,
    threshold: undefined,
    metric: undefined,
    check_interval_seconds: undefined,
  },
};

/** The models of a trigger's halves; null where none is known. */
export function modelsOf({
  action_type,
  trigger_type,
  action_config,
}: {
  readonly action_type: ActionType;
  readonly trigger_type: TriggerType;
  readonly action_config: JsonObject;
}): { readonly action: Members | null; readonly schedule: Members } {
  const schedule = SCHEDULES[trigger_type];
  // The guide's own batch_rerun names a collection, which its model does not know: nothing would be left of it.
  const byGuide = action_type === 'batch_rerun' && (action_config['batch_id'] ?? null) === null;
  return { action: byGuide ? null : ACTIONS[action_type], schedule };
}
