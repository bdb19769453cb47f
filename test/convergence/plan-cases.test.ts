import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CASES as CLAIMS } from '../plan/claims-cases.ts';
import { CASES as GROUPS } from '../plan/group-cases.ts';
import { CASES as PLANS } from '../plan/plan-cases.ts';
import { type PlanCase, startWorlds, type Worlds } from './converge.ts';

const ALL: readonly (PlanCase & { readonly title: string; readonly left?: readonly string[] })[] = [
  ...PLANS,
  ...GROUPS,
  ...CLAIMS.map((one) => ({ ...one, title: one.what })),
];

describe('each case of the planner, applied', () => {
  let worlds: Worlds;
  beforeAll(async () => {
    worlds = await startWorlds();
  });
  afterAll(() => worlds.close());

  it.each(ALL)('$title', async ({ left, ...world }) => {
    const { before, after } = await worlds.convergeCase(world);
    // Only what is blocked on purpose is left: what was blocked at first, where the case says nothing else.
    expect(after).toEqual(left ?? before);
  });
});
