import { expect, it } from 'vitest';
import { outcomeWords } from '../../src/render/result/report.ts';

it.each([
  [[3, 0, 0, 0], '3 applied'],
  [[2, 1, 4, 1], '2 applied, 1 failed, 4 not done, 1 blocked'],
  [[0, 1, 0, 0], '0 applied, 1 failed'],
  [[0, 0, 2, 0], '0 applied, 2 not done'],
  [[0, 0, 0, 0], 'nothing to apply'],
  [[0, 0, 0, 2], 'nothing to apply, 2 blocked'],
])('an apply that counts %j says "%s"', ([applied = 0, failed = 0, skipped = 0, blocked = 0], words) => {
  expect(outcomeWords({ applied, failed, skipped, blocked })).toBe(words);
});
