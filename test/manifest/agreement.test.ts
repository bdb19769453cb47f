import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/domain/json.ts';
import type { Path } from '../../src/manifest/check/diagnostic.ts';
import { lineAt } from '../../src/manifest/files/text-file.ts';
import { isPlainJsonValue } from '../../src/manifest/parse/inspect-values.ts';
import { manifestLines } from '../../src/manifest/parse/manifest-lines.ts';
import { parseFast } from '../../src/manifest/parse/parse-fast.ts';
import { parsePlain } from '../../src/manifest/parse/parse-plain.ts';
import { parseStrict } from '../../src/manifest/parse/parse-strict.ts';
import { placeInPlain } from '../../src/manifest/parse/plain-place.ts';
import { runs } from '../support/random.ts';
import { mutated, plainText, yamlText } from './yaml-text.ts';

/** What the strict tier reads; undefined where it finds anything wrong. */
function strict(text: string): Json[] | undefined {
  const { documents, problems } = parseStrict({ path: 'a.yaml', text });
  return problems.length > 0 ? undefined : documents.map(({ value }) => value as Json);
}

const RUNS = runs(3000);

describe('the fast tier agrees with the strict one wherever it answers', () => {
  it.each([
    ['plain text', 25, yamlText],
    ['mutated text', 3, mutated(yamlText)],
    [
      'characters that YAML minds',
      10,
      fc.string({ unit: fc.constantFrom(...'ab01-: \n#\'"[]{},|>*&!.%@?\\'), maxLength: 40 }),
    ],
    ['JSON', 25, fc.json().map((text) => `{"a":${text}}`)],
    ['indented JSON', 25, fc.jsonValue().map((value) => JSON.stringify({ a: value }, null, 2))],
  ] as const)('%s, of which it answers %i of a hundred at least', (_, share, texts) => {
    let answered = 0;
    fc.assert(
      fc.property(texts, (text) => {
        const fast = parseFast(text);
        if (fast === null) return;
        answered++;
        expect(strict(text)).toStrictEqual(fast);
      }),
      { numRuns: RUNS },
    );
    // Where it answers nothing, nothing is compared.
    expect(answered).toBeGreaterThan((RUNS * share) / 100);
  });

  it('knows the lines of the manifests where it claims to, of a quarter of the texts at least', () => {
    let claimed = 0;
    fc.assert(
      fc.property(yamlText, (text) => {
        const documents = parseFast(text);
        const lines = documents === null ? null : manifestLines(text, documents);
        if (documents === null || lines === null) return;
        claimed++;
        const file = { path: 'a.yaml', text };
        const found = parseStrict(file).documents.map(({ value, find }) =>
          (Array.isArray(value) ? value.map((_, at) => [at]) : [[]]).map((path) =>
            lineAt(file, find(path, 'value').offset),
          ),
        );
        expect(lines).toStrictEqual(found);
      }),
      { numRuns: RUNS },
    );
    expect(claimed).toBeGreaterThan(RUNS / 4);
  });
});

describe('the plain tier agrees with the strict one wherever it answers', () => {
  it.each([
    ['plain text', 70, plainText],
    ['mutated plain text', 3, mutated(plainText)],
    ['text of every kind', 0, yamlText],
    ['mutated text of every kind', 0, mutated(yamlText)],
  ] as const)('%s, of which it answers %i of a hundred at least', (_, share, texts) => {
    let answered = 0;
    fc.assert(
      fc.property(texts, (text) => {
        const plain = parsePlain(text);
        if (plain === null) return;
        answered++;
        expect(strict(text)).toStrictEqual([plain]);
      }),
      { numRuns: RUNS },
    );
    expect(answered).toBeGreaterThanOrEqual((RUNS * share) / 100);
  });
});

describe('a place in plain text is that of the strict tier', () => {
  it.each([
    ['plain text', 70, plainText],
    ['mutated plain text', 3, mutated(plainText)],
    ['text of every kind', 0, yamlText],
  ] as const)('%s, of which it finds one in %i of a hundred at least', (_, share, texts) => {
    let answered = 0;
    fc.assert(
      fc.property(texts, (text) => {
        const [document] = parseStrict({ path: 'a.yaml', text }).documents;
        let found = false;
        for (const path of pathsIn(document?.value)) {
          for (const on of ['key', 'value'] as const) {
            const place = placeInPlain(text, path, on);
            if (place === null) continue;
            found = true;
            const { offset = 0 } = document?.find(path, on) ?? {};
            const before = text.slice(0, offset).split('\n');
            expect(place).toEqual({ line: before.length, column: (before.at(-1) ?? '').length + 1 });
          }
        }
        if (found) answered++;
      }),
      { numRuns: RUNS },
    );
    expect(answered).toBeGreaterThanOrEqual((RUNS * share) / 100);
  });

  it('is none for what is not there, and for what stands in brackets', () => {
    const text = 'a:\n  b: { c: 1 }\n  d: [1]\n';
    for (const path of [[], ['b'], ['a', 'b', 'c'], ['a', 'd', 0], ['a', 'e'], ['a', 'b', 'c', 'd']])
      expect(placeInPlain(text, path, 'value')).toBeNull();
  });
});

