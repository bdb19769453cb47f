import { describe, expect, it } from 'vitest';
import { CASES } from './plan-cases.ts';
import { applied, inShort, manifest, plan } from './world.ts';

describe('the plan', () => {
  it.each(CASES)('$title', ({ desired = [], live = [], input = {}, expected }) => {
    expect(inShort(plan(desired, live, input))).toEqual(expected);
  });

  it('does not depend on the order of its input', () => {
    const desired = ['c', 'a', 'b'].map((name) => manifest({ name, description: name }));
    const live = ['b', 'd', 'a'].map((name) => applied(manifest({ name })));
    const forward = plan(desired, live);
    const backward = plan([...desired].reverse(), [...live].reverse());
    expect(JSON.stringify(backward)).toBe(JSON.stringify(forward));
  });
});
