import { describe, expect, it } from 'vitest';
import { fold } from '../../src/render/text/fold.ts';

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
