// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references are what is tested here
import { describe, expect, it } from 'vitest';
import { manifest, problemsOf } from './scratch.ts';

/** Each row: the text of a file, and what is printed, position and caret included. */
const CASES: readonly (readonly [title: string, text: string, printed: string])[] = [
  [
    'a pointer to nothing',
    manifest({ lifecycle: '{ ignore: [/schedule_config/timezon, /foo] }' }),
    `
manifests/a.yaml:6:23: error: "/schedule_config/timezon" points to no known property: did you mean "/schedule_config/timezone"?
  6 | lifecycle: { ignore: [/schedule_config/timezon, /foo] }
    |                       ^^^^^^^^^^^^^^^^^^^^^^^^

manifests/a.yaml:6:49: error: item 2 of "ignore" in lifecycle must be a JSON pointer to /title, /description or under /schedule_config or /action_config, not "/foo"
  6 | lifecycle: { ignore: [/schedule_config/timezon, /foo] }
    |                                                 ^^^^
`,
  ],
  [
    'a label in a description',
    manifest({ description: 'x [mxt:1 owner=a]' }),
    `
manifests/a.yaml:6:14: error: a description cannot contain "[mxt:": mxt writes the label itself: remove it
  6 | description: x [mxt:1 owner=a]
    |              ^^^^^^^^^^^^^^^^^
`,
  ],
  [
    'a reference',
    manifest({ action_config: '{ cluster_id: "${{ vars.products }}" }' }),
    `
manifests/a.yaml:3:31: error: there is no variable products: mxt.yaml defines no vars
  3 | action_config: { cluster_id: "\${{ vars.products }}" }
    |                               ^^^^^^^^^^^^^^^^^^^^
`,
  ],
  [
    'a reference for a number',
    manifest({ trigger_type: 'interval', schedule_config: '{ interval_seconds: "${{ vars.n }}" }' }),
    `
manifests/a.yaml:5:39: error: there is no variable n: mxt.yaml defines no vars
  5 | schedule_config: { interval_seconds: "\${{ vars.n }}" }
    |                                       ^^^^^^^^^^^^^
`,
  ],
  [
    'a reference inside filters',
    manifest({ action_config: '{ cluster_id: c, filters: { a: [{ b: "x-${{ vars.n }}" }] } }' }),
    `
manifests/a.yaml:3:56: error: there is no variable n: mxt.yaml defines no vars
  3 | action_config: { cluster_id: c, filters: { a: [{ b: "x-\${{ vars.n }}" }] } }
    |                                                        ^^^^^^^^^^^^^
`,
  ],
  [
    'a reference in the name of a property',
    manifest({ action_config: '{ cluster_id: c, filters: { "${{ vars.n }}": 1 } }' }),
    `
manifests/a.yaml:3:44: error: a property's name cannot hold a reference: \${{ vars.n }}: write it out
  3 | action_config: { cluster_id: c, filters: { "\${{ vars.n }}": 1 } }
    |                                            ^^^^^^^^^^^^^^^
`,
  ],
  [
    'a reference beside a literal',
    manifest({ description: 'for ${{ vars.n }} and $${{ this }}' }),
    `
manifests/a.yaml:6:18: error: there is no variable n: mxt.yaml defines no vars
  6 | description: for \${{ vars.n }} and $\${{ this }}
    |                  ^^^^^^^^^^^^^
`,
  ],
  [
    'a reference without quotes',
    manifest({ action_config: '{ cluster_id: ${{ vars.n }} }' }),
    `
manifests/a.yaml:3:31: error: unexpected flow-map-start at node end: within brackets a reference must be quoted
  3 | action_config: { cluster_id: \${{ vars.n }} }
    |                               ^
`,
  ],
  [
    'a reference in a name: said once',
    manifest({ name: '${{ vars.n }}' }),
    `
manifests/a.yaml:1:7: error: "name" must be 1 to 63 of a-z, 0-9 and -, beginning with a letter or a digit, not "\${{ vars.n }}": write vars-n
  1 | name: \${{ vars.n }}
    |       ^^^^^^^^^^^^^
`,
  ],
  [
    'a cron expression',
    manifest({ schedule_config: '{ cron_expression: "60 2 * * *" }' }),
    `
manifests/a.yaml:5:37: error: the minute field "60" has 60, which is not within 0-59
  5 | schedule_config: { cron_expression: "60 2 * * *" }
    |                                     ^^^^^^^^^^^^
`,
  ],
  [
    'a cron expression that never fires',
    manifest({ schedule_config: '{ cron_expression: "0 0 31 2,4 *" }' }),
    `
manifests/a.yaml:5:37: error: "0 0 31 2,4 *" does not fire within five years: none of its months has that day
  5 | schedule_config: { cron_expression: "0 0 31 2,4 *" }
    |                                     ^^^^^^^^^^^^^^
`,
  ],
  [
    'a time zone',
    manifest({ schedule_config: '{ cron_expression: "0 2 * * *", timezone: America/NewYork }' }),
    `
manifests/a.yaml:5:60: error: "America/NewYork" is not an IANA time zone: did you mean "America/New_York"?
  5 | schedule_config: { cron_expression: "0 2 * * *", timezone: America/NewYork }
    |                                                            ^^^^^^^^^^^^^^^
`,
  ],
  [
    'a second manifest of a name',
    `${manifest()}---\n${manifest()}`,
    `
manifests/a.yaml:7:7: error: the name "a" is already taken by manifests/a.yaml:1: give each trigger a name of its own
  7 | name: a
    |       ^
`,
  ],
  [
    'a key in a comment',
    `# curl -H "Authorization: Bearer abcdefghijklmnop123"\n${manifest()}`,
    `
manifests/a.yaml:1:34: error: this looks like an API key, which no file may hold: take it out and revoke it; mxt reads its own from MP_API_KEY
  1 | # curl -H "Authorization: Bearer •••••••••••••••••••"
    |                                  ^^^^^^^^^^^^^^^^^^^
`,
  ],
  [
    'a key as a value, beside another fault',
    manifest({ action_config: '{ cluster_id: mxp_sk_0123456789, clustr: 1 }' }),
    `
manifests/a.yaml:3:30: error: this looks like an API key, which no file may hold: take it out and revoke it; mxt reads its own from MP_API_KEY
  3 | action_config: { cluster_id: •••••••••••••••••, clustr: 1 }
    |                              ^^^^^^^^^^^^^^^^^

manifests/a.yaml:3:49: error: unknown property "clustr" in action_config
  3 | action_config: { cluster_id: •••••••••••••••••, clustr: 1 }
    |                                                 ^^^^^^
`,
  ],
  [
    'escapes in a value',
    manifest({ status: '"\\e[31mpaused"' }),
    `
manifests/a.yaml:6:9: error: "status" must be "active" or "paused", not "\\u001b[31mpaused"
  6 | status: "\\e[31mpaused"
    |         ^^^^^^^^^^^^^^
`,
  ],
  [
    'marks that turn text, in the file itself',
    manifest({ ['\u202eeman']: 'x\u200by' }),
    `
manifests/a.yaml:6:1: error: unknown property "\\u{202e}eman"
  6 | \\u{202e}eman: x\\u{200b}y
    | ^^^^^^^^^^^^
`,
  ],
  [
    'wide characters before the caret',
    manifest({ action_config: '{ filters: { "説明": 日本語 }, cluster_id: 5 }' }),
    `
manifests/a.yaml:3:54: error: "cluster_id" in action_config must be a string, not 5: quote it: "5"
  3 | action_config: { filters: { "説明": 日本語 }, cluster_id: 5 }
    |                                                           ^
`,
  ],
];

describe('what the schema cannot say', () => {
  it.each(CASES)('%s', async (_, text, printed) => {
    expect(`\n${await problemsOf(text)}`).toBe(printed);
  });
});
