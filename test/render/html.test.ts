import { describe, expect, it } from 'vitest';
import { html } from '../../src/render/html/html.ts';
import { planHtml } from '../../src/render/plan/plan-html.ts';
import { planJson } from '../../src/render/plan/plan-json.ts';
import { BREAKOUT, everything, forged, hostile, nothing, reviewed } from './plans.ts';
import { styleOf, withoutStyle } from './style-sheet.ts';

describe.each([
  ['everything', planJson(everything)],
  ['reviewed', planJson(reviewed)],
  ['hostile', planJson(hostile)],
  ['nothing', planJson(nothing)],
  ['forged', forged],
] as const)('as HTML: %s', (name, plan) => {
  const page = planHtml([plan]);

  it('is what it was', async () => {
    await expect(withoutStyle(page)).toMatchFileSnapshot(`golden/${name}.html`);
    await expect(styleOf(page)).toMatchFileSnapshot('golden/plan.css');
  });

  it('holds no element, attribute or address of others', () => {
    const body = page.slice(page.indexOf('<body>'));
    const tags = new Set([...body.matchAll(/<\/?([^\s>]*)/g)].map(([, tag]) => tag));
    const ours =
      'body header main footer section h1 h2 p b strong ul ol li details summary div span code html'.split(
        ' ',
      );
    expect([...tags].filter((tag) => !ours.includes(tag ?? ''))).toEqual([]);
    const attributes = [...body.matchAll(/<[^>]*>/g)].flatMap(([tag]) => tag.match(/\s[\w-]+(?==|>)/g) ?? []);
    const known = new Set(['class', 'id', 'role', 'aria-label', 'aria-labelledby', 'open']);
    expect(attributes.filter((attribute) => !known.has(attribute.trim()))).toEqual([]);
  });

  it('moves no cursor and forges no command', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none but the ends of our own lines
    expect(page).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u2028\u202e]|\p{Cs}/u);
    expect(page).not.toMatch(/^\s*::|##\w*\[/m);
  });
});

describe('the tag', () => {
  it('escapes what is put in, and nests', () => {
    const inner = html`<b title="${'"\'`<&>'}">${BREAKOUT}</b>`;
    expect(html`<p>${[inner, null, 3, ['<', '>']]}</p>`.text).toMatch(
      /^<p><b title="&#34;&#39;&#96;&#60;&#38;&#62;">[^<>"]*<\/b>3&#60;&#62;<\/p>$/,
    );
  });
});
