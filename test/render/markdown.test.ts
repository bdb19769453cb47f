import fc from 'fast-check';
import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import type { Plan as PlanJson } from '../../generated/plan.d.ts';
import { printable } from '../../src/lib/printable.ts';
import { escapeMarkdown, fenced } from '../../src/render/markdown/escape-markdown.ts';
import type { MarkdownOptions } from '../../src/render/markdown/markdown-options.ts';
import { planJson } from '../../src/render/plan/plan-json.ts';
import { planMarkdown } from '../../src/render/plan/plan-markdown.ts';
import { resultMarkdown } from '../../src/render/result/result-markdown.ts';
import { decode, readMarkdown } from './markdown-reader.ts';
import { BREAKOUT, everything, forged, hostile, nothing, reviewed } from './plans.ts';
import { outcomes } from './results.ts';

const options: MarkdownOptions = {
  limit: 65_536,
  links: { server: 'https://github.com', repository: 'acme/search' },
  summaryUrl: 'https://github.com/acme/search/actions/runs/1',
};

const texts: readonly (readonly [name: string, markdown: string])[] = [
  ['everything', planMarkdown(planJson(everything), options)],
  ['reviewed', planMarkdown(planJson(reviewed), options)],
  ['hostile', planMarkdown(planJson(hostile), options)],
  ['nothing', planMarkdown(planJson(nothing), options)],
  ['forged', planMarkdown(forged, options)],
  ['result', resultMarkdown(outcomes, { ...options, target: planJson(everything) })],
  ['result-hostile', resultMarkdown(hostileResult(), { ...options, target: forged })],
];

function hostileResult() {
  const error = { code: BREAKOUT, message: BREAKOUT.repeat(20), status: 409, request: BREAKOUT };
  return {
    ...outcomes,
    operations: outcomes.operations.map((one) => ({
      ...one,
      name: BREAKOUT,
      trigger_id: BREAKOUT,
      error: one.error && error,
    })),
    warnings: [{ code: 'unreviewed' as const, name: BREAKOUT, message: BREAKOUT }],
  };
}

const OURS = /^<\/?(details|summary|b|code|sub)>$|^<details open>$|^<br>$/;

