import { describe, expect, it } from 'vitest';
import { manifest, problemsOf } from './scratch.ts';

/** Each row: the text of a file, and what is printed, position and caret included. */
const CASES: readonly (readonly [title: string, text: string, printed: string])[] = [
  [
    'a type that is nearly right',
    manifest({ action_type: 'clusters' }),
    `
manifests/a.yaml:2:14: error: "action_type" must be "cluster", "taxonomy_enrichment", "batch_rerun", "collection_trigger", "retriever_execution" or "alert_evaluation", not "clusters": did you mean "cluster"?
  2 | action_type: clusters
    |              ^^^^^^^^
`,
  ],
  [
    'a type that is not',
    manifest({ trigger_type: 'hourly' }),
    `
manifests/a.yaml:4:15: error: "trigger_type" must be "cron", "interval", "event" or "conditional", not "hourly"
  4 | trigger_type: hourly
    |               ^^^^^^
`,
  ],
  [
    'a section that is no mapping',
    manifest({ action_config: '[clust_1]' }),
    `
manifests/a.yaml:3:1: error: "action_config" must be a mapping, not a list
  3 | action_config: [clust_1]
    | ^^^^^^^^^^^^^
`,
  ],
  [
    'an empty id',
    manifest({ action_config: '{ cluster_id: "" }' }),
    `
manifests/a.yaml:3:30: error: "cluster_id" in action_config must not be empty
  3 | action_config: { cluster_id: "" }
    |                              ^^
`,
  ],
  [
    'an empty value of a required property',
    manifest({ action_config: '{ cluster_id: }' }),
    `
manifests/a.yaml:3:18: error: "cluster_id" in action_config must be a string, not null
  3 | action_config: { cluster_id: }
    |                  ^^^^^^^^^^
`,
  ],
  [
    'a number for an id',
    manifest({ action_config: '{ cluster_id: 123 }' }),
    `
manifests/a.yaml:3:30: error: "cluster_id" in action_config must be a string, not 123: quote it: "123"
  3 | action_config: { cluster_id: 123 }
    |                              ^^^
`,
  ],
  [
    'a string for a number',
    manifest({ trigger_type: 'interval', schedule_config: '{ interval_seconds: "60" }' }),
    `
manifests/a.yaml:5:38: error: "interval_seconds" in schedule_config must be an integer of at least 1, not "60": write it without quotes: 60
  5 | schedule_config: { interval_seconds: "60" }
    |                                      ^^^^
`,
  ],
  [
    'a fraction',
    manifest({ trigger_type: 'interval', schedule_config: '{ interval_seconds: 0.5 }' }),
    `
manifests/a.yaml:5:38: error: "interval_seconds" in schedule_config must be an integer of at least 1, not 0.5
  5 | schedule_config: { interval_seconds: 0.5 }
    |                                      ^^^
`,
  ],
  [
    'a number below the least',
    manifest({ trigger_type: 'interval', schedule_config: '{ interval_seconds: 0 }' }),
    `
manifests/a.yaml:5:38: error: "interval_seconds" in schedule_config must be an integer of at least 1, not 0
  5 | schedule_config: { interval_seconds: 0 }
    |                                      ^
`,
  ],
  [
    'a number for a threshold',
    manifest({ trigger_type: 'conditional', schedule_config: '{ condition_type: drift, threshold: high }' }),
    `
manifests/a.yaml:5:54: error: "threshold" in schedule_config must be a number of at least 0, not "high"
  5 | schedule_config: { condition_type: drift, threshold: high }
    |                                                      ^^^^
`,
  ],
  [
    'yes for true',
    manifest({
      trigger_type: 'interval',
      schedule_config: '{ interval_seconds: 60, start_immediately: yes }',
    }),
    `
manifests/a.yaml:5:61: error: "start_immediately" in schedule_config must be true or false, not "yes": write true
  5 | schedule_config: { interval_seconds: 60, start_immediately: yes }
    |                                                             ^^^
`,
  ],
  [
    'a string for a list',
    manifest({ action_config: '{ cluster_id: c, output_collection_ids: col_1 }' }),
    `
manifests/a.yaml:3:56: error: "output_collection_ids" in action_config must be a list of strings, not "col_1": write it as a list: [col_1]
  3 | action_config: { cluster_id: c, output_collection_ids: col_1 }
    |                                                        ^^^^^
`,
  ],
  [
    'an item of a list',
    manifest({ action_config: '{ cluster_id: c, output_collection_ids: [col_1, 2] }' }),
    `
manifests/a.yaml:3:64: error: item 2 of "output_collection_ids" in action_config must be a string, not 2: quote it: "2"
  3 | action_config: { cluster_id: c, output_collection_ids: [col_1, 2] }
    |                                                                ^
`,
  ],
  [
    'a name',
    manifest({ name: 'Nightly Products' }),
    `
manifests/a.yaml:1:7: error: "name" must be 1 to 63 of a-z, 0-9 and -, beginning with a letter or a digit, not "Nightly Products": write nightly-products; what the service calls name is "title" here: title: Nightly Products
  1 | name: Nightly Products
    |       ^^^^^^^^^^^^^^^^
`,
  ],
  [
    'a name that is no string',
    manifest({ name: '5' }),
    `
manifests/a.yaml:1:7: error: "name" must be a string, not 5: quote it: "5"
  1 | name: 5
    |       ^
`,
  ],
  [
    'a status of the service',
    manifest({ status: 'disabled' }),
    `
manifests/a.yaml:6:9: error: "status" must be "active" or "paused", not "disabled"
  6 | status: disabled
    |         ^^^^^^^^
`,
  ],
  [
    'a pointer',
    manifest({ lifecycle: '{ ignore: [schedule_config.timezone] }' }),
    `
manifests/a.yaml:6:23: error: item 1 of "ignore" in lifecycle must be a JSON pointer to /title, /description or under /schedule_config or /action_config, not "schedule_config.timezone": write /schedule_config/timezone
  6 | lifecycle: { ignore: [schedule_config.timezone] }
    |                       ^^^^^^^^^^^^^^^^^^^^^^^^
`,
  ],
  [
    'a status in other words',
    manifest({ status: 'true' }),
    `
manifests/a.yaml:6:9: error: "status" must be "active" or "paused", not true: write active
  6 | status: true
    |         ^^^^
`,
  ],
  [
    'a status that is switched off',
    manifest({ status: 'off' }),
    `
manifests/a.yaml:6:9: error: "status" must be "active" or "paused", not "off": write paused
  6 | status: off
    |         ^^^
`,
  ],
  [
    'a name that YAML takes for a number',
    manifest({ name: '1e5' }),
    `
manifests/a.yaml:1:7: error: "name" must be a string, not 1e5: quote it: "1e5"
  1 | name: 1e5
    |       ^^^
`,
  ],
  [
    'an empty name, told once',
    manifest({ name: '""' }),
    `
manifests/a.yaml:1:7: error: "name" must be 1 to 63 of a-z, 0-9 and -, beginning with a letter or a digit, not ""
  1 | name: ""
    |       ^^
`,
  ],
  [
    'a cron expression with several bad fields',
    manifest({ schedule_config: '{ cron_expression: "60 24 * * FRI-SUN" }' }),
    `
manifests/a.yaml:5:37: error: the minute field "60" has 60, which is not within 0-59; the hour field "24" has 24, which is not within 0-23; the day of week field "FRI-SUN" has a range that ends before it begins: day of week: write "FRI,SAT,SUN"
  5 | schedule_config: { cron_expression: "60 24 * * FRI-SUN" }
    |                                     ^^^^^^^^^^^^^^^^^^^
`,
  ],
  [
    'a cron expression with a comment inside its quotes',
    manifest({ schedule_config: '{ cron_expression: "0 2 * * * # nightly" }' }),
    `
manifests/a.yaml:5:37: error: the cron expression contains a comment: leave the comment out: "0 2 * * *"
  5 | schedule_config: { cron_expression: "0 2 * * * # nightly" }
    |                                     ^^^^^^^^^^^^^^^^^^^^^
`,
  ],
  [
    'a blank cron expression',
    manifest({ schedule_config: '{ cron_expression: "  " }' }),
    `
manifests/a.yaml:5:37: error: the cron expression is blank: write five fields, such as "0 2 * * *"
  5 | schedule_config: { cron_expression: "  " }
    |                                     ^^^^
`,
  ],
  [
    'H in a field of days',
    manifest({ schedule_config: '{ cron_expression: H H H * * }' }),
    `
manifests/a.yaml:5:37: error: the day of month field "H" has H, which only the minute and the hour may have
  5 | schedule_config: { cron_expression: H H H * * }
    |                                     ^^^^^^^^^
`,
  ],
  [
    'a time zone that only ICU knows',
    manifest({ schedule_config: '{ cron_expression: "0 2 * * *", timezone: IST }' }),
    `
manifests/a.yaml:5:60: error: "IST" is an abbreviation, which more than one zone has: a time zone is an IANA name: write a name such as "America/New_York" or "UTC"
  5 | schedule_config: { cron_expression: "0 2 * * *", timezone: IST }
    |                                                            ^^^
`,
  ],
];

describe('values that the schema does not allow', () => {
  it.each(CASES)('%s', async (_, text, printed) => {
    expect(`\n${await problemsOf(text)}`).toBe(printed);
  });
});
