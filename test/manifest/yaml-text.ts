// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references are text that parsers meet
import fc from 'fast-check';

/** YAML as people write it and as nobody should, from pieces that parsers are known to trip over. */
const SCALARS = [
  ...[
    'foo',
    'a b c',
    'it is',
    '"0 2 * * *"',
    "'*/15 * * * *'",
    '0 2 * * *',
    '${{ vars.x }}',
    '"${{ x }}"',
    'é',
    '😀',
  ],
  ...[
    '1',
    '0',
    '007',
    '1.5',
    '.5',
    '-.5',
    '+.5',
    '1e3',
    '-1',
    '-0',
    '+7',
    '0b11',
    '0o17',
    '0x1F',
    '1_000',
    '1e999',
  ],
  ...[
    '12345678901234567890',
    '2024-01-01',
    '12:30:45',
    '.inf',
    '-.inf',
    '.nan',
    '1.',
    '0.',
    '0x',
    '1e',
    '.',
    '..',
    '=',
  ],
  ...[
    'null',
    '~',
    '',
    'true',
    'True',
    'yes',
    'No',
    '"a\\nb"',
    '"\\u0041"',
    "'it''s'",
    'a#b',
    'a #c',
    'http://x:80/y',
  ],
  ...[
    '- x',
    'a: b',
    '{a: 1}',
    '[a, b]',
    '{"a":1,"b":[1,2]}',
    '[a, {b: c}]',
    '{a, b}',
    '[a: b]',
    '[]',
    '{}',
    '[1,2,]',
    '[,]',
  ],
  ...[
    '|\n    line\n     more\n\n    end',
    '>\n    fold\n    ed\n\n      more\n    x',
    '|-\n    x',
    '|+\n    x\n\n',
    '|2\n    x',
  ],
  ...['"multi\n   line"', 'plain\n   multi', '[a,\n   b]', '{a: 1,\n   b: 2}', '{\n  a: 1\n}', '[\n1\n]'],
  ...[
    '*a',
    '&a x',
    '!!str x',
    '? x',
    '%x',
    '@x',
    '`x',
    '"a" b',
    "'x'y",
    'a\\b',
    'x:',
    '::',
    '-',
    '--',
    '-a',
    ':a',
    '?a',
    '<<',
  ],
  ...['a,b', 'a]', 'a}', '[a', '{a: b', '"', "'", '...', '---'],
];
const KEYS = ['a', 'b', 'name', '"q"', "'s'", 'a b', 'x.y'];
const ODD_KEYS = [
  '1',
  'null',
  'true',
  '~',
  '<<',
  '__proto__',
  '? k',
  '- k',
  'k ',
  '[k]',
  '{k: v}',
  'a:b',
  '-k',
  '.5',
  'a #',
];
const ENDS = [
  '\n',
  '\n',
  '\n',
  '\n',
  '\n\n',
  '\r\n',
  ' \n',
  ' # c\n',
  '\n# c\n',
  '\n   # c\n',
  '#c\n',
  '\t\n',
];
const MARKS = [
  '---\n',
  '---\n',
  '--- # c\n',
  '...\n',
  '...\n---\n',
  '--- ',
  '---',
  '\n---\n\n',
  '----\n',
  '--- |\n x\n',
];
const SLIPS = [
  ...' \n:-,#"\'[]{}|>*&!?%@0.\\\t\r',
  '  ',
  '\n ',
  ': ',
  '- ',
  ' #',
  '---',
  '...',
  '\n---\n',
  '\u0085',
  '\u2028',
  '\ufeff',
];

/** What people write nearly always. */
const USUAL = {
  scalars: [
    ...[
      'foo',
      'it is',
      '"0 2 * * *"',
      "'*/15 * * * *'",
      '0 2 * * *',
      '"a\\nb"',
      "'it''s'",
      'http://x:80/y',
      'é',
      '😀',
    ],
    ...['1', '007', '1.5', '12:30:45', '2024-01-01', 'null', '~', 'true', 'yes', 'a#b', 'a,b', '-a', '1.'],
    ...['{a: 1}', '[a, b]', '[a, {b: c}]', '[]', '{}', '"${{ x }}"'],
    ...['|\n    line\n     more\n\n    end', '>\n    fold\n    ed\n\n      more\n    x', '|-\n    x'],
  ],
  ends: ['\n', '\n', '\n\n', '\r\n', ' # c\n', '\n# c\n'],
  marks: ['---\n', '--- # c\n', '\n---\n\n'],
};
const ODD = { scalars: SCALARS, ends: ENDS, marks: MARKS };

interface Gen {
  readonly g: fc.GeneratorValue;
  /** How many pieces in a thousand may be odd: with one odd piece hardly any text goes the fast way. */
  readonly odd: number;
}

const pick = <T>({ g }: Gen, from: readonly T[]): T => g(fc.constantFrom<T[]>, ...from);
const upTo = ({ g }: Gen, max: number): number => g(fc.nat, max);
const piece = (gen: Gen, of: keyof typeof ODD): string =>
  pick(gen, upTo(gen, 999) < gen.odd ? ODD[of] : USUAL[of]);

function value(g: Gen, indent: number, depth: number): string {
  const kind = depth > 2 ? 0 : upTo(g, 9);
  // Of block scalars every line is to stand below its key.
  if (kind < 6)
    return ` ${piece(g, 'scalars').replaceAll('\n    ', `\n${' '.repeat(indent + 4)}`)}${piece(g, 'ends')}`;
  if (kind < 8) return `\n${mapping(g, indent + pick(g, [1, 2, 2, 2, 4]), depth + 1)}`;
  return `\n${list(g, indent + pick(g, [0, 1, 2, 2]), depth + 1)}`;
}

