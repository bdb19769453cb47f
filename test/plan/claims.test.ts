import { describe, expect, it } from 'vitest';
import { InvalidError } from '../../src/errors.ts';
import { guard } from '../../src/plan/rules/guards.ts';
import { CASES, old, PREVIOUS, theirs } from './claims-cases.ts';
import { applied, inShort, labelOf, manifest, plan } from './world.ts';

describe('what manifests ask for that is not theirs yet', () => {
  it.each(CASES)('$what', ({ desired, live, input, plan: expected, says }) => {
    const made = plan(desired, live, input);
    expect(inShort(made)).toEqual(expected);
    if (says !== undefined)
      expect(JSON.stringify(made.operations.map(({ warnings }) => warnings))).toContain(says);
  });

  it('is an error where an id to adopt is not there, for all of them at once', () => {
    const make = () =>
      plan(
        [
          manifest({ name: 'a', adopt: 'trg_1' }),
          manifest({ name: 'b', adopt: 'trg_2' }),
          manifest({ name: 'c', adopt: 'trg_3' }),
        ],
        [applied(manifest({ name: 'x' }), { trigger_id: 'trg_2', status: 'disabled' })],
        { selection: { only: [], except: ['c'] } },
      );
    expect(make).toThrow(InvalidError);
    try {
      make();
    } catch (error) {
      expect(
        (error as InvalidError).problems.map(({ file, line, message }) => `${file}:${line}: ${message}`),
      ).toEqual([
        'manifests/a.yaml:1: a is to adopt trg_1, and no such trigger is live in this namespace',
        'manifests/b.yaml:1: b is to adopt trg_2, and no such trigger is live in this namespace',
      ]);
    }
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
