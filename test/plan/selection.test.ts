import { describe, expect, it } from 'vitest';
import { checkSelection, selectorOf } from '../../src/plan/match/selection.ts';
import { guard } from '../../src/plan/rules/guards.ts';
import { linksFrom } from '../../src/render/markdown/markdown-options.ts';
import { planHtml } from '../../src/render/plan/plan-html.ts';
import { planJson } from '../../src/render/plan/plan-json.ts';
import { planMarkdown } from '../../src/render/plan/plan-markdown.ts';
import { planText } from '../../src/render/plan/plan-text.ts';
import { colorsFor } from '../../src/render/text/colors.ts';
import { applied, inShort, manifest, plan } from './world.ts';

const MARKDOWN = { limit: 60_000, ...linksFrom({}) };
const NAMES = ['hourly', 'nightly-a', 'nightly-b', 'weekly'];

describe('what --only and --except select', () => {
  it.each<[only: string[], except: string[], selected: string[]]>([
    [[], [], NAMES],
    [['hourly'], [], ['hourly']],
    [['nightly-*'], [], ['nightly-a', 'nightly-b']],
    [['nightly-?', 'weekly'], ['*-b'], ['nightly-a', 'weekly']],
    [['{hourly,weekly}'], [], ['hourly', 'weekly']],
    [['*[ab]'], [], ['nightly-a', 'nightly-b']],
    [[], ['*ly'], ['nightly-a', 'nightly-b']],
    [['*'], ['*'], []],
    // A name is a name, and nothing of a glob.
    [['nightly'], [], []],
    [['!hourly'], [], []],
    [['!hourly*'], [], []],
  ])('--only %j --except %j: %j', (only, except, selected) => {
    const selects = selectorOf({ only, except });
    expect(NAMES.filter((name) => selects({ name }))).toEqual(selected);
  });

  it.each<[only: string[], except: string[], message: string, hint: string | null]>([
    [
      ['hourli'],
      [],
      '--only hourli: no manifest and no managed trigger has this name',
      'Did you mean hourly?',
    ],
    [
      ['weekly', 'nigthly-*'],
      [],
      '--only nigthly-*: no manifest and no managed trigger has this name',
      'Did you mean nightly-a or nightly-b?',
    ],
    [[], ['x*'], '--except x*: no manifest and no managed trigger has this name', null],
    [[''], [], '--only : no manifest and no managed trigger has this name', null],
  ])('--only %j --except %j selects nothing: %s', (only, except, message, hint) => {
    const check = () =>
      checkSelection(
        { only, except },
        NAMES.map((name) => ({ name })),
      );
    expect(check).toThrow(expect.objectContaining({ code: 'usage', message, hint }));
  });
});

describe('tags', () => {
  const desired = [
    manifest({ name: 'a', tags: ['nightly', 'search-team'] }),
    manifest({ name: 'b', tags: ['hourly'], action_config: { cluster_id: 'clust_b' } }),
    manifest({ name: 'c', action_config: { cluster_id: 'clust_c' } }),
  ];
  const live = [applied(manifest({ name: 'gone', action_config: { cluster_id: 'clust_gone' } }))];

  it.each<[only: string[], except: string[], planned: string[]]>([
    [['tag:nightly'], [], ['create a (new) | create']],
    [['tag:*ly'], [], ['create a (new) | create', 'create b (new) | create']],
    [['tag:search-team', 'c'], [], ['create a (new) | create', 'create c (new) | create']],
    [[], ['tag:nightly'], ['create b (new) | create', 'create c (new) | create']],
  ])('--only %j --except %j: %j, and no delete of what has no manifest', (only, except, planned) => {
    const made = plan(desired, live, { selection: { only, except } });
    expect(inShort(made)).toEqual(planned);
    expect(made.selection).toMatchObject({ of: 4, selected: planned.length, without_manifest: 1 });
  });

  it('that no manifest has are an error with the nearest', () => {
    const check = () =>
      checkSelection({ only: ['tag:nigthly'], except: [] }, [
        { name: 'a', tags: ['nightly'] },
        { name: 'nigthly' },
      ]);
    expect(check).toThrow(
      expect.objectContaining({
        message: '--only tag:nigthly: no manifest has this tag',
        hint: 'Did you mean tag:nightly?',
      }),
    );
  });
});

