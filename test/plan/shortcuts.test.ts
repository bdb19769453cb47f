import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makePlan, planOf } from '../../src/plan/plan.ts';
import { settle, unsettled } from '../../src/plan/settle/settle.ts';
import { claimCase } from '../convergence/claim-worlds.ts';
import { worldCase } from '../convergence/worlds.ts';
import { runs } from '../support/random.ts';
import { applied, planInput } from './world.ts';

const RUNS = runs(600);

/** Worlds of every kind; in some of them all that is desired is live as well. */
const worlds = fc.oneof(
  fc.oneof(worldCase, claimCase).map(({ desired, live }) => ({ desired, live })),
  worldCase.map(({ desired, live }) => ({
    desired,
    live: [...live, ...desired.map((one, at) => applied(one, { trigger_id: `trg_as_desired_${at}` }))],
  })),
  worldCase.map(({ desired }) => ({
    desired,
    live: desired.map((one, at) => applied(one, { trigger_id: `trg_as_desired_${at}` })),
  })),
);

describe('a plan says the same whether what is settled is taken out first or not', () => {
  it.each(['all names', 'one name', 'all names but one', 'one to be replaced'])(
    'for %s, a tenth of the manifests settled at least',
    (what) => {
      let [quick, all] = [0, 0];
      fc.assert(
        fc.property(worlds, ({ desired, live }) => {
          const [{ name } = { name: 'none' }] = desired;
          const input = planInput(desired, live, {
            selection: {
              only: what === 'one name' ? [name] : [],
              except: what === 'all names but one' ? [name] : [],
            },
            replace: new Set(what === 'one to be replaced' ? [name] : []),
          });
          const { settled } = settle(desired, input.observed, [], input.replace);
          all += desired.length;
          quick += settled.length;
          expect(makePlan(input)).toEqual(planOf(input, unsettled(desired, input.observed)));
        }),
        { numRuns: RUNS },
      );
      expect(quick).toBeGreaterThan(all / 10);
    },
  );
});
