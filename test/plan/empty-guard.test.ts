import { expect, it } from 'vitest';
import { guard } from '../../src/plan/rules/guards.ts';
import { applied, manifest, plan } from './world.ts';

const owned = (count: number) =>
  Array.from({ length: count }, (_, at) => applied(manifest({ name: `d${at}` })));
const limits = { max_deletes: 5, max_delete_percent: 30 };

it.each([
  [1, null, ['max_deletes 1 > 0: --max-deletes 1']],
  [2, null, ['max_deletes 2 > 0: --max-deletes 2']],
  [4, null, ['max_deletes 4 > 0: --max-deletes 4', 'copied_owner 4 > 0: --max-deletes 4']],
  [2, 1, ['max_deletes 2 > 1: --max-deletes 2']],
  [2, 2, []],
  [0, null, []],
])('without any manifest %i deletes need a number of their own; given: %s', (count, maxDeletes, refusals) => {
  const { guards } = guard(plan([], owned(count)), {
    limits,
    maxDeletes,
    unknownRevs: new Set(),
    noManifests: true,
  });
  expect(guards.map((one) => `${one.guard} ${one.found} > ${one.limit}: ${one.flag}`)).toEqual(refusals);
});
