import { describe, expect, it } from 'vitest';
import { manifest, problemsOf } from './scratch.ts';

/** One row for each mistake: what is written, and what is printed, place and caret included. */
const CASES: readonly (readonly [mistake: string, text: string, printed: string])[] = [
  [
    'an unknown property, nearly right',
    manifest({ action_config: '{ cluster_id: c, filterz: {} }' }),
    `
manifests/a.yaml:3:33: error: unknown property "filterz" in action_config: did you mean "filters"?
  3 | action_config: { cluster_id: c, filterz: {} }
    |                                 ^^^^^^^
`,
  ],
  [
    'one of another action',
    manifest({ action_config: '{ cluster_id: c, incremental: true }' }),
    `
manifests/a.yaml:3:33: error: unknown property "incremental" in action_config: it is a property of action_type taxonomy_enrichment
  3 | action_config: { cluster_id: c, incremental: true }
    |                                 ^^^^^^^^^^^
`,
  ],
  [
    'one of another schedule',
    manifest({ schedule_config: '{ cron_expression: "0 2 * * *", cooldown_seconds: 3 }' }),
    `
manifests/a.yaml:5:50: error: unknown property "cooldown_seconds" in schedule_config: it is a property of trigger_type event
  5 | schedule_config: { cron_expression: "0 2 * * *", cooldown_seconds: 3 }
    |                                                  ^^^^^^^^^^^^^^^^
`,
  ],
  [
    'one of the other section',
    manifest({ action_config: '{ cluster_id: c, timezone: UTC }' }),
    `
manifests/a.yaml:3:33: error: unknown property "timezone" in action_config: it belongs in schedule_config
  3 | action_config: { cluster_id: c, timezone: UTC }
    |                                 ^^^^^^^^
`,
  ],
  [
    'one that belongs in a section',
    manifest({ cron_expression: '"0 2 * * *"' }),
    `
manifests/a.yaml:6:1: error: unknown property "cron_expression": it belongs in schedule_config
  6 | cron_expression: "0 2 * * *"
    | ^^^^^^^^^^^^^^^
`,
  ],
  [
    'one that belongs at the top level',
    manifest({ schedule_config: '{ cron_expression: "0 2 * * *", status: paused }' }),
    `
manifests/a.yaml:5:50: error: unknown property "status" in schedule_config: it belongs at the top level
  5 | schedule_config: { cron_expression: "0 2 * * *", status: paused }
    |                                                  ^^^^^^
`,
  ],
  [
    'one that nothing is near to',
    manifest({ zebra: '1' }),
    `
manifests/a.yaml:6:1: error: unknown property "zebra"
  6 | zebra: 1
    | ^^^^^
`,
  ],
  [
    'one of lifecycle',
    manifest({ lifecycle: '{ protekt: true }' }),
    `
manifests/a.yaml:6:14: error: unknown property "protekt" in lifecycle: did you mean "protect"?
  6 | lifecycle: { protekt: true }
    |              ^^^^^^^
`,
  ],
  [
    'a very long one',
    manifest({ ['z'.repeat(70)]: '1' }),
    `
manifests/a.yaml:6:1: error: unknown property of 70 characters
  6 | zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz: 1
    | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
`,
  ],
  [
    'a missing property of a section',
    manifest({ action_config: '{}' }),
    `
manifests/a.yaml:3:1: error: "cluster_id" is missing in action_config
  3 | action_config: {}
    | ^^^^^^^^^^^^^
`,
  ],
  [
    'a missing section',
    manifest({ schedule_config: null }),
    `
manifests/a.yaml:1:1: error: "schedule_config" is missing
  1 | name: a
    | ^^^^
`,
  ],
  [
    'a missing type: its section is not guessed at',
    manifest({ action_type: null, action_config: '{ x: 1 }' }),
    `
manifests/a.yaml:1:1: error: "action_type" is missing
  1 | name: a
    | ^^^^
`,
  ],
  [
    'neither of two',
    manifest({ action_type: 'batch_rerun', action_config: '{ collection_id: null }' }),
    `
manifests/a.yaml:3:1: error: "collection_id" or "batch_id" is missing in action_config
  3 | action_config: { collection_id: null }
    | ^^^^^^^^^^^^^
`,
  ],
  [
    'the one of two is wrong: said once',
    manifest({ action_type: 'batch_rerun', action_config: '{ collection_id: 5 }' }),
    `
manifests/a.yaml:3:33: error: "collection_id" in action_config must be a string, not 5: quote it: "5"
  3 | action_config: { collection_id: 5 }
    |                                 ^
`,
  ],
];

describe('properties that are not known, or missing', () => {
  it.each(CASES)('%s', async (_, text, printed) => {
    expect(`\n${await problemsOf(text)}`).toBe(printed);
  });
});