/** The paths of all values in a value. */
function pathsIn(value: Json | undefined, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return (Array.isArray(value) ? [...value.entries()] : Object.entries(value)).flatMap(([key, inner]) => [
    [...path, key],
    ...pathsIn(inner, [...path, key]),
  ]);
}

describe('what nearly every manifest holds stays on the fast tier', () => {
  it.each([
    'cron: "0 2 * * *"\n',
    'cron: "*/15 * * * *" # every quarter\n',
    "cron: '*/15 8-18/2 * * MON-FRI'\n",
    'cron: 0 2 * * *\n',
    'a: { cluster_id: clust_1, filters: { status: active } }\n',
    '# a comment, with a comma\n---\na: 1.5\nb: true\nc:\n  - x\n  - y\n',
    'a: |\n  text\n\n  more\nb: >-\n  folded\n',
    'a: it is what it is\nb: http://x/y?z=1&w=2\n',
    '{"a": {"b": ["0 2 * * *", 1, null]}}',
    '{\n  "a": [\n    1\n  ]\n}\n',
    '- name: a\n  b: 1\n\n- name: b\n',
    'a: 1\r\nb: "x"\r\n',
  ])('%j', (text) => {
    expect(parseFast(text)).not.toBeNull();
  });
});

describe('texts that the parsers read differently go to the strict tier', () => {
  it.each([
    '1: a\n',
    'null: a\n',
    '~: a\n',
    'a: &x 1\nb: *x\n',
    'a: !!str 1\n',
    '? a\n: b\n',
    '%YAML 1.2\n---\na: 1\n',
    '<<: { a: 1 }\n',
    'a: 0b11\n',
    'a: -0\n',
    'a: -.5\n',
    'a: 1_000\n',
    'a: 1e999\n',
    'a: .inf\n',
    '.inf: 1\n',
    'a: { -.inf: 1 }\n',
    '.nan: 1\n',
    'a: 9007199254740993\n',
    '__proto__: 1\n',
    '"__pro\\u0074o__": 1\n',
    '[a]: b\n',
    'a:\t1\n',
    'a: b\rc: d\n',
    'a: "x"#c\n',
    '--- a: 1\n',
    '- -\n- a\n',
    'a: "x\n  y"\n',
    'a: [b,\n  c]\n',
    'a: |2\n   x\n',
    'a: |+\n  x\n\n ',
    `a: ${'9'.repeat(400)}\n`,
    'a: "\\ud800"\n',
    'a: b\x7fc\n',
    'a: "b\x9bc"\n',
    '{"a": "\ufffe"}',
    `${'k'.repeat(1025)}: 1\n`,
  ])('%j', (text) => {
    expect(parseFast(text)).toBeNull();
  });
});

describe('what the strict tier refuses, the plain one leaves to it', () => {
  const nested = Array.from({ length: 101 }, (_, level) => `${' '.repeat(level)}a:\n`).join('');
  it.each([
    ['a flow mapping with a key that is true', 'a: { True: 1 }\n'],
    ['a flow mapping with a key that is null', 'a: [{ b: 1, null: 2 }]\n'],
    ['a key that is true', 'true: 1\n'],
    ['a key of 1,025 characters', `${'k'.repeat(1025)}: 1\n`],
    ['a line that is further in, behind a comment', 'a: [b] # in a list,\n  c: 1\n'],
    ['a line that is further in, behind a list', 'a: [b],\n  c: 1\n'],
    ['brackets that go on no further in', 'a: {\nb: 1 }\n'],
    ['brackets that stay open', 'a: [b,\n  c\n'],
    ['101 levels', `${nested}${' '.repeat(101)}a: 1\n`],
  ])('%s', (_, text) => {
    expect(strict(text)).toBeUndefined();
    expect(parsePlain(text)).toBeNull();
  });
});

it('takes nothing deeper than the strict tier, whatever its parser would', () => {
  const nested = (levels: number): Json => (levels === 0 ? 1 : [nested(levels - 1)]);
  expect(isPlainJsonValue(nested(100))).toBe(true);
  expect(isPlainJsonValue(nested(101))).toBe(false);
});
