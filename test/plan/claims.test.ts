import { describe, expect, it } from 'vitest';
import { guard } from '../../src/plan/rules/guards.ts';
import { CASES, old, PREVIOUS, theirs, unlabelled } from './claims-cases.ts';
import { applied, inShort, labelOf, manifest, plan } from './world.ts';

describe('what manifests ask for that is not theirs yet', () => {
  it.each(CASES)('$what', ({ desired, live, input, plan: expected, says, hazards }) => {
    const made = plan(desired, live, input);
    expect(inShort(made)).toEqual(expected);
    // The order in which a service lists things says nothing.
    expect(plan([...desired].reverse(), [...live].reverse(), input).digest).toBe(made.digest);
    if (hazards !== undefined) {
      const found = made.operations.flatMap(({ name, hazard }) => hazard && `${name}: ${hazard.reason}`);
      expect(found.filter((one) => one !== null)).toEqual(hazards);
    }
    if (says !== undefined)
      expect(JSON.stringify(made.operations.map(({ warnings }) => warnings))).toContain(says);
  });

  it('blocks those alone whose id to adopt is not there, and makes them anew where a flag says so', () => {
    const desired = [
      manifest({ name: 'a', adopt: 'trg_1' }),
      manifest({ name: 'b', description: 'Other' }),
      manifest({ name: 'c', adopt: 'trg_3' }),
    ];
    const live = [applied(manifest({ name: 'x' }), { trigger_id: 'trg_x', status: 'disabled' })];
    const made = plan(desired, live);
    expect(inShort(made)).toEqual([
      'blocked adopt by missing a (requested) | -',
      'blocked adopt by missing c (requested) | -',
      'create b (new) | create',
    ]);
    expect(made.operations[0]?.warnings[0]?.message).toContain('trg_1, which it is to adopt, is not live');
    expect(inShort(plan(desired, live, { createMissing: true }))).toEqual([
      'create a (requested) | create',
      'create b (new) | create',
      'create c (requested) | create',
    ]);
  });

  it('makes anew what it had adopted and somebody deleted', () => {
    const gone = applied(manifest(), {
      trigger_id: 'trg_1',
      status: 'disabled',
      updated_at: '2026-11-20T08:00:00',
    });
    const made = plan([manifest({ adopt: 'trg_1' })], [gone]);
    expect(inShort(made)).toEqual(['create nightly (new) | create']);
    expect(made.operations[0]?.warnings).toEqual([
      {
        code: 'was_deleted',
        name: 'nightly',
        message:
          'trg_1, which had this name, was deleted on Fri 2026-11-20 08:00 UTC: it is created again, without its run history',
      },
    ]);
  });

  it.each([
    {
      what: 'a name in renamed_from that nothing has',
      desired: [manifest({ renamedFrom: 'nihgtly-clusters' }), manifest({ name: 'x' })],
      live: [applied(manifest({ name: 'x' })), applied(manifest({ name: 'nightly-clusters' }))],
      says: [
        'claim_without_effect nightly: renamed_from: nihgtly-clusters has no effect, because no trigger of this owner has that name (did you mean nightly-clusters?): a new trigger is created',
        'looks_renamed nightly: nightly-clusters (trg_nightly-clusters), which is deleted, has the same action and schedule: if this is its new name, write renamed_from: nightly-clusters in the manifest, and it keeps its id and run history',
      ],
    },
    {
      what: 'an adoption of another trigger than the one that has the name',
      desired: [manifest({ adopt: 'trg_x' })],
      live: [applied(manifest()), unlabelled(applied(manifest(), { trigger_id: 'trg_x' }))],
      says: [
        'claim_without_effect nightly: adopt: trg_x has no effect: nightly is live already as trg_nightly. Remove it, or give that trigger a manifest of its own',
      ],
    },
    {
      what: 'a previous owner that nothing belongs to',
      desired: [manifest()],
      live: [],
      input: PREVIOUS,
      says: [
        'claim_without_effect null: previous_owner: acme/old has no effect, because no live trigger belongs to it: check the spelling, or remove it',
      ],
    },
    {
      what: 'the same name under another owner',
      desired: [manifest({ description: 'New' })],
      live: [theirs(manifest())],
      says: [
        'foreign_twin nightly: trg_nightly of acme/old has this name as well, and both will run: if the owner changed, set previous_owner: acme/old in mxt.yaml before this is applied',
      ],
    },
  ])('says a word about $what', ({ desired, live, input, says }) => {
    const made = plan(desired, live, input);
    const words = [...made.operations.flatMap(({ warnings }) => warnings), ...made.warnings];
    expect(words.map(({ code, name, message }) => `${code} ${name}: ${message}`)).toEqual(says);
  });

  it('writes the new name and the new owner into the label, and keeps what it does not know', () => {
    const [operation] = plan(
      [manifest({ renamedFrom: 'old' })],
      [theirs(old, 'acme/old', {})],
      PREVIOUS,
    ).operations;
    const body = operation?.requests[0]?.body;
    expect(labelOf(body?.description)).toMatchObject({ owner: 'acme/search', name: 'nightly' });
  });

  it('counts none as unchanged where a release has nothing to do', () => {
    expect(plan([manifest({ release: true })], [])).toMatchObject({ operations: [], unchanged: 0 });
  });

  it('takes the label off and leaves the text byte for byte', () => {
    const live = applied(manifest(), { text: ' two\n lines \n' });
    const [operation] = plan([manifest({ release: true })], [live]).operations;
    expect(operation?.requests[0]?.body).toEqual({ description: ' two\n lines \n' });
  });
});

describe('takeovers are counted with deletions', () => {
  const facts = {
    limits: { max_deletes: 1, max_delete_percent: 30 },
    maxDeletes: null,
    unknownRevs: new Set<string>(),
  };
  const names = ['a', 'b', 'c'];
  const taken = plan(
    names.map((name) => manifest({ name })),
    [...names.map((name) => theirs(manifest({ name }))), applied(old)],
    PREVIOUS,
  );

  it('and listed by their old owner', () => {
    expect(guard(taken, facts).guards).toMatchObject([
      {
        guard: 'max_deletes',
        limit: 1,
        found: 4,
        flag: '--max-deletes 4',
        message:
          '1 of 1 owned trigger would be deleted or replaced, 3 would be taken over from acme/old, guard.max_deletes allows 1; --max-deletes 4 allows it this once',
      },
    ]);
  });

  it('and need a word where another repository wrote them last', () => {
    const unknownRevs = new Set(['abcdefabcdef']);
    const other = plan(
      [manifest()],
      [applied(manifest(), { label: { owner: 'acme/old', rev: 'abcdefabcdef' } })],
      PREVIOUS,
    );
    expect(guard(other, { ...facts, unknownRevs }).guards.map((one) => one.guard)).toEqual(['unknown_rev']);
  });

  it('renames of our own are not', () => {
    const renamed = plan([manifest({ renamedFrom: 'old' })], [applied(old)]);
    expect(guard(renamed, { ...facts, limits: { max_deletes: 0, max_delete_percent: 0 } }).guards).toEqual(
      [],
    );
  });
});
