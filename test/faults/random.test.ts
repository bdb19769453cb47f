import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SERVICES, worldCase } from '../convergence/worlds.ts';
import { runs } from '../support/random.ts';
import { FAULT_NAMES, FAULTS } from './kinds.ts';
import { expectConverged, type Kill, nameOf, Rig } from './rig.ts';

const RUNS = runs(300);

const kill: fc.Arbitrary<Kill | null> = fc.option(
  fc.record({
    nth: fc.integer({ min: 1, max: 30 }),
    when: fc.constantFrom('before' as const, 'after' as const),
  }),
);
/** A fault here and there: which request it strikes, counted from the start of the run. */
const faults = fc.dictionary(fc.integer({ min: 1, max: 40 }).map(String), fc.constantFrom(...FAULT_NAMES), {
  maxKeys: 6,
});

describe('random worlds, random faults, random kills', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.start();
  });
  afterAll(() => rig.close());

  it(`end in live = desired after one clean run, each name once, nobody else’s touched (${RUNS} runs)`, async () => {
    await fc.assert(
      fc.asyncProperty(worldCase, faults, kill, async ({ desired, live, service }, struck, cut) => {
        rig.store = SERVICES[service];
        await rig.fill(live);
        const before = rig.others();
        await rig.run(
          desired,
          (_, nth) => {
            const name = struck[String(nth)];
            return name === undefined ? undefined : FAULTS[name];
          },
          cut,
        );
        const { outcomes } = await rig.run(desired);
        expectConverged(rig, desired, outcomes);
        expect(rig.others()).toBe(before);
        const stuck = new Set(rig.plan(desired).operations.map(({ name }) => name));
        const names = rig
          .ours()
          .map(nameOf)
          .filter((name) => !stuck.has(name));
        expect(names.sort()).toEqual([...new Set(names)]);
      }),
      { numRuns: RUNS },
    );
  }, 3_600_000);

  it(`of two commits at once, one more run of the newer settles it (${Math.ceil(RUNS / 3)} runs)`, async () => {
    const both = fc.tuple(
      worldCase,
      worldCase.map(({ desired }) => desired),
    );
    await fc.assert(
      fc.asyncProperty(both, async ([{ desired, live, service }, older]) => {
        rig.store = SERVICES[service];
        await rig.fill(live);
        const before = rig.others();
        await Promise.all([rig.run(older), rig.run(desired)]);
        const { outcomes } = await rig.run(desired);
        expectConverged(rig, desired, outcomes);
        expect(rig.others()).toBe(before);
        const stuck = new Set(rig.plan(desired).operations.map(({ name }) => name));
        const names = rig
          .ours()
          .map(nameOf)
          .filter((name) => !stuck.has(name));
        expect(names.sort()).toEqual([...new Set(names)]);
      }),
      { numRuns: Math.ceil(RUNS / 3) },
    );
  }, 3_600_000);
});