describe('a plan of a part', () => {
  const old = manifest({ name: 'old' });
  const renamed = manifest({ renamedFrom: 'old' });
  const withCopy = [applied(old), applied(old, { trigger_id: 'trg_2', created_at: '2026-11-05T00:00:00Z' })];
  const only = (...patterns: string[]) => ({ selection: { only: patterns, except: [] } });
  const all = [
    'rename nightly (requested) | patch | /name "old"→"nightly"',
    'delete old (duplicate) | delete',
  ];

  it('selects each operation by the name that the plan shows', () => {
    expect(inShort(plan([renamed], withCopy))).toEqual(all);
    expect(inShort(plan([renamed], withCopy, only('nightly')))).toEqual(all.slice(0, 1));
    expect(inShort(plan([renamed], withCopy, only('old')))).toEqual(all.slice(1));
    expect(inShort(plan([renamed], withCopy, { selection: { only: [], except: ['old'] } }))).toEqual(
      all.slice(0, 1),
    );
  });

  const desired = NAMES.map((name) => manifest({ name }));
  const live = [...desired.slice(1), manifest({ name: 'gone' })].map((one) => applied(one));

  it.each<[only: string[], operations: string[], selected: number]>([
    [['hourly'], ['create hourly (new) | create'], 1],
    [['gone'], ['delete gone (removed) | delete'], 1],
    [['*ly'], ['create hourly (new) | create'], 2],
    [['nightly-*'], [], 2],
    [['*'], ['create hourly (new) | create', 'delete gone (removed) | delete'], 5],
  ])('--only %j counts names of manifests and owned triggers', (patterns, operations, selected) => {
    const made = plan(desired, live, only(...patterns));
    expect(inShort(made)).toEqual(operations);
    expect(made.selection).toEqual({ only: patterns, except: [], selected, of: 5 });
  });

  it('is told of in every format', () => {
    const none = plan(desired, live, only('nightly-*'));
    const words =
      'No changes. Live equals the manifests for the 2 of 5 triggers that are selected (--only nightly-*); ' +
      'the other 3 were not compared.';
    expect(planText(none, colorsFor(false))).toContain(words);
    expect(planMarkdown(planJson(none), MARKDOWN)).toContain(words.replace('*', '&#42;'));
    expect(planHtml([planJson(none)])).toContain(words);
    expect(planJson(none).selection).toEqual({ only: ['nightly-*'], except: [], selected: 2, of: 5 });

    const one = plan(desired, live, { selection: { only: [], except: ['nightly-*', 'gone', 'weekly'] } });
    const sentence =
      'Selected: 1 of 5 triggers (--except nightly-* --except gone --except weekly); the other 4 were not compared.';
    expect(planText(one, colorsFor(false))).toContain(sentence);
    expect(planMarkdown(planJson(one), MARKDOWN)).toContain(sentence.replace('*', '&#42;'));
    expect(planHtml([planJson(one)])).toContain(sentence);

    const whole = plan(desired, live);
    expect(planJson(whole).selection).toBeNull();
    expect(planText(whole, colorsFor(false))).not.toMatch(/selected|not compared/i);
  });

  it('shows patterns as text, whatever stands in them', () => {
    const json = planJson(plan(desired, live, only('{nightly-*,<b>@a\u001b[2J}')));
    for (const text of [planMarkdown(json, MARKDOWN), planHtml([json])]) {
      expect(text).toContain('2 of 5 triggers');
      expect(text).not.toContain('<b>@');
      expect(text).not.toContain('\u001b');
    }
  });

  it('says nothing of the health of what is not selected', () => {
    const failed = desired.map((one) => applied(one, { status: 'failed' }));
    expect(plan(desired, failed, only('nightly-*')).warnings.map(({ name }) => name)).toEqual([
      'nightly-a',
      'nightly-b',
    ]);
  });

  it('is held to the share of all that is owned, and copied only where nothing at all is declared', () => {
    const facts = {
      limits: { max_deletes: 5, max_delete_percent: 30 },
      maxDeletes: null,
      unknownRevs: new Set<string>(),
    };
    const many = Array.from({ length: 20 }, (_, at) => manifest({ name: `t${at}` }));
    const removed = many.map((one) => applied(one));
    const two = plan(many.slice(2), removed, only('t0', 't1'));
    expect(two.operations).toHaveLength(2);
    expect(guard(two, facts).guards).toEqual([]);
    const copied = plan([manifest({ name: 'other' })], removed, only('t0'));
    expect(guard(copied, facts).guards.map(({ guard: name }) => name)).toEqual(['copied_owner']);
  });
});
