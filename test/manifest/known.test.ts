import { expect, it } from 'vitest';
import { ACTION_TYPES, TRIGGER_TYPES } from '../../src/domain/trigger.ts';
import {
  actionProperties,
  scheduleDefaults,
  scheduleProperties,
  sectionShapes,
} from '../../src/schema/known.ts';

it('knows what the schema declares', () => {
  expect([...sectionShapes('action_config').keys()]).toEqual([...ACTION_TYPES]);
  expect([...sectionShapes('schedule_config').keys()]).toEqual([...TRIGGER_TYPES]);
  expect([...actionProperties('cluster')]).toEqual(['cluster_id', 'filters', 'output_collection_ids']);
  expect([...scheduleProperties('interval')]).toEqual(['interval_seconds', 'start_immediately']);
  expect([...scheduleDefaults('cron')]).toEqual([['timezone', 'UTC']]);
  expect([...scheduleDefaults('interval')]).toEqual([['start_immediately', false]]);
  expect(scheduleDefaults('event').size + scheduleDefaults('conditional').size).toBe(0);
});

it('knows nothing of types that the schema has not, or of those of the other section', () => {
  expect(actionProperties('cron').size + actionProperties('toString').size).toBe(0);
  expect(scheduleProperties('cluster').size + scheduleDefaults('x').size).toBe(0);
});
