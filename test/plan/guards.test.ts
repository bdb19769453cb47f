import { describe, expect, it } from 'vitest';
import { type GuardFacts, guard } from '../../src/plan/rules/guards.ts';
import { applied, manifest, plan } from './world.ts';

const named = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, at) => manifest({ name: `${prefix}${at}` }));
const live = (count: number, prefix: string) =>
  named(count, prefix).map((one) => applied(one, { label: { rev: 'aaaaaaaaaaaa' } }));

interface Case {
  readonly title: string;
  readonly keep: number;
  readonly remove: number;
  readonly replace?: number;
  readonly facts?: Partial<GuardFacts>;
  readonly refusals: readonly string[];
}

const CASES: readonly Case[] = [
  { title: 'nothing to delete', keep: 20, remove: 0, refusals: [] },
  { title: 'as many as allowed', keep: 20, remove: 5, refusals: [] },
  { title: 'one more than allowed', keep: 20, remove: 6, refusals: ['max_deletes 6 > 5: --max-deletes 6'] },
  {
    title: 'replacements count',
    keep: 15,
    remove: 3,
    replace: 3,
    refusals: ['max_deletes 6 > 5: --max-deletes 6'],
  },
  { title: 'a share of few says nothing', keep: 5, remove: 4, refusals: [] },
  { title: 'a share of ten', keep: 6, remove: 4, refusals: ['max_delete_percent 40 > 30: --max-deletes 4'] },
  { title: 'a share just reached', keep: 7, remove: 3, refusals: [] },
  {
    title: 'none of three is in the manifests',
    keep: 0,
    remove: 3,
    refusals: ['copied_owner 3 > 0: --max-deletes 3'],
  },
  { title: 'none of two', keep: 0, remove: 2, refusals: [] },
  {
    title: 'a rev that a complete clone does not know',
    keep: 5,
    remove: 2,
    facts: { unknownRevs: new Set(['aaaaaaaaaaaa']) },
    refusals: ['unknown_rev 2 > 0: --max-deletes 2'],
  },
  {
    title: 'a person’s word overrides them all, up to its number',
    keep: 0,
    remove: 12,
    facts: { maxDeletes: 12, unknownRevs: new Set(['aaaaaaaaaaaa']) },
    refusals: [],
  },
  {
    title: 'and no further',
    keep: 0,
    remove: 12,
    facts: { maxDeletes: 11 },
    refusals: ['max_deletes 12 > 11: --max-deletes 12'],
  },
];

describe('guards', () => {
  it.each(CASES)('$title', ({ keep, remove, replace = 0, facts = {}, refusals }) => {
    const replaced = named(replace, 'r').map((one) => ({
      ...one,
      fixed: { ...one.fixed, action_config: { cluster_id: 'x' } },
    }));
    const base = plan(
      [...named(keep, 'k'), ...replaced],
      [...live(keep, 'k'), ...live(remove, 'd'), ...live(replace, 'r')],
    );
    const guarded = guard(base, {
      limits: { max_deletes: 5, max_delete_percent: 30 },
      maxDeletes: null,
      unknownRevs: new Set(),
      ...facts,
    });
    expect(
      guarded.guards.map(({ guard: name, found, limit, flag }) => `${name} ${found} > ${limit}: ${flag}`),
    ).toEqual(refusals);
    for (const { message, flag } of guarded.guards) expect(message).toContain(flag);
  });

  it('do not count a copy of ours that is safe to remove', () => {
    const [one] = live(1, 'k');
    const copies = Array.from({ length: 8 }, (_, at) => ({
      ...one,
      trigger_id: `copy${at}`,
      created_at: '2026-11-20T00:00:00Z',
    }));
    const base = plan(named(1, 'k'), [
      ...live(1, 'k'),
      ...(copies as typeof live extends (...a: never) => infer R ? R : never),
    ]);
    expect(base.operations).toHaveLength(8);
    expect(
      guard(base, {
        limits: { max_deletes: 5, max_delete_percent: 30 },
        maxDeletes: null,
        unknownRevs: new Set(),
      }).guards,
    ).toEqual([]);
  });

  it('counts a recovery of what a commit made that a complete clone does not know', () => {
    const [was, now] = [manifest(), manifest({ action_config: { cluster_id: 'clust_new' } })];
    const pair = [
      applied(was, { trigger_id: 'trg_old' }),
      applied(now, {
        trigger_id: 'trg_new',
        status: 'paused',
        label: { replaces: 'trg_old', was: 'active', rev: 'bbbbbbbbbbbb' },
      }),
    ];
    const guarded = (unknown: string[]) =>
      guard(plan([was], pair), {
        limits: { max_deletes: 5, max_delete_percent: 30 },
        maxDeletes: null,
        unknownRevs: new Set(unknown),
      }).guards;
    expect(guarded([])).toEqual([]);
    expect(guarded(['bbbbbbbbbbbb'])).toEqual([
      {
        guard: 'unknown_rev',
        limit: 0,
        found: 1,
        flag: '--max-deletes 1',
        message: expect.stringContaining('commit that this clone does not have (bbbbbbbbbbbb)'),
      },
    ]);
  });
});