function mapping(g: Gen, indent: number, depth: number): string {
  let text = '';
  const first = upTo(g, KEYS.length - 1);
  for (let left = 1 + upTo(g, 3); left > 0; left--) {
    // One after the other, for a key that stands twice is an error of the whole.
    const next = KEYS[(first + left) % KEYS.length] ?? '';
    const key = upTo(g, 999) < g.odd ? pick(g, upTo(g, 9) === 0 ? ODD_KEYS : KEYS) : next;
    text += `${' '.repeat(indent)}${key}:${value(g, indent, depth)}`;
  }
  return text;
}

function list(g: Gen, indent: number, depth: number): string {
  let text = '';
  for (let left = 1 + upTo(g, 2); left > 0; left--) {
    const compact =
      upTo(g, 2) === 0 ? ` ${mapping(g, indent + 2, depth + 1).trimStart()}` : value(g, indent, depth);
    text += `${' '.repeat(indent)}-${compact}`;
  }
  return text;
}

function documents(gen: fc.GeneratorValue): string {
  const g = { g: gen, odd: gen(fc.constantFrom, 0, 0, 0, 50, 1000) };
  let text =
    g.odd > 0 && upTo(g, 9) === 0 ? pick(g, ['---\n', '# c\n', '%YAML 1.2\n---\n', '\n\n', '--- ']) : '';
  for (let left = pick(g, [1, 1, 1, 2, 3]); left > 0; left--) {
    if (text !== '') text += upTo(g, 9) < g.odd ? pick(g, ['', ...MARKS]) : piece(g, 'marks');
    text += upTo(g, 3) === 0 ? list(g, pick(g, [0, 0, 2]), 0) : mapping(g, pick(g, [0, 0, 0, 1]), 0);
  }
  return text;
}

export const yamlText: fc.Arbitrary<string> = fc.gen().map(documents);

/** The same with a few slips of the keyboard. */
export function mutated(texts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const slip = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    insert: fc.constantFrom('', ...SLIPS),
    drop: fc.nat(2),
  });
  return fc.tuple(texts, fc.array(slip, { minLength: 1, maxLength: 3 })).map(([text, slips]) =>
    slips.reduce((before, { at, insert, drop }) => {
      const offset = Math.floor(at * before.length);
      return before.slice(0, offset) + insert + before.slice(offset + drop);
    }, text),
  );
}

const PLAIN = [
  ...[
    'foo',
    'it is',
    "it's",
    'A b, c',
    '/title',
    'a_b',
    '0 2 * * *',
    'H/15 * * * *',
    'America/New_York',
    'x & y',
    '${{ vars.x }}',
    'of-${{ each.key }} and more',
    'a [b], {c}, d]',
  ],
  ...[
    '"0 2 * * *"',
    "'*/15 * * * *'",
    '"it\'s: #1"',
    '""',
    "''",
    '"${{ vars.x }}"',
    '0',
    '7',
    '3600',
    '12 a',
  ],
  ...[
    'true',
    'False',
    'null',
    'NULL',
    'yes',
    '[]',
    '{}',
    '[a, b]',
    '[ 1, "x" ]',
    '{ a: 1 }',
    '{a: b, c: { d: [1] }}',
    '[a, b, ]',
  ],
];
/** On several lines, each further in than the key. */
const OVER_LINES = [
  '[a,\n b]',
  '[\n  a, b,\n  "c", ]',
  '[\n  1,\n  [2,\n 3] ]',
  '{ a: 1,\n  b-c: [x],\n  d: 2 }',
  '{\n  a: { b: 1,\n c: "0 2 * * *" }\n }',
  '[{ a: 1 },\n  { a: 2 },\n ]',
  '[ a\n ]',
  '{ a: "b {\n  c, ]" }',
];

/** Nothing but members, one a line: nested maps, lists of single values, comments, empty lines. */
export const plainText: fc.Arbitrary<string> = fc.gen().map((g) => {
  const one = <T>(from: readonly T[]): T => g(fc.constantFrom<T[]>, ...from);
  const value = () => `${one(PLAIN)}${one(['', '', '', ' # why', '  #'])}`;
  const written = (indent: number) =>
    g(fc.nat, 4) > 0
      ? value()
      : one(OVER_LINES).replaceAll('\n', `\n${' '.repeat(indent + 1 + g(fc.nat, 2))}`);
  const mapping = (indent: number, depth: number): string =>
    ['a', 'b-c', 'd_1', 'Name']
      .slice(0, 1 + g(fc.nat, 3))
      .map((key) => member(key, indent, depth))
      .join('');
  const member = (key: string, indent: number, depth: number): string => {
    const blanks = ' '.repeat(indent);
    const before = one(['', '', '', '\n', `${blanks}# why\n`, '#\n']);
    const inner = indent + 1 + g(fc.nat, 3);
    const kind = depth > 2 ? 'value' : one(['value', 'value', 'value', 'mapping', 'list']);
    if (kind === 'value') return `${before}${blanks}${key}: ${written(indent)}\n`;
    if (kind === 'mapping') return `${before}${blanks}${key}:\n${mapping(inner, depth + 1)}`;
    const item = () => `${' '.repeat(inner)}- ${written(inner)}\n`;
    return `${before}${blanks}${key}:\n${item()}${one(['', item()])}`;
  };
  return mapping(0, 0);
});
