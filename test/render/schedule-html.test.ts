import { describe, expect, it } from 'vitest';
import { scheduleHtml } from '../../src/render/schedule/schedule-html.ts';
import { scheduleText } from '../../src/render/schedule/schedule-text.ts';
import { colorsFor } from '../../src/render/text/colors.ts';
import { styleOf, withoutStyle } from './style-sheet.ts';
import { empty, hostile, many, week } from './upcoming-samples.ts';

const OURS =
  'body header main footer section h1 h2 p b ul li span a div table thead tbody tr th td svg g rect line text tspan html';
const KNOWN =
  'class id role tabindex href scope data-head aria-label aria-labelledby aria-hidden viewBox x y x1 x2 y1 y2 dy rx width height dominant-baseline';

describe.each([
  ['week', week],
  ['many', many],
  ['empty', empty],
  ['hostile', hostile],
] as const)('as a page: %s', (_, shown) => {
  const page = scheduleHtml(shown);
  const body = page.slice(page.indexOf('<body>'));

  it('holds no element, attribute or address of others', () => {
    const tags = new Set([...body.matchAll(/<\/?([^\s>/]*)/g)].map(([, tag]) => tag));
    expect([...tags].filter((tag) => !OURS.split(' ').includes(tag ?? ''))).toEqual([]);
    const attributes = [...body.matchAll(/<[^>]*>/g)].flatMap(
      ([tag]) => tag.replace(/"[^"]*"/g, '""').match(/\s[\w-]+(?==|>)/g) ?? [],
    );
    expect(attributes.filter((attribute) => !KNOWN.split(' ').includes(attribute.trim()))).toEqual([]);
    expect([...body.matchAll(/href="([^"]*)"/g)].filter(([, to]) => !to?.startsWith('#'))).toEqual([]);
  });

  it('moves no cursor and forges no command', () => {
    for (const text of [page, scheduleText(shown, 40, colorsFor(false))]) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: none but the ends of our own lines
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u2028\u202e]|\p{Cs}/u);
      expect(text).not.toMatch(/^\s*::|##\w*\[/m);
    }
  });

  it('has no drawing with a number that is none', () => {
    expect(body).not.toMatch(/NaN|Infinity|undefined/);
  });
});

// The page of many is long, and shows nothing that these do not.
it.each([
  ['week', week],
  ['empty', empty],
  ['hostile', hostile],
] as const)('the page of %s is what it was', async (name, shown) => {
  const page = scheduleHtml(shown);
  await expect(withoutStyle(page)).toMatchFileSnapshot(`golden/schedule-${name}.html`);
  await expect(styleOf(page)).toMatchFileSnapshot('golden/schedule.css');
});

it('draws so many lanes as can be read, and says how many it leaves to the table', () => {
  const page = scheduleHtml(many);
  expect(page).toContain('The first 60 are drawn; the table below has the other 10 too.');
  expect(page.match(/<td data-head="Schedule">/g)).toHaveLength(70);
});
