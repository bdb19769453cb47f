import { describe, expect, it } from 'vitest';
import { validate } from '../../generated/validate-plan.js';
import { printableJson } from '../../src/lib/printable.ts';
import { planJson } from '../../src/render/plan/plan-json.ts';
import { planText, savedPlanText } from '../../src/render/plan/plan-text.ts';
import { requestsCurl, requestsJson } from '../../src/render/plan/planned-requests.ts';
import { colorsFor } from '../../src/render/text/colors.ts';
import { everything, hostile, nothing } from './plans.ts';

describe.each([
  ['everything', everything],
  ['hostile', hostile],
  ['nothing', nothing],
] as const)('a plan: %s', (name, one) => {
  it('as text', async () => {
    await expect(planText(one, colorsFor(false))).toMatchFileSnapshot(`golden/${name}.txt`);
  });

  it('as text in colour', async () => {
    const text = planText(one, colorsFor(true));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: taking our own colours off again
    expect(text.replace(/\u001b\[\d+m/g, '')).toBe(planText(one, colorsFor(false)));
  });

  it('as JSON, which keeps to its schema', async () => {
    const json = planJson(one);
    expect(validate(json), JSON.stringify(validate.errors)).toBe(true);
    if (name !== 'hostile')
      await expect(`${printableJson(json)}\n`).toMatchFileSnapshot(`golden/${name}.json`);
    // What is escaped for the terminal's sake is the same value all the same.
    expect(JSON.parse(printableJson(json))).toEqual(JSON.parse(JSON.stringify(json)));
  });

  it('as requests', async () => {
    await expect(requestsCurl(one, ['MP_API_KEY', 'MIXPEEK_API_KEY'])).toMatchFileSnapshot(
      `golden/${name}.sh`,
    );
    expect(requestsJson(one)).toMatchObject({ digest: one.digest });
  });

  it('lets no text of others through', () => {
    for (const text of [
      planText(one, colorsFor(false)),
      printableJson(planJson(one)),
      requestsCurl(one, ['MP_API_KEY']),
    ]) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: none but the ends of our own lines
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u2028\u202e]|\p{Cs}/u);
      expect(text).not.toMatch(/^\s*::/m);
    }
  });
});

it.each([
  ['rename', 'requested in the manifest'],
  ['release', 'requested in the manifest'],
  ['replace', 'requested by a flag'],
  ['create', 'requested by a flag'], // --create-missing
  ['resume', 'requested by a flag'], // --resume-failed
] as const)('a %s says where it was requested', (kind, words) => {
  const [first] = planJson(everything).operations;
  const one = first && { ...first, kind, intended: null, blocked_by: null, cause: 'requested' as const };
  const text = savedPlanText({ ...planJson(everything), operations: one ? [one] : [] }, colorsFor(false));
  expect(text).toContain(` · ${words}\n`);
});
