import fc from 'fast-check';

/**
 * How often a property is tried. `npm test` draws the same cases each time, so that luck fails nobody's change;
 * `npm run soak` draws others, and more of them. What it finds is printed with its seed, and `MXT_SEED` draws it again.
 */
export function runs(usual: number): number {
  return Math.ceil(usual * Number(process.env['MXT_TIMES'] ?? 1));
}

const seed = process.env['MXT_SEED'] ?? '20260101';
fc.configureGlobal({ numRuns: runs(100), ...(seed === 'new' ? {} : { seed: Number(seed) }) });
