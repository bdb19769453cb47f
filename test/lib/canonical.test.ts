import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/lib/canonical.ts';
import { runs } from '../support/random.ts';

const key = fc.oneof(
  fc.constantFrom(
    '',
    '__proto__',
    'toJSON',
    'constructor',
    'é',
    'e\u0301',
    '\ud800',
    '😀',
    '\ufb33',
    '10',
    '9',
    '"',
    '\\',
  ),
  fc.string({ unit: 'binary', maxLength: 5 }),
);
const leaf = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constantFrom(null, -0, 1e21, 1e-7, 5e-324, '\u2028', '\ud800x', '\udc00'),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 6 },
    leaf,
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(key, tie('value'), { maxKeys: 6, noNullPrototype: false }),
    fc.record({ a: tie('value'), b: fc.constant(undefined) }),
  ),
}));

/** What it gives, or that it refuses. */
function outcome(of: () => unknown): unknown {
  try {
    return { text: of() };
  } catch {
    return 'refused';
  }
}

describe('canonical JSON', () => {
  it('is what the library says, whatever the value', () => {
    fc.assert(
      fc.property(value, (one) => {
        expect(outcome(() => canonicalJson(one as object))).toEqual(outcome(() => canonicalize(one)));
      }),
      { numRuns: runs(3_000) },
    );
  });

  it.each([
    { what: 'a date', value: new Date(0), is: '"1970-01-01T00:00:00.000Z"' },
    { what: 'a member that is not there', value: { b: 1, a: undefined }, is: '{"b":1}' },
    { what: 'a gap in a list', value: [undefined, 1], is: '[null,1]' },
  ])('$what', ({ value: one, is }) => {
    expect(canonicalJson(one)).toBe(is);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('%s is refused', (number) => {
    expect(() => canonicalJson({ number })).toThrow();
  });

  it('a value that holds itself is refused', () => {
    const loop: { self?: object } = {};
    loop.self = loop;
    expect(() => canonicalJson(loop)).toThrow('Circular');
  });

  it('a value that is nested deeper than any manifest is the same', () => {
    let deep: object = {};
    for (let at = 0; at < 300; at += 1) deep = at % 2 === 0 ? [deep] : { deep };
    expect(canonicalJson(deep)).toBe(canonicalize(deep));
  });
});
