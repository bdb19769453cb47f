import { describe, expect, it } from 'vitest';
import type { Plan as PlanJson } from '../../generated/plan.d.ts';
import { planJson } from '../../src/render/plan/plan-json.ts';
import { planMarkdown } from '../../src/render/plan/plan-markdown.ts';
import { resultMarkdown } from '../../src/render/result/result-markdown.ts';
import { applied, manifest, plan } from '../plan/world.ts';
import { readMarkdown } from './markdown-reader.ts';
import { everything, forged } from './plans.ts';
import { outcomes } from './results.ts';

const SUMMARY = 'https://github.com/acme/search/actions/runs/1';
const at = (limit: number, unit: 'characters' | 'bytes' = 'characters') => ({
  limit,
  unit,
  links: null,
  summaryUrl: SUMMARY,
});

const bytes = (text: string) => Buffer.byteLength(text);

/** Descriptions in which every character takes several bytes, and two code units. */
const wide: PlanJson = planJson(
  plan(
    Array.from({ length: 30 }, (_, at) => manifest({ name: `t${at}`, description: '🦊é漢'.repeat(20 + at) })),
    [applied(manifest({ name: 'old' }))],
  ),
);

const whole: PlanJson = planJson(everything);

/** Nothing is left open, whatever was left out. */
function expectSound(markdown: string): void {
  const { tags } = readMarkdown(markdown);
  const opened = tags.filter((tag) => tag.startsWith('<details')).length;
  expect(opened).toBe(tags.filter((tag) => tag === '</details>').length);
  expect(opened).toBe(markdown.match(/^<details( open)?>$/gm)?.length ?? 0);
  expect(markdown.isWellFormed()).toBe(true);
}

describe.each([
  ['characters', (text: string) => text.length],
  ['bytes', bytes],
] as const)('a limit in %s', (unit, size) => {
  it.each([
    ['everything', whole],
    ['multi-byte', wide],
  ])('at it, one under, one over: %s', (_, one) => {
    const full = planMarkdown(one, at(10_000_000, unit));
    expect(planMarkdown(one, at(size(full), unit))).toBe(full);
    expect(planMarkdown(one, at(size(full) + 1, unit))).toBe(full);
    const cut = planMarkdown(one, at(size(full) - 1, unit));
    expect(size(cut)).toBeLessThan(size(full));
    expect(cut).toMatch(
      /\*\*Not shown for lack of space: 1 \w+\.\*\* \[The job summary]\(https:\S+\) has everything\./,
    );
    expectSound(cut);
  });

  it('never exceeds any', () => {
    for (const one of [whole, wide, forged]) {
      for (let limit = 0; limit < 9_000; limit += 97) {
        const markdown = planMarkdown(one, at(limit, unit));
        expect(size(markdown)).toBeLessThanOrEqual(limit);
        expectSound(markdown);
      }
    }
  });
});

describe('what is left out', () => {
  it('is the least dangerous, the warnings before all', () => {
    const full = planMarkdown(whole, at(10_000_000));
    const names = [
      'delete-me',
      'replace-me',
      'protected',
      'update-me',
      'drifted',
      'create-me',
      'pause-me',
      'relabel-me',
    ];
    let shown = names.length + 1;
    for (let limit = full.length; limit > 700; limit -= 20) {
      const markdown = planMarkdown(whole, at(limit));
      const there = names.filter((name) => markdown.includes(`<code>${name}</code> ·`));
      const warned = markdown.includes('#### Warnings');
      expect(there.toSorted()).toEqual(names.filter((name) => there.includes(name)).toSorted());
      expect(there.length + Number(warned)).toBeLessThanOrEqual(shown);
      if (warned) expect(there).toHaveLength(names.length);
      // By danger, the two updates count as one kind.
      expect(names.slice(0, there.length)).toEqual(there);
      shown = there.length + Number(warned);
    }
    expect(shown).toBe(0);
  });

  it('is of the pending ones first, of one kind', () => {
    const creates = planJson(
      plan(
        ['a', 'b', 'c'].map((name) => manifest({ name })),
        [],
      ),
    );
    const some = {
      ...creates,
      operations: creates.operations.map((one) => ({ ...one, pending: one.name === 'a' })),
    };
    const full = planMarkdown(some, at(10_000));
    const cut = planMarkdown(some, at(full.length - 1));
    expect(cut).not.toContain('<code>a</code>');
    expect(cut).toContain('<code>b</code>');
    expect(cut).toContain('<code>c</code>');
    expect(cut).not.toContain('Pending already, not');
  });

  it('is said to be in the JSON where there is no summary', () => {
    const markdown = planMarkdown(wide, { ...at(4_000), summaryUrl: null });
    expect(markdown).toMatch(
      /Not shown for lack of space: \d+ create\.\*\* The JSON format has everything\./,
    );
  });

  it('is nothing where one operation alone is huge: its values are cut', () => {
    const text = Array.from({ length: 5_000 }, (_, at) => `line ${at} ${'🦊'.repeat(100)}`).join('\n');
    const huge = planJson(
      plan([manifest({ name: 'huge', description: text })], [applied(manifest({ name: 'huge' }))]),
    );
    for (const unit of ['characters', 'bytes'] as const) {
      const markdown = planMarkdown(huge, at(65_536, unit));
      expect(bytes(markdown)).toBeLessThan(65_536);
      expect(markdown).toContain('<code>huge</code>');
      expect(markdown).toContain('… truncated: the JSON format has all of it');
      expect(markdown).not.toContain('Not shown');
      expectSound(markdown);
    }
  });

  it('is counted in a result as well, failures last', () => {
    const full = resultMarkdown(outcomes, at(10_000));
    const cut = resultMarkdown(outcomes, at(full.length - 1));
    expect(cut).toMatch(/Not shown for lack of space: (1 \w+ applied, )?1 pause applied/);
    expect(cut).toContain('the service said no');
    for (let limit = 0; limit < full.length; limit += 7) {
      expect(resultMarkdown(outcomes, at(limit)).length).toBeLessThanOrEqual(limit);
    }
  });
});

describe('a change is shown', () => {
  const shown = (before: string, after: string) => {
    const one = planJson(
      plan([manifest({ description: after })], [applied(manifest({ description: before }))]),
    );
    return readMarkdown(planMarkdown(one, at(65_536))).fences.join('\n');
  };

  it('at the end of a long line too', () => {
    expect(shown(`${'x'.repeat(50_000)} off`, `${'x'.repeat(50_000)} on`)).toMatch(
      /^- .*… ?x+ off"$\n^\+ .*x+ on"$/m,
    );
  });

  it('deep in a long text, with what is around it', () => {
    const lines = Array.from({ length: 900 }, (_, at) => `line ${at}`);
    const text = shown(lines.join('\n'), lines.with(700, 'other').join('\n'));
    expect(text.split('\n')).toEqual([
      '  description:',
      '    …',
      '    line 697',
      '    line 698',
      '    line 699',
      '-   line 700',
      '+   other',
      '    line 701',
      '    line 702',
      '    line 703',
      '    …',
    ]);
  });

  it('where only a blank at the end of a line is new', () => {
    expect(shown('a\nb', 'a\nb ')).toContain('-   b\n+   b\\u{20}');
  });
});
