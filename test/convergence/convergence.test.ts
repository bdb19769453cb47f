import fc from 'fast-check';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { runs } from '../support/random.ts';
import { startWorlds, type Worlds } from './converge.ts';
import { worldCase } from './worlds.ts';

const RUNS = runs(300);

describe('convergence', () => {
  let worlds: Worlds;
  beforeAll(async () => {
    worlds = await startWorlds();
  });
  afterAll(() => worlds.close());

  it(`plan, apply, plan: the second plan is empty, and what is not ours is as it was (${RUNS} worlds)`, async () => {
    await fc.assert(
      fc.asyncProperty(worldCase, fc.integer({ min: 1, max: 3 }), (world, concurrency) =>
        worlds.converge(world, concurrency),
      ),
      { numRuns: RUNS },
    );
  }, 3_600_000);
});
