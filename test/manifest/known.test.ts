import { expect, it } from 'vitest';
import { ACTION_TYPES, TRIGGER_TYPES } from '../../src/domain/trigger.ts';
import {
  actionDefaults,
  actionProperties,
  scheduleDefaults,
  scheduleProperties,
  sectionShapes,
} from '../../src/schema/known.ts';

it('knows what the schema declares', () => {
  expect([...sectionShapes('action_config').keys()]).toEqual([...ACTION_TYPES]);
  expect([...sectionShapes('schedule_config').keys()]).toEqual([...TRIGGER_TYPES]);
  expect(Object.fromEntries(ACTION_TYPES.map((type) => [type, [...actionProperties(type)]]))).toEqual({
    cluster: [
      'cluster_id',
      'filters',
      'output_collection_ids',
      'mode',
      'assignment_threshold',
      'source_execution_ids',
    ],
    taxonomy_enrichment: [
      'taxonomy_id',
      'collection_id',
      'target_collection_id',
      'incremental',
      'batch_size',
      'parallelism',
      'filters',
    ],
    batch_rerun: ['collection_id', 'batch_id', 'filters', 'retry_failed_only'],
    collection_trigger: ['collection_id', 'include_buckets', 'include_collections', 'source_filters'],
    retriever_execution: [
      'retriever_id',
      'inputs',
      'filters',
      'skip_cache',
      'acceptance',
      'notification_config',
    ],
    alert_evaluation: [],
  });
  expect(
    Object.fromEntries(ACTION_TYPES.map((type) => [type, Object.fromEntries(actionDefaults(type))])),
  ).toEqual({
    cluster: { mode: 'full', assignment_threshold: 0.5 },
    taxonomy_enrichment: { incremental: false, batch_size: 1000, parallelism: 4 },
    batch_rerun: { retry_failed_only: false },
    collection_trigger: {},
    retriever_execution: { skip_cache: true },
    alert_evaluation: {},
  });
  expect([...scheduleProperties('interval')]).toEqual(['interval_seconds', 'start_immediately']);
  expect([...scheduleDefaults('cron')]).toEqual([['timezone', 'UTC']]);
  expect([...scheduleDefaults('interval')]).toEqual([['start_immediately', false]]);
  expect(scheduleDefaults('event').size + scheduleDefaults('conditional').size).toBe(0);
});

it('knows nothing of types that the schema has not, or of those of the other section', () => {
  expect(actionProperties('cron').size + actionProperties('toString').size).toBe(0);
  expect(scheduleProperties('cluster').size + scheduleDefaults('x').size).toBe(0);
});
