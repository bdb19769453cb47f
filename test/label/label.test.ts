import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Label } from '../../src/domain/label.ts';
import { decodeValue, encodeValue } from '../../src/label/encoding.ts';
import { formatDescription, formatLabel } from '../../src/label/format-label.ts';
import { LABEL_MARK, readDescription, readMarked, readPlainly } from '../../src/label/parse-label.ts';
import { runs } from '../support/random.ts';

const LABEL: Label = {
  owner: 'acme/search',
  name: 'nightly-products',
  spec: { fixed: '3f9a1c2b', patchable: '7d4e5f60' },
  lastObserved: null,
  status: 'active',
  protect: false,
  replaces: null,
  was: null,
  hold: null,
  by: null,
  until: null,
  rev: '8c1d2e3f4a5b',
  unknown: [],
};
const LINE =
  '[mxt:1 owner=acme/search name=nightly-products spec=3f9a1c2b7d4e5f60 status=active rev=8c1d2e3f4a5b]';

/** Any UTF-16 text, lone surrogates and line ends of every kind among it. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('\r', '\n', ' ', '\t', 'a', ']', '[', '\ud800', '\u2028', 'é') }),
);
const userText = anyText.filter((text) => !text.includes('[mxt:'));
const value = fc.string({ unit: 'grapheme', minLength: 1 });
const hashes = fc.record({
  fixed: fc.stringMatching(/^[0-9a-f]{8}$/),
  patchable: fc.stringMatching(/^[0-9a-f]{8}$/),
});
const status = fc.constantFrom('active' as const, 'paused' as const, null);
const anyLabel: fc.Arbitrary<Label> = fc.record({
  owner: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,20}$/),
  name: fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/),
  spec: hashes,
  lastObserved: fc.option(hashes),
  status,
  protect: fc.boolean(),
  replaces: fc.option(value),
  was: status,
  hold: fc.option(value),
  by: fc.option(value),
  until: fc.option(fc.constant('2026-12-01T00:00:00Z')),
  rev: fc.option(fc.stringMatching(/^[0-9a-f]{12}$/)),
  unknown: fc.constantFrom([], [['later', 'x%20y'] as const]),
});

describe('the ownership label', () => {
  it('is written as the contract shows it', () => {
    expect(formatDescription('Nightly re-cluster of active products', LABEL)).toBe(
      `Nightly re-cluster of active products\n\n${LINE}`,
    );
    expect(formatDescription('', LABEL)).toBe(LINE);
  });

  it('writes its keys in the order of the contract', () => {
    const full: Label = {
      ...LABEL,
      lastObserved: { fixed: '00000000', patchable: '11111111' },
      protect: true,
      replaces: 'trg_1',
      was: 'active',
      hold: 'costs too much',
      by: 'ada@example.com',
      until: '2026-12-01T00:00:00Z',
      unknown: [['later', 'x']],
    };
    expect(formatLabel(full)).toBe(
      '[mxt:1 owner=acme/search name=nightly-products spec=3f9a1c2b7d4e5f60 seen=0000000011111111 status=active ' +
        'protect=1 replaces=trg_1 was=active hold=costs%20too%20much by=ada%40example.com ' +
        'until=2026-12-01T00%3A00%3A00Z later=x rev=8c1d2e3f4a5b]',
    );
  });

  it('keeps any text before it byte for byte, and reads back what it wrote', () => {
    fc.assert(
      fc.property(userText, anyLabel, (text, label) => {
        const reading = readDescription(formatDescription(text, label));
        expect(reading).toEqual({ kind: 'labelled', label, text, labelLayout: null });
      }),
      { numRuns: runs(1000) },
    );
  });

  it('is read alike the quick way and the whole way, whatever slips into it', () => {
    let quick = 0;
    const slip = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      insert: fc.constantFrom(
        '',
        '',
        '\n',
        '\r',
        ' ',
        '0',
        'A',
        '=',
        ']',
        '[mxt:',
        ' protect=1',
        ' status=paused',
      ),
      drop: fc.nat(2),
    });
    const written = fc.tuple(userText, anyLabel, fc.boolean()).map(([text, label, plain]) => {
      const { owner, name, spec, status, rev } = label;
      const usual = { ...LABEL, owner, name, spec, status, rev };
      return formatDescription(text, plain ? usual : label);
    });
    fc.assert(
      fc.property(written, fc.array(slip, { maxLength: 2 }), (before, slips) => {
        const description = slips.reduce((text, { at, insert, drop }) => {
          const offset = Math.floor(at * text.length);
          return text.slice(0, offset) + insert + text.slice(offset + drop);
        }, before);
        const start = description.indexOf(LABEL_MARK);
        if (start === -1) return;
        const plain = readPlainly(description, start);
        if (plain === null) return;
        quick++;
        expect(readMarked(description, start)).toEqual(plain);
      }),
      { numRuns: runs(3000) },
    );
    expect(quick).toBeGreaterThan(runs(600));
  });

  it('percent-encodes any value and decodes it again', () => {
    fc.assert(
      fc.property(value, (one) => {
        expect(encodeValue(one)).toMatch(/^[A-Za-z0-9._/%-]+$/);
        expect(decodeValue(encodeValue(one))).toBe(one);
      }),
    );
  });

  it.each([
    ['alone after CRLF', `text\r\n\r\n${LINE}\r\n`, 'text'],
    ['trailing blanks', `text\n\n${LINE}  \t`, 'text'],
    ['a blank line after it', `text\n\n${LINE}\n\n`, 'text'],
    ['no empty line before it', `text\n${LINE}`, 'text'],
    ['moved to the top', `${LINE}\n\ntext`, 'text'],
    ['text added after it', `text\n\n${LINE}\nand more`, 'text\n\nand more'],
    ['in the middle', `one\n\n${LINE}\n\ntwo`, 'one\n\ntwo'],
    ['an empty line before it and no text', `\n\n${LINE}`, ''],
  ])('still counts, and is not well formed: %s', (_, description, text) => {
    expect(readDescription(description)).toEqual({
      kind: 'labelled',
      label: LABEL,
      text,
      labelLayout: expect.any(String),
    });
  });

  it.each<[string, (written: string) => string]>([
    ['a line end after it', (written) => `${written}\n`],
    ['CRLF', (written) => written.replaceAll('\n', '\r\n')],
    ['no empty line', (written) => written.replace(/\n+(?=\[mxt:)/, '\n')],
    ['at the top', (written) => written.replace(/^([\s\S]*)\n\n(\[.*)$/, '$2\n\n$1')],
  ])('stands in one form for a service that writes %s, whatever text and label say', (_, rewrite) => {
    const form = (text: string, label: Label) => {
      const reading = readDescription(rewrite(formatDescription(text, label)));
      return reading.kind === 'labelled' ? reading.labelLayout : reading.kind;
    };
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,9}(\n[a-z]{1,9}){0,3}$/), anyLabel, (text, label) => {
        expect(form(text, label)).toBe(form('text', LABEL));
        expect(form(text, label)).not.toBeNull();
      }),
    );
  });

  it.each([
    ['cut off', `text\n\n${LINE.slice(0, -30)}`],
    ['joined to the text', `text ${LINE}`],
    ['indented', `text\n\n  ${LINE}`],
    ['text on its line', `text\n\n${LINE} more`],
    ['spec of a wrong length', LINE.replace('7d4e5f60', '7d4e')],
    ['spec in capitals', LINE.replace('3f9a1c2b', '3F9A1C2B')],
    ['keys in another order', LINE.replace(/owner=(\S+) name=(\S+)/, 'name=$2 owner=$1')],
    ['a key twice', LINE.replace(' rev', ' status=paused rev')],
    ['a status of no meaning', LINE.replace('status=active', 'status=off')],
    ['no owner', LINE.replace('owner=acme/search ', '')],
    ['an encoding that is none', LINE.replace('acme/search', 'acme%2')],
    ['two labels', `${LINE}\n${LINE}`],
    ['a name that no manifest can have', LINE.replace('nightly-products', 'x%0Atouch%20y')],
    ['an owner that no configuration can have', LINE.replace('acme/search', '%1B')],
    ['no version', LINE.replace('mxt:1', 'mxt:')],
  ])('is damaged: %s', (_, description) => {
    expect(readDescription(description).kind).toBe('damaged');
  });

  it('says what a damaged one seems to name', () => {
    expect(readDescription(`text ${LINE.slice(0, -40)}`)).toEqual({
      kind: 'damaged',
      owners: ['acme/search'],
      names: ['nightly-products'],
    });
  });

  it('tells a version that it does not know, and whose it is', () => {
    expect(readDescription('text\n\n[mxt:2 owner=acme/search anything goes]')).toEqual({
      kind: 'unknown-version',
      version: '2',
      owner: 'acme/search',
    });
  });

  it('finds none in text that has none', () => {
    for (const text of ['', 'plain', '[mxt]', '[MXT:1 owner=a]', 'mxt:1 owner=acme/search']) {
      expect(readDescription(text)).toEqual({ kind: 'unlabelled', text });
    }
  });
});
