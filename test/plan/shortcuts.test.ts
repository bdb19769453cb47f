import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Desired } from '../../src/domain/manifest.ts';
import type { LiveTrigger } from '../../src/domain/trigger.ts';
import { asManifest } from '../../src/plan/compare/normalise.ts';
import { type Decider, decide, decideWhole } from '../../src/plan/decide/decide.ts';
import { findLookalikes } from '../../src/plan/match/lookalikes.ts';
import { matchByName, matchClaims } from '../../src/plan/match/match.ts';
import { plainPairs } from '../../src/plan/match/plain-pairs.ts';
import { observe } from '../../src/plan/observe/observe.ts';
import { claimCase } from '../convergence/claim-worlds.ts';
import { worldCase } from '../convergence/worlds.ts';
import { applied, NOW, OWNER } from './world.ts';

const RUNS = 2000;

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

function observed(desired: readonly Desired[], live: readonly LiveTrigger[]) {
  const seen = observe(live, OWNER, NOW);
  const decider: Decider = {
    writer: { owner: OWNER, rev: '0123456789ab' },
    requestedFor: () => ({ replace: false, resumeFailed: false }),
    createMissing: false,
    lookalikes: () => findLookalikes(seen),
  };
  return { seen, decider, manifests: desired.map(asManifest) };
}

describe('what is plain is what the whole way finds', () => {
  it('of who is who, of a fifth of the manifests at least', () => {
    let [plain, all] = [0, 0];
    fc.assert(
      fc.property(worlds, ({ desired, live }) => {
        const { seen, manifests } = observed(desired, live);
        all += manifests.length;
        plain += plainPairs(manifests, seen.owned, []).size;
        expect(matchByName(manifests, seen, [])).toEqual(matchClaims(manifests, seen, []));
      }),
      { numRuns: RUNS },
    );
    expect(plain).toBeGreaterThan(all / 5);
  });

  it('of what is in sync, of a tenth of the manifests at least', () => {
    let [quick, all] = [0, 0];
    fc.assert(
      fc.property(worlds, ({ desired, live }) => {
        const { seen, decider, manifests } = observed(desired, live);
        for (const match of matchByName(manifests, seen, [])) {
          const decision = decide(match, decider);
          expect(decision).toEqual(decideWhole(match, decider));
          all++;
          if (decision === decide({ ...match }, decider)) quick++; // the one that says nothing is always the same
        }
      }),
      { numRuns: RUNS },
    );
    expect(quick).toBeGreaterThan(all / 10);
  });
});
