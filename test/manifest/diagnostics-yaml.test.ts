import { describe, expect, it } from 'vitest';
import { manifest, problemsOf } from './scratch.ts';

/** Each row: the text of a file, and what is printed, position and caret included. */
const CASES: readonly (readonly [title: string, text: string, printed: string])[] = [
  [
    'a list of something else',
    '- 1\n- name: x\n',
    `
manifests/a.yaml:1:3: error: this must be a manifest: a mapping with a name
  1 | - 1
    |   ^

manifests/a.yaml:2:3: error: "action_type", "action_config", "trigger_type" and "schedule_config" are missing
  2 | - name: x
    |   ^^^^
`,
  ],
  [
    'an item without a mapping',
    '-\n-\n',
    `
manifests/a.yaml:1:2: error: this must be a manifest: a mapping with a name
  1 | -
    |  ^

manifests/a.yaml:2:2: error: this must be a manifest: a mapping with a name
  2 | -
    |  ^
`,
  ],
  [
    'a file that is only text',
    'just text\n',
    `
manifests/a.yaml:1:1: error: this must be a manifest: a mapping with a name: a colon and a space are missing after the key: write "name: value"
  1 | just text
    | ^^^^^^^^^
`,
  ],
  [
    'a manifest that is only a name',
    'name: a\n',
    `
manifests/a.yaml:1:1: error: "action_type", "action_config", "trigger_type" and "schedule_config" are missing
  1 | name: a
    | ^^^^
`,
  ],
  [
    'a duplicate key',
    `${manifest()}name: b\n`,
    `
manifests/a.yaml:6:1: error: "name" is given twice in one mapping
  6 | name: b
    | ^^^^
`,
  ],
  [
    'a duplicate key in filters',
    manifest({ action_config: '{ cluster_id: c, filters: { a: 1, "a": 2 } }' }),
    `
manifests/a.yaml:3:50: error: "a" is given twice in one mapping
  3 | action_config: { cluster_id: c, filters: { a: 1, "a": 2 } }
    |                                                  ^^^
`,
  ],
  [
    'an asterisk without quotes',
    manifest({ schedule_config: '\n  cron_expression: */15 * * * *' }),
    `
manifests/a.yaml:6:20: error: a value that begins with * is an alias in YAML: quote it: "*/15 * * * *"
  6 |   cron_expression: */15 * * * *
    |                    ^^^^^^^^^^^^
`,
  ],
  [
    'an alias without an anchor',
    manifest({ description: '*x' }),
    `
manifests/a.yaml:6:14: error: there is no anchor &x before this alias: a value that begins with * must be quoted: "*x"
  6 | description: *x
    |              ^^
`,
  ],
  [
    'an alias that contains itself',
    manifest({ action_config: '&x { cluster_id: c, filters: { a: *x } }' }),
    `
manifests/a.yaml:3:50: error: the alias *x contains itself
  3 | action_config: &x { cluster_id: c, filters: { a: *x } }
    |                                                  ^^
`,
  ],
  [
    'an unknown tag',
    manifest({ description: '!secret x' }),
    `
manifests/a.yaml:6:14: error: unresolved tag: !secret: remove the tag: only JSON types are known
  6 | description: !secret x
    |              ^^^^^^^
`,
  ],
  [
    'an integer that is too large',
    manifest({ action_config: '{ cluster_id: c, filters: { id: 9007199254740993 } }' }),
    `
manifests/a.yaml:3:48: error: 9007199254740993 is too large: integers end at ±9007199254740991 (2^53-1): quote it if it is an id
  3 | action_config: { cluster_id: c, filters: { id: 9007199254740993 } }
    |                                                ^^^^^^^^^^^^^^^^
`,
  ],
  [
    'infinity',
    manifest({ trigger_type: 'conditional', schedule_config: '{ condition_type: drift, threshold: .inf }' }),
    `
manifests/a.yaml:5:54: error: .inf is not a number in JSON
  5 | schedule_config: { condition_type: drift, threshold: .inf }
    |                                                      ^^^^
`,
  ],
  [
    'not a number',
    manifest({ action_config: '{ cluster_id: c, filters: { x: .NaN } }' }),
    `
manifests/a.yaml:3:47: error: .NaN is not a number in JSON
  3 | action_config: { cluster_id: c, filters: { x: .NaN } }
    |                                               ^^^^
`,
  ],
  [
    '__proto__',
    manifest({ action_config: '{ cluster_id: c, filters: { __proto__: 1 } }' }),
    `
manifests/a.yaml:3:44: error: a key cannot be __proto__
  3 | action_config: { cluster_id: c, filters: { __proto__: 1 } }
    |                                            ^^^^^^^^^
`,
  ],
  [
    '__proto__ in disguise',
    manifest({ action_config: '{ cluster_id: c, filters: { "__pr\\u006fto__": 1 } }' }),
    `
manifests/a.yaml:3:44: error: a key cannot be __proto__
  3 | action_config: { cluster_id: c, filters: { "__pr\\u006fto__": 1 } }
    |                                            ^^^^^^^^^^^^^^^^
`,
  ],
  [
    'a key that is a number',
    manifest({ action_config: '{ cluster_id: c, filters: { 1: x } }' }),
    `
manifests/a.yaml:3:44: error: the key 1 is not a string: quote it: "1"
  3 | action_config: { cluster_id: c, filters: { 1: x } }
    |                                            ^
`,
  ],
  [
    'a key that is empty',
    manifest({ action_config: '{ cluster_id: c, filters: { ~: x, : y } }' }),
    `
manifests/a.yaml:3:44: error: the key ~ is not a string: quote it: "~"
  3 | action_config: { cluster_id: c, filters: { ~: x, : y } }
    |                                            ^

manifests/a.yaml:3:50: error: the key is empty
  3 | action_config: { cluster_id: c, filters: { ~: x, : y } }
    |                                                  ^
`,
  ],
  [
    'half of a surrogate pair',
    manifest({ description: '"\\ud800"' }),
    `
manifests/a.yaml:6:14: error: this text holds half a surrogate pair, which is not a character
  6 | description: "\\ud800"
    |              ^^^^^^^^
`,
  ],
  [
    'a tab',
    'name: a\naction_config:\n\tcluster_id: c\n',
    `
manifests/a.yaml:3:1: error: tabs are not allowed as indentation: indent with spaces
  3 |   cluster_id: c
    | ^^
`,
  ],
  [
    'a bracket that is not closed',
    manifest({ action_config: '{ cluster_id: c' }),
    `
manifests/a.yaml:3:16: error: this { is not closed: end it with }, and indent the lines in between
  3 | action_config: { cluster_id: c
    |                ^
`,
  ],
  [
    'a key without its colon',
    `${manifest()}status paused\n`,
    `
manifests/a.yaml:6:1: error: this is not a key with its value: a colon and a space are missing after the key: write "name: value"
  6 | status paused
    | ^^^^^^^^^^^^^
`,
  ],
  [
    'a colon in a value',
    manifest({ description: 'nightly: all' }),
    `
manifests/a.yaml:6:14: error: nested mappings are not allowed in compact mappings: quote a value that holds a colon and a space
  6 | description: nightly: all
    |              ^
`,
  ],
  [
    'YAML 1.1',
    `%YAML 1.1\n---\n${manifest()}`,
    `
manifests/a.yaml:1:1: error: mxt reads only YAML 1.2: remove the %YAML line
  1 | %YAML 1.1
    | ^^^^^
`,
  ],
  [
    'great depth',
    manifest({ action_config: `{ cluster_id: c, filters: { a: ${'['.repeat(120)}${']'.repeat(120)} } }` }),
    `
manifests/a.yaml:3:144: error: this is nested more than 100 levels deep
  3 | action_config: { cluster_id: c, filters: { a: ${'['.repeat(120)}${']'.repeat(120)} } }
    | ${' '.repeat(143)}${'^'.repeat(46)}
`,
  ],
  [
    'a merge key',
    `- &a\n${manifest().replace(/^(?=.)/gm, '  ')}- <<: *a\n  name: b\n`,
    `
manifests/a.yaml:7:3: error: merge keys are YAML 1.1, which mxt does not read: write the properties out, or use an alias for a whole value
  7 | - <<: *a
    |   ^^
`,
  ],
];

describe('what is wrong with a file as YAML', () => {
  it.each(CASES)('%s', async (_, text, printed) => {
    expect(`\n${await problemsOf(text)}`).toBe(printed);
  });

  it('nothing, where 300 manifests share the values of one', async () => {
    const shared = (at: number) => `- name: a${at}
  action_type: cluster
  action_config: ${at === 0 ? '&action { cluster_id: c }' : '*action'}
  trigger_type: cron
  schedule_config: ${at === 0 ? '&schedule { cron_expression: "0 2 * * *" }' : '*schedule'}
`;
    expect(await problemsOf(Array.from({ length: 300 }, (_, at) => shared(at)).join(''))).toBe('');
  });

  it('nothing, where a number is large but no integer: 1e21 is a float', async () => {
    const filters = '{ a: 1e21, b: -1.5e300, c: 1234567890123.5 }';
    expect(await problemsOf(manifest({ action_config: `{ cluster_id: c, filters: ${filters} }` }))).toBe('');
  });
});
