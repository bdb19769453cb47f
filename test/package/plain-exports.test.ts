import { expect, it } from 'vitest';
import { plainExports } from '../../scripts/plain-exports.mjs';

const getter = (name: string, local = name) =>
  `Object.defineProperty(exports, "${name}", {\n  enumerable: true,\n  get: function () {\n    return ${local};\n  }\n});`;

/** What a file exports once it has run, and `change()` of it was called. */
function exportsOf(code: string): Record<string, unknown> {
  const exports: Record<string, () => void> = {};
  new Function('exports', code)(exports);
  exports['change']?.();
  return { ...exports, change: undefined };
}

it.each([
  ['set once', 'var a = 1; function change() { return a === 2; }', false],
  ['assigned', 'var a = 1; function change() { a = 2; }', true],
  ['counted', 'var a = 1; function change() { a++; }', true],
  ['added to', 'var a = 1; function change() { a += 1; }', true],
  ['set by a pattern', 'var a = 1; function change() { ({ b: [a] } = { b: [2] }); }', true],
  ['set by a loop', 'var a = 1; function change() { for (a of [2]); }', true],
])('what is exported is the same, %s', (_, body, isGetter) => {
  const code = [body, getter('a'), getter('change')].join('\n');
  const plain = plainExports(code);
  expect(exportsOf(plain)).toEqual(exportsOf(code));
  expect(plain.includes('"a"')).toBe(isGetter);
  expect(plain).toContain('exports.change = change;');
});

it('what is exported before all has run stays as it is', () => {
  const code = [getter('a'), 'var a = 1;', getter('change', 'a')].join('\n');
  expect(plainExports(code)).toBe(code);
});
