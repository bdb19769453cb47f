import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rewrite } from '../../src/authoring/edit/rewrite.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import { canonicalJson } from '../../src/lib/canonical.ts';
import { parseStrictly } from '../../src/manifest/parse/parse-file.ts';
import { parseStrict } from '../../src/manifest/parse/parse-strict.ts';
import { runs } from '../support/random.ts';
import { manifestFile, value } from './texts.ts';

const RUNS = runs(300);

function items(text: string, path = 'a.yaml') {
  return parseStrictly({ path, text }, parseStrict);
}

function edit(
  text: string,
  change: (manifest: JsonObject) => void,
  path = 'a.yaml',
  which = 0,
): string | null {
  const item = items(text, path).items[which];
  if (item === undefined) throw new Error('no such manifest');
  const manifest = structuredClone(item.value);
  change(manifest);
  return rewrite({ path, text }, item, manifest);
}

const inside = (manifest: JsonObject, name: string) => manifest[name] as JsonObject;

describe('an edit in place', () => {
  it('touches what changes, in the style that it had, and nothing else', () => {
    const text = `# top
name: x   # id
description: >-   # folded
  some long text
  that is folded

# act
action_type: cluster
action_config:   # cfg
  # the cluster
  cluster_id: "c"   # cc
  # outs
  output_collection_ids:
    # first
    - a   # aa
    # second
    - b   # bb
  filters: { status: active,   n: [1,2] } # ff
schedule_config: {cron_expression: '0 2 * * *', timezone: UTC}   # why
`;
    const after = edit(text, (manifest) => {
      manifest['description'] = 'other text';
      inside(manifest, 'action_config')['cluster_id'] = 'd';
      inside(manifest, 'action_config')['output_collection_ids'] = ['z', 'b', 'q'];
      inside(inside(manifest, 'action_config'), 'filters')['n'] = [2, 3];
      inside(manifest, 'schedule_config')['cron_expression'] = '5 5 * * *';
      manifest['status'] = 'paused';
    });
    expect(after).toBe(`# top
name: x   # id
description: >-   # folded
  other text

# act
action_type: cluster
action_config:   # cfg
  # the cluster
  cluster_id: "d"   # cc
  # outs
  output_collection_ids:
    - z
    # second
    - b   # bb
    - q
  filters: { status: active,   n: [2,3] } # ff
schedule_config: {cron_expression: '5 5 * * *', timezone: UTC}   # why
status: paused
`);
  });

  it('adds a key where it belongs, and takes one out with its comments', () => {
    const text =
      'name: a\naction_config:\n  # which\n  cluster_id: c # this one\n\n  # what\n  filters: {}\naction_type: cluster\n';
    expect(
      edit(text, (manifest) => {
        manifest['description'] = 'one\ntwo\n';
        inside(manifest, 'action_config')['output_collection_ids'] = ['a'];
        delete inside(manifest, 'action_config')['filters'];
      }),
    ).toBe(
      'name: a\ndescription: |\n  one\n  two\naction_config:\n  # which\n  cluster_id: c # this one\n  output_collection_ids: [a]\n\naction_type: cluster\n',
    );
  });

  it('writes JSON as JSON, on lines of its own where its neighbours are', () => {
    const text = '[\n  {\n    "name": "a",\n    "action_config": { "cluster_id": "c" }\n  }\n]\n';
    expect(
      edit(
        text,
        (manifest) => {
          manifest['description'] = 'a "b"\n';
          inside(manifest, 'action_config')['filters'] = { x: null };
        },
        'a.json',
      ),
    ).toBe(
      '[\n  {\n    "name": "a",\n    "description": "a \\"b\\"\\n",\n    "action_config": { "cluster_id": "c", "filters": {"x":null} }\n  }\n]\n',
    );
  });

  it('keeps the ends of lines of Windows', () => {
    expect(
      edit('name: a\r\nstatus: paused # x\r\n', (manifest) => Object.assign(manifest, { status: 'active' })),
    ).toBe('name: a\r\nstatus: active # x\r\n');
  });

  it('takes no part of what comes from elsewhere along', () => {
    const text = 'name: a\naction_config: &x { cluster_id: c }\nschedule_config: *x\n';
    const within = (manifest: JsonObject) => {
      manifest['schedule_config'] = { cluster_id: 'd' };
    };
    expect(edit(text, within)).toBe(null);
    const whole = (manifest: JsonObject) => {
      manifest['schedule_config'] = { interval_seconds: 1 };
    };
    expect(edit(text, whole)).toBe(
      'name: a\naction_config: &x { cluster_id: c }\nschedule_config: { interval_seconds: 1 }\n',
    );
  });

  it('comes to what it should, whatever that is, and keeps the comments of all that stays', () => {
    fc.assert(
      fc.property(
        manifestFile,
        fc.record(
          { filters: value, cluster_id: value, description: value, timezone: value, x: value },
          { requiredKeys: [] },
        ),
        fc.array(fc.constantFrom('filters', 'x', 'output_collection_ids', 'timezone'), { maxLength: 2 }),
        fc.nat(1),
        ({ text, comments }, set, gone, which) => {
          const before = items(text);
          fc.pre(before.problems.length === 0);
          const at = which % before.items.length;
          const changes = Object.entries(set);
          const change = (manifest: JsonObject) => {
            for (const section of ['action_config', 'schedule_config']) {
              for (const key of gone) delete inside(manifest, section)[key];
            }
            for (const [key, to] of changes) {
              const home = key === 'timezone' ? 'schedule_config' : 'action_config';
              (key === 'description' ? manifest : inside(manifest, home))[key] = to;
            }
          };
          const wanted = structuredClone(before.items.map((item) => item.value));
          change(wanted[at] as JsonObject);
          const after = edit(text, change, 'a.yaml', at);
          if (after === null) throw new Error('refused');
          const now = items(after);
          expect(now.problems).toEqual([]);
          expect(canonicalJson(now.items.map((item) => item.value))).toBe(canonicalJson(wanted));
          // A change of nothing is no change.
          if (canonicalJson(wanted) === canonicalJson(before.items.map((item) => item.value)))
            expect(after).toBe(text);
          // What stands behind keys that nothing touches.
          for (const comment of comments) {
            const line = text.split('\n').find((one) => one.includes(comment)) ?? '';
            if (/^[- ]*(?:name|action_type|trigger_type|status):/.test(line))
              expect(after).toContain(line.trim());
          }
        },
      ),
      { numRuns: RUNS },
    );
  });
});
