import type { Json, JsonObject } from '../../domain/json.ts';

/**
 * The plain tier: manifests as most people write them, a line for each member (or several, within
 * brackets), in printable ASCII. What is read here
 * every YAML parser reads alike; all else is left to the next tier. test/manifest/agreement.test.ts holds it to the
 * strict one.
 */

const PRINTABLE = /^[\n -~]*$/;
const KEY = /^[A-Za-z_][\w-]*$/;

/** Text with nothing in it that is a sign of YAML's: brackets are none within a text that begins with a letter. */
const WORDS = /^[A-Za-z0-9_/][^:#]*$/;
const WORDS_IN_FLOW = /^[A-Za-z0-9][\w ./*+-]*$/;
const INTEGER = /^(?:0|[1-9]\d{0,14})$/;
const END_IN_FLOW = /[,[\]{}]/g;

const CONSTANTS: ReadonlyMap<string, Json> = new Map(
  [
    ['true', true],
    ['false', false],
    ['null', null],
  ].flatMap(([word, value]): [string, Json][] => {
    const text = String(word);
    return [text, `${text[0]?.toUpperCase()}${text.slice(1)}`, text.toUpperCase()].map((one) => [
      one,
      value as Json,
    ]);
  }),
);

/** Far fewer levels than the strict tier takes, and far shorter keys than YAML does. */
const MAX_LEVELS = 16;
const LONGEST_KEY = 100;

const BLANK = 0x20;
const HASH = 0x23;
const DASH = 0x2d;

interface Open {
  readonly indent: number;
  readonly value: JsonObject | Json[];
}

/** A text that holds one mapping, in plain YAML; null where only the next tier can tell. */
export function parsePlain(text: string): JsonObject | null {
  if (!PRINTABLE.test(text)) return null;
  const root: JsonObject = {};
  let top: Open = { indent: 0, value: root };
  const above: Open[] = [];
  /** A key with nothing behind it: what it holds stands on the next lines, further in. */
  let waiting: string | null = null;
  for (let start = 0, end = 0; start < text.length; start = end + 1) {
    end = text.indexOf('\n', start);
    if (end === -1) end = text.length;
    const at = afterBlanks(text, start);
    if (at >= end || text.charCodeAt(at) === HASH) continue;
    const indent = at - start;
    const isItem = text.charCodeAt(at) === DASH;
    if (waiting !== null) {
      if (indent <= top.indent || above.length >= MAX_LEVELS) return null;
      const value: JsonObject | Json[] = isItem ? [] : {};
      (top.value as JsonObject)[waiting] = value;
      above.push(top);
      top = { indent, value };
      waiting = null;
    }
    while (indent < top.indent) top = above.pop() ?? top;
    if (top.indent !== indent || Array.isArray(top.value) !== isItem) return null;
    // A dash or a colon, one blank at least, and then what it stands for.
    const sign = isItem ? at : text.indexOf(':', at);
    if (sign === -1 || sign >= end) return null;
    const from = afterBlanks(text, sign + 1);
    if (from < end) end = endOfFlow(text, from, end, indent);
    const value = from < end ? scalar(text.slice(from, end)) : undefined;
    if (from < end && (from === sign + 1 || value === undefined)) return null;
    if (Array.isArray(top.value)) {
      if (value === undefined) return null;
      top.value.push(value);
    } else {
      const key = plainKey(text.slice(at, sign));
      if (key === null || top.value[key] !== undefined) return null;
      top.value[key] = value ?? null; // where it waits, it keeps its place
      if (value === undefined && sign + 1 === end) waiting = key;
      else if (value === undefined) return null;
    }
  }
  return waiting === null && Object.keys(root).length > 0 ? root : null;
}

/** Manifests share their keys: one that was found plain is not looked at again. */
const plainKeys = new Map<string, string>();
const MOST_KEYS = 1000;

function plainKey(key: string): string | null {
  const known = plainKeys.get(key);
  if (known !== undefined) return known;
  if (key.length > LONGEST_KEY || !KEY.test(key) || key in Object.prototype || CONSTANTS.has(key))
    return null;
  if (plainKeys.size < MOST_KEYS) plainKeys.set(key, key);
  return key;
}

function afterBlanks(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === BLANK) at++;
  return at;
}

/**
 * Where a collection in brackets ends that goes on over lines, as far as can be told by their ends: they are further in than
 * its key or dash. The same end for all else.
 */
function endOfFlow(text: string, from: number, lineEnd: number, indent: number): number {
  let end = lineEnd;
  if (!'[{'.includes(text[from] ?? '')) return end;
  while (end < text.length) {
    const at = afterBlanks(text, end + 1);
    const goesOn = '[{,'.includes(text[end - 1] ?? '') || ']}'.includes(text[at] ?? '\n');
    if (!goesOn || at - end - 1 <= indent) return end;
    end = text.indexOf('\n', at);
    if (end === -1) return text.length;
  }
  return end;
}

/** The value that stands behind a key or a dash, comment aside; undefined where it is not plain. */
function scalar(written: string): Json | undefined {
  const comment = written.indexOf(' #');
  // With lines behind it, or within quotes, it may be none.
  if (comment !== -1 && written.includes('\n', comment)) return undefined;
  const text = comment === -1 ? written : written.slice(0, comment).trimEnd();
  const first = text[0];
  if (first === '[' || first === '{') return new Flow(text).read();
  return single(text, WORDS);
}

function single(text: string, words: RegExp): Json | undefined {
  const first = text[0];
  if (first === '"' || first === "'") return quoted(text, first);
  if (!words.test(text) || text.endsWith(' ')) return undefined;
  const constant = CONSTANTS.get(text);
  if (constant !== undefined) return constant;
  if (!/^\d/.test(text)) return piece(text, 0, text.length);
  if (INTEGER.test(text)) return Number(text);
  return text.includes(' ') ? piece(text, 0, text.length) : undefined; // a date, a version, a number of another notation
}

/** What stands between two quotes, where nothing in it stands for something else. */
function quoted(text: string, quote: string): string | undefined {
  const last = text.length - 1;
  if (last === 0 || text.indexOf(quote, 1) !== last || text.includes('\n')) return undefined;
  if (quote === '"' && text.includes('\\')) return undefined;
  return piece(text, 1, last);
}

/** V8 copies what is shorter, and keeps the whole text for the rest: a file for each of 100,000 manifests. */
const SHORTEST_SLICE = 13;

/** A part of a text as a text of its own. */
function piece(text: string, from: number, to: number): string {
  if (to - from < SHORTEST_SLICE) return text.slice(from, to);
  return [text.slice(from, from + 1), text.slice(from + 1, to)].join('');
}

/** `[a, b]`, `{ key: value }`, one in the other; each of their parts on a line. */
class Flow {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): Json | undefined {
    const value = this.#value(0);
    return this.#at === this.#text.length ? value : undefined;
  }

  #value(depth: number): Json | undefined {
    if (depth > 8) return undefined;
    if (this.#takes('[')) return this.#list(depth);
    return this.#takes('{') ? this.#mapping(depth) : this.#single();
  }

  #list(depth: number): Json | undefined {
    const list: Json[] = [];
    if (this.#takes(']')) return list;
    do {
      const value = this.#value(depth + 1);
      if (value === undefined) return undefined;
      list.push(value);
    } while (this.#takes(',') && this.#text[this.#at] !== ']');
    return this.#takes(']') ? list : undefined;
  }

  #mapping(depth: number): Json | undefined {
    const mapping: JsonObject = {};
    if (this.#takes('}')) return mapping;
    do {
      const colon = this.#text.indexOf(': ', this.#at);
      const key = colon === -1 ? null : plainKey(this.#text.slice(this.#at, colon));
      if (key === null || mapping[key] !== undefined) return undefined;
      this.#at = afterBlanks(this.#text, colon + 1);
      const value = this.#value(depth + 1);
      if (value === undefined) return undefined;
      mapping[key] = value;
    } while (this.#takes(',') && this.#text[this.#at] !== '}');
    return this.#takes('}') ? mapping : undefined;
  }

  #single(): Json | undefined {
    const text = this.#text;
    const quote = text[this.#at];
    let end: number;
    if (quote === '"' || quote === "'") {
      end = text.indexOf(quote, this.#at + 1) + 1;
      if (end === 0) return undefined;
    } else {
      END_IN_FLOW.lastIndex = this.#at;
      end = END_IN_FLOW.test(text) ? END_IN_FLOW.lastIndex - 1 : text.length;
    }
    const found = text.slice(this.#at, end).trimEnd();
    this.#at = end;
    this.#skip();
    return single(found, WORDS_IN_FLOW);
  }

  #takes(sign: string): boolean {
    if (this.#text[this.#at] !== sign) return false;
    this.#at++;
    this.#skip();
    return true;
  }

  #skip(): void {
    this.#at = afterBlanks(this.#text, this.#at);
    while (this.#text[this.#at] === '\n') this.#at = afterBlanks(this.#text, this.#at + 1);
  }
}
