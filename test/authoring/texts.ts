import fc from 'fast-check';
import type { Json, JsonObject } from '../../src/domain/json.ts';

/** Manifests as people write them: keys in any order, block and flow, comments and blank lines wherever they may be. */

type Gen = fc.GeneratorValue;

const pick = <T>(g: Gen, from: readonly T[]): T => g(fc.constantFrom<T[]>, ...from);
const oneIn = (g: Gen, n: number): boolean => g(fc.nat, n - 1) === 0;

/** `[value, as it is written in a block, as it is written within brackets]` */
type Spelled = readonly [value: Json, block: string, flow: string];

const plain = (text: string): Spelled => [text, text, text];
const TEXTS: readonly Spelled[] = [
  plain('clust_1'),
  plain('a b c'),
  ['0 2 * * *', '"0 2 * * *"', "'0 2 * * *'"],
  ["it's", "'it''s'", '"it\'s"'],
  ['a "b" #c', '"a \\"b\\" #c"', '"a \\"b\\" #c"'],
  ['true', '"true"', "'true'"],
  ['x: y', "'x: y'", '"x: y"'],
  ['', "''", '""'],
  plain('é 😀'),
];
const BLOCKS: readonly (readonly [value: string, lines: readonly string[]])[] = [
  ['one\n\ntwo\n', ['|', 'one', '', 'two']],
  ['one\ntwo', ['|-', 'one', 'two']],
  ['one two\n', ['>', 'one', 'two']],
  ['one\n\n', ['|+', 'one', '']],
  ['# no comment\n', ['| # a comment', '# no comment']],
];
const ODD: readonly Spelled[] = [
  plain('1'),
  ...[1.5, -2, true, null].map((one): Spelled => [one, String(one), String(one)]),
];

export interface Written {
  readonly value: JsonObject;
  readonly text: string;
  /** Every comment, each once. */
  readonly comments: readonly string[];
}

class Writer {
  readonly #g: Gen;
  readonly comments: string[] = [];

  constructor(g: Gen) {
    this.#g = g;
  }

