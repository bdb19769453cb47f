import { describe, expect, it } from 'vitest';
import { manifest, problemsOf } from './scratch.ts';

/** Each row: the text of a file, and what is printed, position and caret included. */
const CASES: readonly (readonly [title: string, text: string, printed: string])[] = [
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
  [
    'one that is missing because it is mistyped: said once',
    manifest({ action_config: '{ clusterid: c }' }),
    `
manifests/a.yaml:3:18: error: unknown property "clusterid" in action_config: did you mean "cluster_id"?
  3 | action_config: { clusterid: c }
    |                  ^^^^^^^^^
`,
  ],
  [
    'one that is missing because two letters changed places',
    manifest({ name: null, nmae: 'a' }),
    `
manifests/a.yaml:5:1: error: unknown property "nmae": did you mean "name"?
  5 | nmae: a
    | ^^^^
`,
  ],
  [
    'one mistyped, another missing',
    manifest({ action_type: 'taxonomy_enrichment', action_config: '{ taxonomyid: t }' }),
    `
manifests/a.yaml:3:1: error: "collection_id" is missing in action_config
  3 | action_config: { taxonomyid: t }
    | ^^^^^^^^^^^^^

manifests/a.yaml:3:18: error: unknown property "taxonomyid" in action_config: did you mean "taxonomy_id"?
  3 | action_config: { taxonomyid: t }
    |                  ^^^^^^^^^^
`,
  ],
  [
    'one of two, mistyped',
    manifest({ action_type: 'batch_rerun', action_config: '{ colection_id: c }' }),
    `
manifests/a.yaml:3:18: error: unknown property "colection_id" in action_config: did you mean "collection_id"?
  3 | action_config: { colection_id: c }
    |                  ^^^^^^^^^^^^
`,
  ],
  [
    'a value that a comma within braces has torn',
    manifest({ schedule_config: '{ cron_expression: H,30 2 * * * }' }),
    `
manifests/a.yaml:5:37: error: the cron expression has 1 field and needs 5: minute, hour, day of month, month, day of week
  5 | schedule_config: { cron_expression: H,30 2 * * * }
    |                                     ^

manifests/a.yaml:5:39: error: unknown property "30 2 * * *" in schedule_config: within braces a value with a comma must be quoted
  5 | schedule_config: { cron_expression: H,30 2 * * * }
    |                                       ^^^^^^^^^^
`,
  ],
  [
    'a missing type that the schedule tells: it is checked all the same',
    manifest({ trigger_type: null, schedule_config: '{ cron_expression: "61 2 * * *", timezone: PST }' }),
    `
manifests/a.yaml:1:1: error: "trigger_type" is missing
  1 | name: a
    | ^^^^

manifests/a.yaml:4:37: error: the minute field "61" has 61, which is not within 0-59
  4 | schedule_config: { cron_expression: "61 2 * * *", timezone: PST }
    |                                     ^^^^^^^^^^^^

manifests/a.yaml:4:61: error: "PST" is an abbreviation, which more than one zone has: a time zone is an IANA name: write a name such as "America/New_York" or "UTC"
  4 | schedule_config: { cron_expression: "61 2 * * *", timezone: PST }
    |                                                             ^^^
`,
  ],
  [
    'a mistyped type that the schedule tells',
    manifest({ trigger_type: 'intervall', schedule_config: '{ interval_seconds: 0 }' }),
    `
manifests/a.yaml:4:15: error: "trigger_type" must be "cron", "interval", "event" or "conditional", not "intervall": did you mean "interval"?
  4 | trigger_type: intervall
    |               ^^^^^^^^^

manifests/a.yaml:5:38: error: "interval_seconds" in schedule_config must be an integer of at least 1, not 0
  5 | schedule_config: { interval_seconds: 0 }
    |                                      ^
`,
  ],
];

describe('properties that are not known, or missing', () => {
  it.each(CASES)('%s', async (_, text, printed) => {
    expect(`\n${await problemsOf(text)}`).toBe(printed);
  });
});
