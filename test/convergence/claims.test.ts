import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../src/domain/json.ts';
import type { Desired } from '../../src/domain/manifest.ts';
import type { LiveTrigger } from '../../src/domain/trigger.ts';
import { readDescription } from '../../src/label/parse-label.ts';
import { canonicalJson } from '../../src/lib/canonical.ts';
import { asManifest } from '../../src/plan/compare/normalise.ts';
import { freshLabel } from '../../src/plan/operation/next-label.ts';
import { FAULT_NAMES, FAULTS } from '../faults/kinds.ts';
import { expectConverged, type Kill, nameOf, Rig } from '../faults/rig.ts';
import { OWNER, plan } from '../plan/world.ts';
import { runs } from '../support/random.ts';
import { type ClaimCase, claimCase } from './claim-worlds.ts';

const RUNS = runs(60);

const kill: fc.Arbitrary<Kill | null> = fc.option(
  fc.record({
    nth: fc.integer({ min: 1, max: 20 }),
    when: fc.constantFrom('before' as const, 'after' as const),
  }),
);
const faults = fc.dictionary(fc.integer({ min: 1, max: 25 }).map(String), fc.constantFrom(...FAULT_NAMES), {
  maxKeys: 4,
});

describe('adopt, renamed_from, previous_owner and release', () => {
  it(`let one operation at most write to a trigger (${RUNS * 3} worlds)`, () => {
    fc.assert(
      fc.property(claimCase, ({ desired, live, previousOwners }) => {
        const written = plan(desired, live, { previousOwners }).operations.flatMap(({ kind, managed }) =>
          kind === 'blocked' || managed === null ? [] : managed.id,
        );
        expect(written.sort()).toEqual([...new Set(written)]);
      }),
      { numRuns: RUNS * 3 },
    );
  }, 3_600_000);

  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.start();
  });
  afterAll(() => rig.close());

  it(`converge after faults and a kill, keep ids, and touch nothing that nobody asks for (${RUNS} runs)`, async () => {
    await fc.assert(
      fc.asyncProperty(claimCase, faults, kill, async (world, struck, cut) => {
        const { desired, live, previousOwners } = world;
        await rig.fill(live);
        rig.input = { previousOwners };
        const untouchable = live.filter((one) => !mayChangeHands(one, world)).map((one) => one.trigger_id);
        const before = bytes(rig, untouchable);
        await rig.run(
          desired,
          (_, nth) => {
            const name = struck[String(nth)];
            return name === undefined ? undefined : FAULTS[name];
          },
          cut,
        );
        await rig.run(desired);
        if (goesInSteps(world)) await rig.run(desired);

        expectConverged(rig, desired);
        expect(bytes(rig, untouchable)).toBe(before);
        // What waits is left alone whole, under the name that it has; a claim of somebody who waits, too.
        const left = rig.plan(desired).operations;
        const stuck = new Set([
          ...left.flatMap(({ name, managed }) => (managed === null ? name : [name, managed.label.name])),
          ...(left.length === 0 ? [] : desired.flatMap(({ renamedFrom }) => renamedFrom ?? [])),
        ]);
        const settled = rig
          .ours()
          .map(nameOf)
          .filter((name) => !stuck.has(name));
        expect(settled.sort()).toEqual([...new Set(settled)]);
        const now = new Map(rig.ours().map((one) => [one.trigger_id, nameOf(one)]));
        for (const manifest of desired) {
          const id = keptId(manifest, world);
          if (id !== null && !stuck.has(manifest.name))
            expect([id, now.get(id)]).toEqual([id, manifest.name]);
        }
      }),
      { numRuns: RUNS },
    );
  }, 3_600_000);
});

/**
 * Where a manifest asks for the name of another one, what that one made decides the claim: one apply a step. So does a
 * manifest that lets go a trigger under each of its names, and one with copies beside a replacement that was cut off.
 */
function goesInSteps({ desired, live }: ClaimCase): boolean {
  const names = new Set(desired.map(({ name }) => name));
  const labels = live.map(labelOf).filter((label) => label !== null);
  const underWay = new Set(labels.filter(({ replaces }) => replaces !== null).map(({ name }) => name));
  return (
    [...underWay].some((one) => labels.filter(({ name, replaces }) => name === one || replaces).length > 2) ||
    desired.some(({ release, renamedFrom }) => renamedFrom.some((one) => release || names.has(one)))
  );
}

function labelOf({ description }: LiveTrigger) {
  const reading = readDescription(description ?? '');
  return reading.kind === 'labelled' ? reading.label : null;
}

/** Ours, what a manifest adopts by its id, and what a previous owner has under a name that is asked for. */
function mayChangeHands(one: LiveTrigger, { desired, live, previousOwners }: ClaimCase): boolean {
  const label = labelOf(one);
  if (label?.owner === OWNER) return true;
  const asked = desired.filter(({ release }) => !release);
  if (label === null) {
    const unlabelled = readDescription(one.description ?? '').kind === 'unlabelled';
    return unlabelled && asked.some(({ adopt }) => adopt === one.trigger_id);
  }
  // What of ours was made in its place says so, whatever its manifest says by now.
  const replaced = live
    .map(labelOf)
    .some((ours) => ours?.owner === OWNER && ours.replaces === one.trigger_id);
  const isAsked = asked.some(
    ({ name, renamedFrom, adopt }) =>
      name === label.name || renamedFrom.includes(label.name) || adopt === one.trigger_id,
  );
  return previousOwners.includes(label.owner) && (replaced || isAsked);
}

function bytes(rig: Rig, ids: readonly string[]): string {
  const kept = new Set(ids);
  return JSON.stringify(rig.live().filter(({ trigger_id }) => kept.has(trigger_id)));
}

/**
 * The one trigger that a manifest asks for, where nothing speaks for making it anew: its half that cannot be patched
 * is the manifest's own, and was when it was written.
 */
function keptId(manifest: Desired, { live, previousOwners }: ClaimCase): string | null {
  const { name, renamedFrom, adopt, release, fixed } = manifest;
  const labelled = live.map((one) => [one, labelOf(one)] as const);
  const owned = (owners: readonly string[], under: string | undefined) =>
    labelled.flatMap(([one, label]) =>
      label !== null && owners.includes(label.owner) && label.name === under ? [one] : [],
    );
  if (release || owned([OWNER], name).length > 0) return null;
  const [found = []] = [
    owned([OWNER], renamedFrom[0]),
    owned(previousOwners, name),
    owned(previousOwners, renamedFrom[0]),
    live.filter(({ trigger_id }) => trigger_id === adopt),
  ].filter(({ length }) => length > 0);
  const [only, second] = found;
  if (only === undefined || second !== undefined) return null;
  const label = labelOf(only);
  const { action_type, action_config, trigger_type } = only;
  const same = canonical({ action_type, action_config, trigger_type }) === canonical(fixed);
  const spec = freshLabel(asManifest(manifest), { owner: OWNER, rev: null }).spec.fixed;
  return same && (label === null || label.spec.fixed === spec) ? only.trigger_id : null;
}

function canonical(value: unknown): string {
  return canonicalJson(value as Json);
}
