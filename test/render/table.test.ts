import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { colorsFor } from '../../src/render/text/colors.ts';
import { textTable, widthOf } from '../../src/render/text/table.ts';
import { runs } from '../support/random.ts';

const plain = colorsFor(false);
const painted = colorsFor(true);

describe('a table as text', () => {
  it.each([
    {
      what: 'a column is as wide as its widest cell, and nothing trails',
      rows: [
        ['a', 'in_sync', ''],
        ['nightly-products', 'x', 'never'],
      ],
      lines: [
        'NAME              SYNC     LAST',
        'a                 in_sync',
        'nightly-products  x        never',
      ],
    },
    {
      what: 'signs of double width count twice, marks on letters not at all',
      rows: [
        ['日本', 'a', 'b'],
        ['e\u0301', 'a', 'b'],
        ['👩‍🚀', 'a', 'b'],
      ],
      lines: ['NAME  SYNC  LAST', '日本  a     b', 'e\u0301     a     b', '👩‍🚀    a     b'],
    },
    { what: 'no rows: the head alone', rows: [], lines: ['NAME  SYNC  LAST'] },
    { what: 'a row with fewer cells', rows: [['a']], lines: ['NAME  SYNC  LAST', 'a'] },
  ])('$what', ({ rows, lines }) => {
    expect(textTable(['NAME', 'SYNC', 'LAST'], rows, plain)).toBe(lines.map((line) => `${line}\n`).join(''));
  });

  it('colours take no room', () => {
    const [head = '', row = ''] = textTable(['A', 'B'], [[painted.green('wide one'), 'b']], painted).split(
      '\n',
    );
    expect(head).toBe(`${painted.bold('A')}         ${painted.bold('B')}`);
    expect(row).toBe(`${painted.green('wide one')}  b`);
    expect(stringWidth(row)).toBe('wide one  b'.length);
  });

  it('a hundred thousand rows are no more than their lines', () => {
    const rows = Array.from({ length: 100_000 }, (_, at) => [`trigger-${at}`, painted.green('in_sync')]);
    expect(textTable(['NAME', 'SYNC'], rows, painted).split('\n')).toHaveLength(100_002);
  });
});

it('an arrow is as wide as any sign of one column, whatever stands beside it', () => {
  const part = fc.oneof(
    fc.constantFrom('→', '→\ufe0f', '→\u20e3', '\u200d', '👩', '日', 'ᄀ', '\u0301', painted.bold('→')),
    fc.string({ unit: 'grapheme', maxLength: 3 }),
    fc.string({ unit: 'binary', maxLength: 3 }),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const text = parts.join('');
      expect(widthOf(text)).toBe(stringWidth(text));
    }),
    { numRuns: runs(2_000) },
  );
});
