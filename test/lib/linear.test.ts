import { expect, it } from 'vitest';
import { literals, proofOf } from './regex-literals.ts';

// Whatever has a look around is tried on long texts by npm run test:growth: how long that takes is no matter for a suite.
it('every regular expression of the source costs linear time, as far as a proof goes', async () => {
  const all = literals();
  const proofs = [];
  // One after the other: what waits for its turn runs out of its time.
  for (const literal of all) proofs.push({ ...literal, proof: await proofOf(literal) });
  expect(proofs.filter(({ proof }) => proof === 'slow')).toEqual([]);
  expect(proofs.filter(({ proof }) => proof === 'unread').length).toBeLessThan(all.length / 10);
}, 300_000);
