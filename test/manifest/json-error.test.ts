import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonErrorAt } from '../../src/manifest/parse/json-error.ts';

describe('where a text stops being JSON', () => {
  it.each([
    ['{"a": x}', 6],
    ['{"a": 1, // x\n}', 9],
    ['{"a": 1,}', 8],
    ['[1, 2,]', 6],
    ["{'a': 1}", 1],
    ['{"a": ]}', 6],
    ['{"a" 1}', 5],
    ['[1 2]', 3],
    ['[01]', 1],
    ['["a\nb"]', 1],
    ['{"a": 1', 7],
    ['{"a": 1\n\n', 7],
    ['{} {}', 3],
    ['[NaN]', 1],
    ['"\\x"', 0],
    ['[1}', 2],
    ['{"a": 1, 2}', 9],
    ['name: a\n', 0],
    ['', 0],
    [' [1, {"a": [null, true, -1.5e+3, "\\u00e9"]}] ', null],
  ])('%j: %s', (text, at) => {
    expect(jsonErrorAt(text)).toBe(at);
  });

  it('is never beyond the text, and ends', () => {
    const pieces = fc.array(fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '1', ' ', 'x', '"', '\\'), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(pieces, (parts) => {
        const text = parts.join('');
        const at = jsonErrorAt(text);
        if (at !== null) expect(at).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
