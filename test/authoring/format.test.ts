import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderAt, orderedPaths } from '../../src/authoring/edit/key-order.ts';
import { formatText } from '../../src/authoring/format-text.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import { canonicalJson } from '../../src/lib/canonical.ts';
import { parseStrictly } from '../../src/manifest/parse/parse-file.ts';
import { parseStrict } from '../../src/manifest/parse/parse-strict.ts';
import { yamlText } from '../manifest/yaml-text.ts';
import { runs } from '../support/random.ts';
import { manifestFile } from './texts.ts';

const RUNS = runs(300);

function items(text: string, path: string) {
  return parseStrictly({ path, text }, parseStrict);
}

function format(text: string, path = 'a.yaml') {
  return formatText({ path, text }, items(text, path).items);
}

describe('canonical form', () => {
  it.each([
    [
      'keys in order, with the comments and blank lines that belong to them',
      'a.yaml',
      `# yaml-language-server: $schema=../schemas/trigger.schema.json
#
# About the whole file.

# when it runs
schedule_config:   # UTC
  # of IANA
  timezone: UTC
  cron_expression: 0 2 * * *   # at two

name: a            # identity
trigger_type: cron
action_config:
  filters: {status: active}
    # below the filters
  cluster_id: clust_1

action_type: cluster
# at the end
`,
      `# yaml-language-server: $schema=../schemas/trigger.schema.json
#
# About the whole file.

name: a            # identity

action_type: cluster
action_config:
  cluster_id: clust_1
  filters: {status: active}
    # below the filters
trigger_type: cron

# when it runs
schedule_config:   # UTC
  cron_expression: "0 2 * * *"   # at two
  # of IANA
  timezone: UTC
# at the end
`,
    ],
    [
      'a list',
      'a.yaml',
      `# about a
- action_type: cluster
  # the name
  name: a

- # about b
  status: paused
  name: b
`,
      `# about a
# the name
- name: a
  action_type: cluster

- # about b
  name: b
  status: paused
`,
    ],
    [
      'documents, CRLF, blanks at the ends of lines, and none at the end',
      'a.yaml',
      'action_type: x  \r\nname: a\t\r\n---\r\n# b  \r\ndescription: |\r\n  kept  \r\n  text\r\nname: b',
      'name: a\naction_type: x\n---\nname: b\n# b\ndescription: |\n  kept  \n  text\n',
    ],
    [
      'braces, with comments',
      'a.yaml',
      '{ status: paused, # why\n  # who\n  name: a, action_type: cluster }\n',
      '{\n  # who\n  name: a,\n  action_type: cluster,\n  status: paused, # why\n  }\n',
    ],
    [
      'JSON',
      'a.json',
      '{\n\t"action_config": { "filters": { "b": 1, "a": 2 }, "cluster_id": "c" },\n\t"action_type": "cluster",\n\t"name": "a"\n}',
      '{\n\t"name": "a",\n\t"action_type": "cluster",\n\t"action_config": { "cluster_id": "c", "filters": { "b": 1, "a": 2 } }\n}\n',
    ],
    [
      'properties that the schema does not know come last, in their order',
      'a.yaml',
      'action_type: cluster\nnew_b: 1\nnew_a: 2\nname: a\n',
      'name: a\naction_type: cluster\nnew_b: 1\nnew_a: 2\n',
    ],
  ])('%s', (_, path, before, after) => {
    expect(format(before, path)).toEqual({ text: after, left: false });
    expect(format(after, path)).toEqual({ text: after, left: false });
  });

  it('comes in one go to what does not move again: blank lines that would join a block, until it is not the last', () => {
    const [zone, cron] = ['    timezone: UTC\n', '    cron_expression: |+\n      0 2 * * *\n\n'];
    const [name, type] = ['name: a\n', '  trigger_type: cron\n'];
    expect(format(`- schedule_config:\n${zone}${cron}  ${name}${type}\n- name: b\n`)).toEqual({
      text: `- ${name}${type}  schedule_config:\n${cron}${zone}\n- name: b\n`,
      left: false,
    });
  });

  it('leaves alone what an alias needs, and only that', () => {
    const kept = '- schedule_config: &x { cron_expression: "* * * * *" }\n  name: a\n  action_config: *x\n';
    expect(format(`${kept}- action_type: cluster\n  name: b\n`)).toEqual({
      text: `${kept}- name: b\n  action_type: cluster\n`,
      left: true,
    });
  });

  it('leaves the order alone where an alias would come before its anchor', () => {
    const text = 'schedule_config: &x { cron_expression: "* * * * *" }\nname: a\naction_config: *x\n';
    expect(format(text)).toEqual({ text, left: true });
  });

  it('says what it said, has its keys in order, keeps every comment, and does not move again', () => {
    fc.assert(
      fc.property(manifestFile, ({ text, comments }) => {
        const before = items(text, 'a.yaml');
        fc.pre(before.problems.length === 0);
        const { text: after, left } = format(text);
        const now = items(after, 'a.yaml');
        expect(now.problems).toEqual([]);
        const values = (parsed: typeof now) => canonicalJson(parsed.items.map(({ value }) => value));
        expect(values(now)).toBe(values(before));
        for (const comment of comments)
          expect(after.split('\n').filter((line) => ends(line, comment))).toHaveLength(1);
        expect(format(after).text).toBe(after);
        if (!left) for (const { value } of now.items) expectOrder(value);
      }),
      { numRuns: RUNS },
    );
  });

  it('never changes what any YAML says', () => {
    fc.assert(
      fc.property(yamlText, (text) => {
        const before = items(text, 'a.yaml');
        fc.pre(before.problems.length === 0 && before.items.length > 0);
        const { text: after } = format(text);
        const now = items(after, 'a.yaml');
        expect(canonicalJson(now.items.map(({ value }) => value))).toBe(
          canonicalJson(before.items.map(({ value }) => value)),
        );
        expect(format(after).text).toBe(after);
      }),
      { numRuns: RUNS },
    );
  });
});

function ends(line: string, comment: string): boolean {
  return line.endsWith(comment) || line.includes(`${comment} `);
}

function expectOrder(manifest: JsonObject): void {
  for (const path of orderedPaths(manifest)) {
    const node = path.length === 0 ? manifest : manifest[String(path[0])];
    const order = orderAt(path, manifest);
    if (typeof node !== 'object' || node === null || Array.isArray(node) || order === undefined) continue;
    const known = Object.keys(node).filter((key) => order.includes(key));
    expect(known).toEqual(order.filter((key) => known.includes(key)));
  }
}