describe.each(texts)('as Markdown: %s', (name, markdown) => {
  const reading = readMarkdown(markdown);

  it('is what it was', async () => {
    await expect(markdown).toMatchFileSnapshot(`golden/${name}.md`);
  });

  it('holds no element but ours, each closed', () => {
    expect(reading.tags.filter((tag) => !OURS.test(tag))).toEqual([]);
    for (const element of ['details', 'summary', 'b', 'code', 'sub']) {
      const count = (tag: string) => reading.tags.filter((one) => one === tag).length;
      const opened = count(`<${element}>`) + count(`<${element} open>`);
      expect(opened, element).toBe(count(`</${element}>`));
    }
    // Were a fence left open, or closed by its content, the sections after it would be no HTML any more.
    expect(reading.tags.filter((tag) => tag.startsWith('<details'))).toHaveLength(
      markdown.match(/^<details( open)?>$/gm)?.length ?? 0,
    );
  });

  it('links to the sources and their commit alone', () => {
    for (const link of reading.links) {
      expect(link).toMatch(
        /^https:\/\/github\.com\/acme\/search\/(blob\/[0-9a-f]{40}\/[\w%./-]+#L\d+|commit\/[0-9a-f]{40})$/,
      );
    }
  });

  it('pings nobody and refers to nothing', () => {
    expect(reading.prose).not.toMatch(/@[\w-]|#\d|\bGH-\d|:\/\/|\bwww\.|:[\w+-]+:/i);
  });

  it('moves no cursor and forges no command', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none but the ends of our own lines
    expect(markdown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u2028\u202e]|\p{Cs}/u);
    expect(markdown).not.toMatch(/^\s*::|##\w*\[/m);
  });
});

describe('the first two lines', () => {
  const begin = (markdown: string) => markdown.split('\n\n').slice(0, 2);

  it.each([
    [
      'everything',
      '### ⛔ mxt plan, refused (max_deletes): 1 to delete, 1 to replace, 1 blocked, 2 to update, 1 to create, 1 to pause, 1 to relabel',
      'acme/search → ns_test · 2 unchanged; 1 failed. Changed outside Git: 1.',
    ],
    [
      'reviewed',
      '### ⛔ mxt plan, refused (max_deletes): 1 to replace, 1 to update, 1 to pause, 1 to relabel',
      'acme/search → ns_test · 2 unchanged; 1 failed. Pending already: 1 to delete, 1 blocked, 1 to update, 1 to create. Changed outside Git: 1.',
    ],
    [
      'nothing',
      '### ✅ mxt plan: no changes',
      'acme/search → ns_test · No changes. Live equals the manifests: 1 trigger unchanged.',
    ],
    [
      'result',
      '### 🔴 mxt apply: 1 failed, 1 not done, 1 blocked, 2 applied',
      'acme/search → ns_test · **Live does not equal the manifests yet.**',
    ],
  ])('of %s', (name, first, second) => {
    expect(begin(texts.find(([one]) => one === name)?.[1] ?? '')).toEqual([first, second]);
  });

  it('name the environment', () => {
    const markdown = planMarkdown({ ...planJson(nothing), environment: 'production' }, options);
    expect(begin(markdown)).toEqual([
      '### ✅ mxt plan (production): no changes',
      'acme/search → ns_test (production) · No changes. Live equals the manifests: 1 trigger unchanged.',
    ]);
  });

  it('say so where all of it is pending already', () => {
    const plan = planJson(everything);
    const operations = plan.operations.map((one) => ({ ...one, pending: true }));
    const [first, second] = begin(planMarkdown({ ...plan, operations, guards: [] }, options));
    expect(first).toBe('### ✅ mxt plan: no changes of its own');
    expect(second).toContain('2 unchanged; 1 failed. Pending already: 1 to delete');
  });

  it('say so where a rule is broken that no operation can mend', () => {
    const plan = planJson(nothing);
    const broken = { code: 'unmanaged', name: 'x', message: 'made by hand', level: 'error' as const };
    const markdown = planMarkdown({ ...plan, warnings: [broken] } as PlanJson, options);
    expect(begin(markdown)[0]).toBe('### ⛔ mxt plan, rules broken: no changes');
    expect(markdown).toContain('#### Rules broken\n\n- ⛔ <code>x</code>: made by hand (unmanaged)\n');
  });
});

describe('links to sources', () => {
  it.each([
    ['a folder of the repository', { prefix: 'ops/triggers/' }, 'ops/triggers/manifests/'],
    ['no commit', { commit: null }, null],
    ['a commit that is none', { commit: 'main' }, null],
  ])('%s', (_, git, path) => {
    const plan = planJson(everything);
    const [link] = readMarkdown(planMarkdown({ ...plan, git: { ...plan.git, ...git } }, options)).links;
    if (path === null) expect(link).toBeUndefined();
    else expect(link).toContain(`/blob/8c1d2e3f4a5b0000000000000000000000000000/${path}`);
  });

  it('need to know where the repository is', () => {
    expect(readMarkdown(planMarkdown(planJson(everything), { ...options, links: null })).links).toEqual([]);
  });
});

describe('escaping', () => {
  it('shows any text as it is, printable', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...BREAKOUT) })),
        (text) => {
          const shown = decode(marked.parseInline(`x${escapeMarkdown(text)}x`, { async: false })).replaceAll(
            '\u200b',
            '',
          );
          expect(shown).toBe(`x${printable(text)}x`);
        },
      ),
    );
  });

  it('fences anything', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: fc.constantFrom('`', '~', ' ', 'a') })), (texts) => {
        const lines = texts.map((text) => `- ${text}`);
        const [code, ...more] = marked.lexer(fenced('diff', lines));
        expect(more).toEqual([]);
        expect(code).toMatchObject({ type: 'code', text: lines.join('\n') });
      }),
    );
  });
});