  #comment(): string {
    const text = `# c${this.comments.length}`;
    this.comments.push(text);
    return text;
  }

  lead(indent: string): string {
    let text = '';
    for (let left = pick(this.#g, [0, 0, 0, 1, 2]); left > 0; left--) {
      text += oneIn(this.#g, 2) ? '\n' : `${indent}${this.#comment()}\n`;
    }
    return text;
  }

  trail(): string {
    return oneIn(this.#g, 4) ? `${pick(this.#g, [' ', '   '])}${this.#comment()}` : '';
  }

  scalar(): Spelled {
    const [value, block, flow] = oneIn(this.#g, 4) ? pick(this.#g, ODD) : pick(this.#g, TEXTS);
    return typeof value === 'string' && block === '1' ? [1, block, flow] : [value, block, flow];
  }

  flow(value: JsonObject): string {
    const items = Object.entries(value).map(([key, item]) => `${key}: ${JSON.stringify(item)}`);
    if (items.length === 0) return '{}';
    return oneIn(this.#g, 2) ? `{ ${items.join(', ')} }` : `{${items.join(',')}}`;
  }

  pair(key: string, indent: string, depth: number): [Json, string] {
    const kind = this.#g(fc.nat, 9);
    if (kind === 0 && depth < 3) {
      const value = this.small();
      return [value, `${indent}${key}: ${this.flow(value)}${this.trail()}\n`];
    }
    if (kind === 1 && depth < 3) {
      const [value, text] = this.mapping(
        pick(this.#g, [
          ['b', 'a'],
          ['z', 'q', 'b'],
        ]),
        `${indent}  `,
        depth + 1,
      );
      return [value, `${indent}${key}:${this.trail()}\n${text}`];
    }
    if (kind === 2) {
      const dash = `${indent}${pick(this.#g, ['', '  '])}`;
      const items = [this.scalar(), this.scalar()];
      const text = items.map(([, block]) => `${this.lead(dash)}${dash}- ${block}${this.trail()}\n`).join('');
      return [items.map(([value]) => value), `${indent}${key}:\n${text}`];
    }
    if (kind === 3) {
      const [value, [head = '', ...lines]] = pick(this.#g, BLOCKS);
      const body = lines.map((line) => (line === '' ? '' : `${indent}  ${line}`)).join('\n');
      return [value, `${indent}${key}: ${head}\n${body}\n`];
    }
    const [value, block] = this.scalar();
    return [value, `${indent}${key}: ${block}${this.trail()}\n`];
  }

  small(): JsonObject {
    return Object.fromEntries(pick(this.#g, [[], ['n'], ['n', 'm']]).map((key) => [key, this.scalar()[0]]));
  }

  mapping(keys: readonly string[], indent: string, depth: number): [JsonObject, string] {
    const order = this.#g(fc.shuffledSubarray<string>, [...keys], { minLength: keys.length });
    let text = '';
    const value: JsonObject = {};
    for (const key of order) {
      const [item, written] = this.pair(key, indent, depth);
      value[key] = item;
      text += this.lead(indent) + written;
    }
    return [value, text];
  }

  section(name: string, keys: readonly string[], indent: string): [JsonObject, string] {
    const there = this.#g(fc.subarray<string>, [...keys], { minLength: 1 });
    if (oneIn(this.#g, 3)) {
      const order = this.#g(fc.shuffledSubarray<string>, there, { minLength: there.length });
      const value = Object.fromEntries(order.map((key): [string, Json] => [key, this.scalar()[0]]));
      return [value, `${indent}${name}: ${this.flow(value)}${this.trail()}\n`];
    }
    const [value, text] = this.mapping(there, `${indent}  `, 1);
    return [value, `${indent}${name}:${this.trail()}\n${text}`];
  }

  manifest(name: string, dash: string): [JsonObject, string] {
    const indent = ' '.repeat(dash.length);
    const parts: [string, Json, string][] = [
      ['name', name, `${indent}name: ${name}${this.trail()}\n`],
      ['action_type', 'cluster', `${indent}action_type: cluster${this.trail()}\n`],
      ['trigger_type', 'cron', `${indent}trigger_type: cron${this.trail()}\n`],
    ];
    if (oneIn(this.#g, 2)) parts.push(['description', ...this.pair('description', indent, 3)]);
    if (oneIn(this.#g, 3)) parts.push(['status', 'paused', `${indent}status: paused${this.trail()}\n`]);
    parts.push(
      [
        'action_config',
        ...this.section('action_config', ['cluster_id', 'filters', 'output_collection_ids', 'x'], indent),
      ],
      ['schedule_config', ...this.section('schedule_config', ['cron_expression', 'timezone', 'x'], indent)],
    );
    const order = this.#g(fc.shuffledSubarray<(typeof parts)[number]>, parts, { minLength: parts.length });
    let text = '';
    for (const [at, [, , written]] of order.entries()) {
      text += at === 0 && dash !== '' ? dash + written.slice(dash.length) : this.lead(indent) + written;
    }
    return [Object.fromEntries(order.map(([key, value]) => [key, value])), text];
  }
}

function write(g: Gen): { values: JsonObject[]; text: string; comments: string[] } {
  const writer = new Writer(g);
  const count = pick(g, [1, 1, 2]);
  const list = oneIn(g, 3);
  const values: JsonObject[] = [];
  let text = oneIn(g, 4) ? '# yaml-language-server: $schema=x\n' : '';
  const header = text;
  for (let at = 0; at < count; at++) {
    const [value, written] = writer.manifest(`m${at}`, list ? '- ' : '');
    values.push(value);
    text += `${at > 0 && !list ? '---\n' : ''}${list ? writer.lead('') : ''}${written}`;
  }
  if (oneIn(g, 6)) text = text.replaceAll('\n', '\r\n');
  if (oneIn(g, 6)) text = text.replace(/(?:\r?\n)+$/, '');
  return { values, text, comments: header === '' ? writer.comments : [header.trim(), ...writer.comments] };
}

/** A file of one or two manifests, documents or a list. */
export const manifestFile = fc.gen().map(write);

export const odd = fc.oneof(
  fc.constantFrom<Json>(
    '',
    'new',
    'a: b',
    'no',
    '1',
    '${{ vars.x }}',
    ' x ',
    'a\nb',
    'a\n\n b\n',
    '\r\n',
    "it's",
    '# x',
    'a\tb\u0007\uffff',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }).filter(
    // No manifest holds U+0000.
    (text) => text.isWellFormed() && !text.includes('\u0000'),
  ),
  fc.constantFrom<Json>(null, true, 0, 1.5, [], {}),
);
export const value: fc.Arbitrary<Json> = fc.oneof(
  { weight: 3, arbitrary: odd },
  { weight: 1, arbitrary: fc.array(odd, { maxLength: 3 }) as fc.Arbitrary<Json> },
  {
    weight: 1,
    arbitrary: fc.dictionary(fc.constantFrom('a', 'b', 'y', 'a b'), odd, {
      maxKeys: 3,
    }) as fc.Arbitrary<Json>,
  },
);
