import { expect, it } from 'vitest';
import { formatText } from '../../src/authoring/format-text.ts';
import { parseStrictly } from '../../src/manifest/parse/parse-file.ts';
import { parseStrict } from '../../src/manifest/parse/parse-strict.ts';

// Growth is told by time, so this is no part of the suite: npm run test:growth, on a quiet machine.

/** Documents that cannot be put in order: an alias would come before its anchor. */
function fileOf(documents: number) {
  const text = Array.from(
    { length: documents },
    (_, at) => `tags: [&z${at} x]\nname: t${at}\naction_type: cluster\ndescription: *z${at}\n`,
  ).join('---\n');
  const file = { path: 'a.yaml', text };
  return { file, items: parseStrictly(file, parseStrict).items };
}

function millisecondsOf(documents: number): number {
  const { file, items } = fileOf(documents);
  const times = Array.from({ length: 3 }, () => {
    const start = performance.now();
    expect(formatText(file, items)).toEqual({ text: file.text, left: true });
    return performance.now() - start;
  });
  return Math.min(...times);
}

it('fmt takes time by the number of manifests, also where none can be put in order', () => {
  millisecondsOf(50);
  // Four times as many: 4 where it is linear, 16 where each of them has the whole file read again.
  expect(millisecondsOf(400) / millisecondsOf(100)).toBeLessThan(8);
});
