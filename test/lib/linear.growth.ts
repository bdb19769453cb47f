import { beforeAll, describe, expect, it } from 'vitest';
import { inPlaceOfJson } from '../../src/api/error-body.ts';
import { readDescription } from '../../src/label/parse-label.ts';
import { harmlessLines, printable, printableJson } from '../../src/lib/printable.ts';
import { hideSecret, maskSecretValues } from '../../src/lib/secret-values.ts';
import { trimEndOf } from '../../src/lib/trim.ts';
import { maskSecrets } from '../../src/manifest/files/key-patterns.ts';
import { conflictIn, somethingElse } from '../../src/manifest/files/not-a-manifest.ts';
import { isUnambiguousYaml } from '../../src/manifest/parse/fast-path.ts';
import { jsonErrorAt } from '../../src/manifest/parse/json-error.ts';
import { firstLine } from '../../src/manifest/parse/manifest-lines.ts';
import { tooDeep } from '../../src/manifest/parse/nesting.ts';
import { escapeMarkdown } from '../../src/render/markdown/escape-markdown.ts';
import { truncate } from '../../src/render/text/truncate.ts';
import { signFault } from '../../src/schedule/cron/cron-sign.ts';
import { type Literal, literals, proofOf } from './regex-literals.ts';

// Growth is told by time, so this is no part of the suite: npm run test:growth, on a quiet machine.

const SECRET = '\\"a key" with <signs> & letters';

/** What texts are made of that stand in the way of a careless expression. */
const PIECES = [
  ' ',
  '\n',
  '\t',
  '#',
  ':',
  '-',
  '"',
  "'",
  '\\',
  '[',
  '{',
  '|',
  '>',
  '<',
  '&',
  '_',
  '/',
  '.',
  '@',
  '1',
  'a',
  'A',
  'L',
  '\u200b',
];
const WORDS = [
  '##',
  ': ',
  '- ',
  'sk_',
  'mxp_',
  'Bearer ',
  '[mxt:1',
  ' owner=',
  '<title',
  '&#92;',
  '<<<<<<< ',
  '\r\n',
  '0x',
  '1e',
  '\\n',
];

/** Harmless texts, long: runs of one piece, of two in turn, and of one behind another. */
function* texts(length: number): Generator<string> {
  const all = [...PIECES, ...WORDS];
  for (const one of all) {
    for (const other of all) {
      const pair = one + other;
      yield `${pair.repeat(length / pair.length)}x`;
      yield `${one}${other.repeat(length / other.length)}x`;
    }
  }
}

/** Below this nothing can be told from the machine's noise, and nothing is slow either. */
const NOISE_MS = 250;

function shortest(act: () => void, tries: number): number {
  return Math.min(
    ...Array.from({ length: tries }, () => {
      const begin = performance.now();
      act();
      return performance.now() - begin;
    }),
  );
}

/** Texts on which work grows far more than they do: sixteen times as much for four times the text is a square. */
function superlinear(work: (text: string) => unknown): string[] {
  const longer = texts(4 * LENGTH);
  const found: string[] = [];
  for (const text of texts(LENGTH)) {
    const long = longer.next().value ?? '';
    const small = () => work(text);
    const isSlow = shortest(small, 1) > NOISE_MS && shortest(small, 4) > NOISE_MS / 2;
    if (isSlow && shortest(() => work(long), 3) > 10 * shortest(small, 3)) found.push(text.slice(0, 20));
  }
  return found;
}

const LENGTH = 32_000;

const unread: Literal[] = [];
for (const literal of literals()) if ((await proofOf(literal)) === 'unread') unread.push(literal);

describe('expressions that no proof reads cost linear time', () => {
  it.each(unread)(
    '$file: $source',
    ({ source, flags }) => {
      const pattern = new RegExp(source, flags.includes('g') ? flags : `${flags}g`);
      expect(superlinear((text) => text.replace(pattern, ''))).toEqual([]);
    },
    120_000,
  );
});

describe('what reads or shows texts of others costs linear time', () => {
  beforeAll(() => hideSecret(SECRET));

  it.each<[string, (text: string) => unknown]>([
    ['the quick look at YAML', isUnambiguousYaml],
    ['the search for keys', (text) => maskSecrets(text, ['key-of-sixteen', 'a'.repeat(16)])],
    ['masking', maskSecretValues],
    ['printable', printable],
    ['printable JSON', (text) => printableJson([text])],
    ['the edge', harmlessLines],
    ['cut', (text) => truncate(text, 100)],
    ['Markdown', escapeMarkdown],
    ['the title of an HTML page', (text) => inPlaceOfJson(`<html>${text}`, {})],
    ['the place of an error in JSON', jsonErrorAt],
    ['nesting', tooDeep],
    ['the first line', firstLine],
    ['conflicts', conflictIn],
    ['encrypted files', somethingElse],
    ['labels', readDescription],
    ['labels in a line', (text) => readDescription(`a\n\n[mxt:1${text}]`)],
    ['cron', (text) => signFault(text, 'the minute')],
    ['the end of a text', (text) => trimEndOf(text, ' \n/')],
  ])(
    '%s',
    (_, work) => {
      expect(superlinear(work)).toEqual([]);
    },
    120_000,
  );
});
