import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { colorsFor } from '../../src/render/text/colors.ts';
import { fold } from '../../src/render/text/fold.ts';
import { momentFromNow, showRelative } from '../../src/render/text/from-now.ts';
import { textTable } from '../../src/render/text/table.ts';
import { runs } from '../support/random.ts';

const plain = colorsFor(false);
const paint = colorsFor(true);

describe('lines that are folded', () => {
  it('stay as they are where they fit', () => {
    const text = 'one\n  two  words\n\n';
    expect(fold(text, 20)).toBe(text);
  });

  it('go on below, further to the right than they began', () => {
    expect(fold('  warning: some words that are long', 20)).toBe(
      '  warning: some\n    words that are\n    long',
    );
  });

  it('go on where their text begins, beside a word for it', () => {
    expect(fold('  next  a text of several words', 20)).toBe(
      '  next  a text of\n        several\n        words',
    );
  });

  it('keep a time whole, and a word that fits a line', () => {
    expect(fold('it runs Sun 2026-11-29 02:00 EST (Sat 07:00 UTC), in 12 h', 46)).toBe(
      'it runs\n  Sun 2026-11-29 02:00 EST (Sat 07:00 UTC), in\n  12 h',
    );
  });

  it('begin each with the colour that it had, and end it', () => {
    expect(fold(paint.red('red words that are long'), 12)).toBe(
      '\u001b[31mred words\u001b[39m\n  \u001b[31mthat are\u001b[39m\n  \u001b[31mlong\u001b[39m',
    );
  });

  it('are never wider than the terminal, and lose nothing but blanks', () => {
    const word = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 90 }),
      fc.constantFrom('Sun 2026-11-29 02:00 EST (07:00 UTC)', '漢字'.repeat(30), ' ', '   ', 'a-b'),
    );
    const words = (text: string) => text.replaceAll(/\s/g, '').normalize();
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), fc.integer({ min: 40, max: 130 }), (parts, width) => {
        // As all that is printed: no control characters, no line breaks of others.
        const text = parts.join(' ').replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\ue000]/gu, '');
        const folded = fold(text, width);
        expect(folded.split('\n').filter((line) => stringWidth(line) > width)).toEqual([]);
        expect(words(folded)).toBe(words(text));
      }),
      { numRuns: runs(300) },
    );
  });
});

describe('a table on a terminal', () => {
  const head = ['NAME', 'STATE', 'WHY'];
  const rows = [
    ['a', 'ok', 'for reasons that take more than a line of this terminal'],
    ['b', 'failed', '-'],
  ];

  it('folds its last column', () => {
    expect(textTable(head, rows, { ...plain, width: 45 })).toBe(
      [
        'NAME  STATE   WHY',
        'a     ok      for reasons that take more',
        '                than a line of this terminal',
        'b     failed  -',
        '',
      ].join('\n'),
    );
  });

  it('puts what has no room below, and leaves out what says nothing', () => {
    expect(
      textTable(head, [['a-name-that-is-long', 'ok', 'because'], ...rows.slice(1)], { ...plain, width: 30 }),
    ).toBe(
      [
        'NAME                 STATE',
        'a-name-that-is-long  ok',
        '  why  because',
        'b                    failed',
        '',
      ].join('\n'),
    );
  });

  it('is as wide as it needs to be in a pipe', () => {
    expect(textTable(head, rows, plain)).toContain(
      'for reasons that take more than a line of this terminal\n',
    );
  });
});

describe('how far away a moment is', () => {
  const now = new Date('2026-11-29T07:00:00Z');
  it.each([
    [0, 'now'],
    [59_000, 'in 59 s'],
    [-60_000, '1 min ago'],
    [3_599_000, 'in 60 min'],
    [12 * 3_600_000, 'in 12 h'],
    [-36 * 3_600_000, '2 d ago'],
    [-1_200 * 86_400_000, '1,200 d ago'],
  ])('%i ms is %s', (ms, words) => {
    expect(showRelative(new Date(now.getTime() + ms), now)).toBe(words);
  });

  it('stands beside the moment', () => {
    expect(momentFromNow(now, 'America/New_York', new Date('2026-11-28T19:00:00Z'))).toBe(
      'Sun 2026-11-29 02:00 EST (07:00 UTC), in 12 h',
    );
  });
});

describe('a line that is too long', () => {
  it.each([
    [
      'goes on to the right of where it began',
      'Nothing was started: its state forbids it, or it is busy.',
      ['Nothing was started: its state forbids', '  it, or it is busy.'],
    ],
    [
      'keeps a time in one piece',
      'It is held until Sun 2026-11-29 12:04 UTC, in 2 h.',
      ['It is held until', '  Sun 2026-11-29 12:04 UTC, in 2 h.'],
    ],
    [
      'keeps a command in one piece',
      'It goes on, and runs to its end: mxt history nightly says how.',
      ['It goes on, and runs to its end:', '  mxt history nightly says how.'],
    ],
    [
      'splits a command between its words where that takes half of the width',
      'It goes on: mxt history nightly-clusters-of-all-products says how.',
      ['It goes on: mxt history', '  nightly-clusters-of-all-products says', '  how.'],
    ],
  ])('%s', (_, line, lines) => {
    expect(fold(line, 40).split('\n')).toEqual(lines);
  });
});
