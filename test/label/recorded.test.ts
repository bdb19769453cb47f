import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { JsonObject } from '../../src/domain/json.ts';
import type { LiveTrigger } from '../../src/domain/trigger.ts';
import { desiredFrom } from '../../src/manifest/desired.ts';
import { inShort, plan } from '../plan/world.ts';

interface Recorded {
  readonly manifest: JsonObject;
  /** The body of the POST that the build of 6f5f46c sent for it. */
  readonly created: Omit<LiveTrigger, 'trigger_id'>;
}

const file = new URL('../fixtures/labels-6f5f46c.jsonl', import.meta.url);
const recorded = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded);

const withoutNulls = (config: JsonObject = {}) =>
  Object.fromEntries(Object.entries(config).filter(([, value]) => value !== null));

it.each([
  ['as it was sent', (config: JsonObject = {}) => config],
  ['without its nulls', withoutNulls],
])('labels of the first build stay valid: every action and schedule, stored %s', (_, stored) => {
  expect(recorded).toHaveLength(140);
  const desired = recorded.map(({ manifest }, at) =>
    desiredFrom(manifest, { file: 'manifests/all.json', line: at + 1 }, null),
  );
  const live = recorded.map(
    ({ created }, at): LiveTrigger => ({
      ...created,
      trigger_id: `trg_${at}`,
      action_config: stored(created.action_config),
      schedule_config: stored(created.schedule_config),
      status: created.status ?? 'active',
      created_at: '2026-11-01T00:00:00Z',
      updated_at: '2026-11-02T00:00:00Z',
    }),
  );
  expect(inShort(plan(desired, live))).toEqual([]);
});
