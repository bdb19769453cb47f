// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references are part of what is tested
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { renderProblems } from '../../src/render/text/problems.ts';
import { load, manifest, problemsOf, scratch } from './scratch.ts';

describe('what a manifest becomes', () => {
  it('says what the manifest says, and nothing more', async () => {
    const root = scratch({
      'manifests/full.yaml': `# a comment\n\n---\n${manifest({
        name: 'full',
        description: '"Costs $${{ nothing }}"',
        status: 'paused',
        lifecycle: '{ protect: true, ignore: [/schedule_config/timezone] }',
      })}`,
      'manifests/least.json': JSON.stringify({
        name: 'least',
        description: null,
        action_type: 'batch_rerun',
        action_config: { batch_id: 'batch_1', collection_id: null },
        trigger_type: 'interval',
        schedule_config: { interval_seconds: 60, start_immediately: null },
      }),
    });
    const { desired, files, problems } = await load(root);
    expect({ files, problems }).toEqual({ files: 2, problems: [] });
    expect(JSON.parse(JSON.stringify(desired))).toEqual([
      {
        name: 'full',
        title: null,
        fixed: { action_type: 'cluster', action_config: { cluster_id: 'clust_1' }, trigger_type: 'cron' },
        patchable: { schedule_config: { cron_expression: '0 2 * * *' }, description: 'Costs ${{ nothing }}' },
        status: 'paused',
        protect: true,
        ignore: ['/schedule_config/timezone'],
        adopt: null,
        renamedFrom: [],
        release: false,
        secrets: [],
        tags: [],
        accepts: [],
        source: { file: 'manifests/full.yaml', line: 4 },
      },
      {
        name: 'least',
        title: null,
        fixed: {
          action_type: 'batch_rerun',
          action_config: { batch_id: 'batch_1' },
          trigger_type: 'interval',
        },
        patchable: { schedule_config: { interval_seconds: 60 }, description: '' },
        status: null,
        protect: false,
        ignore: [],
        adopt: null,
        renamedFrom: [],
        release: false,
        secrets: [],
        tags: [],
        accepts: [],
        source: { file: 'manifests/least.json', line: 1 },
      },
    ]);
  });

  it.each([
    [
      'documents',
      `${manifest({ name: 'b' })}---\n# c\n\n${manifest({ name: 'a' })}---\n---\n${manifest({ name: 'c' })}`,
      [9, 1, 16],
    ],
    [
      'a list',
      `# c\n- ${manifest({ name: 'b' }).trim().replaceAll('\n', '\n  ')}\n\n- ${manifest({ name: 'a' }).trim().replaceAll('\n', '\n  ')}\n`,
      [8, 2],
    ],
    [
      'a list in brackets',
      '[\n  {"name":"b","action_type":"cluster","action_config":{"cluster_id":"c"},"trigger_type":"interval","schedule_config":{"interval_seconds":1}},\n  {"name":"a","action_type":"cluster","action_config":{"cluster_id":"c"},"trigger_type":"interval","schedule_config":{"interval_seconds":1}}\n]',
      [3, 2],
    ],
    [
      'an anchor',
      `${manifest({ name: 'b', action_config: '&a { cluster_id: c }' })}---\n${manifest({ name: 'a' })}`,
      [7, 1],
    ],
  ])('%s: each at its line, sorted by name', async (_, text, lines) => {
    const { desired, problems } = await load(scratch({ 'manifests/a.yaml': text }));
    expect(problems).toEqual([]);
    expect(desired.map(({ source }) => source.line)).toEqual(lines);
  });

  it('takes nothing from files without manifests', async () => {
    const files = { 'a.yaml': '', 'b.yaml': '# only a comment\n', 'c.yml': '---\n---\n' };
    const root = scratch(
      Object.fromEntries(Object.entries(files).map(([name, text]) => [`manifests/${name}`, text])),
    );
    expect(await load(root)).toEqual({ desired: [], files: 3, problems: [] });
  });

  it('accepts aliases and tabs, which only the strict parser reads', async () => {
    const root = scratch({
      'manifests/alias.yaml':
        '- &base\n  name: a\n  action_type: cluster\n  action_config: &c { cluster_id: c }\n  trigger_type: interval\n  schedule_config: { interval_seconds: 1 }\n- name: b\n  action_type: cluster\n  action_config: *c\n  trigger_type: interval\n  schedule_config: { interval_seconds: 1 }\n',
      'manifests/tabs.json': JSON.stringify(
        {
          name: 'c',
          action_type: 'cluster',
          action_config: { cluster_id: 'c' },
          trigger_type: 'interval',
          schedule_config: { interval_seconds: 1 },
        },
        null,
        '\t',
      ),
    });
    const { desired, problems } = await load(root);
    expect(problems).toEqual([]);
    expect(desired.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });
});

describe('options', () => {
  it('allow_unknown accepts a property in its section only', async () => {
    const allowUnknown = ['action_config.new_option'];
    const inside = manifest({ action_config: '{ cluster_id: c, new_option: 1 }' });
    expect(await problemsOf(inside, { allowUnknown })).toBe('');
    const outside = manifest({ schedule_config: '{ cron_expression: "0 2 * * *", new_option: 1 }' });
    expect(await problemsOf(outside, { allowUnknown })).toContain(
      'unknown property "new_option" in schedule_config',
    );
  });

  it('the current key stands nowhere, whatever it looks like', async () => {
    const printed = await problemsOf(`# opaque-key-42\n${manifest({ 'opaque-key-42': 'opaque-key-42' })}`, {
      secrets: ['opaque-key-42'],
    });
    expect(printed).not.toContain('opaque');
    expect(printed.match(/looks like an API key/g)).toHaveLength(3);
    expect(printed).toContain('unknown property "•••••••••••••"');
  });

  it('the file is as long as a thousand manifests, all of them wrong', async () => {
    const text = Array.from({ length: 5000 }, (_, at) => JSON.stringify({ name: `n${at}`, x: 1 })).join(',');
    const { problems } = await load(scratch({ 'manifests/a.json': `[${text}]` }));
    expect(problems).toHaveLength(10_000);
    expect(renderProblems(problems.slice(-1), { color: false })).toMatch(/^ {4}\| {41}\^\^\^$/m);
  });
});

describe('a run with many problems', () => {
  it('reports all of them, file by file', async () => {
    const root = scratch({
      'manifests/a.yaml': `${manifest({ name: 'same' })}---\n${manifest({ name: 'Bad Name', status: 'on' })}`,
      'manifests/b.json': '{ "name": "b", // no comments here\n}',
      'manifests/c.yaml': manifest({
        name: 'same',
        schedule_config: '\n  cron_expression: "0 0 30 2 *"\n  timezone: berlin',
      }),
      'manifests/d.yml': `name: d\ndescription: {\n${manifest({ name: 'e' })}`,
      'manifests/e.yaml': new Uint8Array([0xff]),
      'manifests/hostile\u001b[2J\n.yaml': 'name: "\\e]0;x\\a\u202e"\n',
    });
    const { problems } = await load(root, { folders: ['manifests', 'missing'] });
    const golden = fileURLToPath(new URL('golden/many-problems.txt', import.meta.url));
    await expect(renderProblems(problems, { color: false })).toMatchFileSnapshot(golden);
    expect(renderProblems(problems, { color: true })).toContain('\u001b[31m');
  });
});

it('the examples are sound, and each kind of action and of schedule is among them', async () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const { desired, problems } = await load(root);
  expect(problems).toEqual([]);
  const kinds = (of: (at: (typeof desired)[number]) => string) => [...new Set(desired.map(of))].sort();
  expect(kinds(({ fixed }) => fixed.action_type)).toEqual([
    'batch_rerun',
    'cluster',
    'collection_trigger',
    'taxonomy_enrichment',
  ]);
  expect(kinds(({ fixed }) => fixed.trigger_type)).toEqual(['conditional', 'cron', 'event', 'interval']);
  for (const { source } of desired) {
    if (source.file.endsWith('.json')) continue;
    const [first = ''] = readFileSync(new URL(`../../${source.file}`, import.meta.url), 'utf8').split('\n');
    expect(new URL(first.split('$schema=')[1] ?? '', `file:///${source.file}`).pathname).toBe(
      '/schemas/trigger.schema.json',
    );
  }
});

it('lets what else is under way go on while many are read: a connection that is being opened', async () => {
  const names = Array.from({ length: 120 }, (_, at) => `many-${at}`);
  const root = scratch(
    Object.fromEntries(names.map((name) => [`manifests/${name}.yaml`, manifest({ name })])),
  );
  let turns = 0;
  const turn = () => {
    turns++;
    next = setImmediate(turn);
  };
  let next = setImmediate(turn);
  const { files } = await load(root);
  clearImmediate(next);
  expect(files).toBe(120);
  expect(turns).toBeGreaterThanOrEqual(3);
});
