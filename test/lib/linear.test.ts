import { expect, it } from 'vitest';
import { literals, proofOf } from './regex-literals.ts';

// Whatever has a look around is tried on long texts by npm run test:growth: how long that takes is no matter for a suite.
it('every regular expression of the source costs linear time, as far as a proof goes', () => {
  const all = literals();
  const proofs = all.map((literal) => ({ ...literal, proof: proofOf(literal) }));
  expect(proofs.filter(({ proof }) => proof === 'slow')).toEqual([]);
  expect(proofs.filter(({ proof }) => proof === 'unread').length).toBeLessThan(all.length / 10);
}, 300_000);
