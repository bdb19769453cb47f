import type { Json, JsonObject } from '../../domain/json.ts';

/**
 * The plain tier: manifests as most people write them, a line for each member, in printable ASCII. What is read here
 * every YAML parser reads alike; all else is left to the next tier. test/manifest/agreement.test.ts holds it to the
 * strict one.
 */

/** Block scalars, tabs, anchors, tags, documents: nothing of that is here. */
const LINE = /^( *)(?:([A-Za-z_][\w-]*):(?: +(\S.*))?|- +(\S.*))$/;
const COMMENT = /^ *(?:#|$)/;
const PRINTABLE = /^[\n -~]*$/;

/** Text with nothing in it that is a sign of YAML's, at whatever place. */
const WORDS = /^[A-Za-z0-9_/][^:#[\]{},]*$/;
const WORDS_IN_FLOW = /^[A-Za-z0-9][\w ./*+-]*$/;
const INTEGER = /^(?:0|[1-9]\d{0,14})$/;
const QUOTED = /^(?:"([^"\\]*)"|'([^']*)')$/;
const KEY_IN_FLOW = /([A-Za-z_][\w-]*): +/y;

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

interface Open {
  readonly indent: number;
  readonly value: JsonObject | Json[];
}

/** A text that holds one mapping, in plain YAML; null where only the next tier can tell. */
export function parsePlain(text: string): JsonObject | null {
  if (!PRINTABLE.test(text)) return null;
  const root: JsonObject = {};
  const open: Open[] = [{ indent: 0, value: root }];
  /** A key with nothing behind it: what it holds stands on the next lines, further in. */
  let waiting: { readonly indent: number; readonly fill: (value: JsonObject | Json[]) => void } | null = null;
  for (const line of text.split('\n')) {
    if (COMMENT.test(line)) continue;
    const [, blanks = '', key, value, item] = LINE.exec(line) ?? [];
    if (key === undefined && item === undefined) return null;
    const indent = blanks.length;
    if (waiting !== null) {
      if (indent <= waiting.indent || open.length >= MAX_LEVELS) return null;
      const inner = item === undefined ? {} : [];
      waiting.fill(inner);
      open.push({ indent, value: inner });
      waiting = null;
    }
    while (open.length > 1 && indent < (open.at(-1)?.indent ?? 0)) open.pop();
    const top = open.at(-1);
    if (top === undefined || top.indent !== indent || Array.isArray(top.value) !== (item !== undefined))
      return null;
    const holder = top.value;
    if (Array.isArray(holder)) {
      const read = scalar(item ?? '');
      if (read === undefined) return null;
      holder.push(read);
    } else if (key === undefined || key.length > LONGEST_KEY || key in holder || CONSTANTS.has(key))
      return null;
    else if (value === undefined) {
      waiting = {
        indent,
        fill: (inner) => {
          holder[key] = inner;
        },
      };
      holder[key] = null; // keeps its place
    } else {
      const read = scalar(value);
      if (read === undefined) return null;
      holder[key] = read;
    }
  }
  return waiting === null && Object.keys(root).length > 0 ? root : null;
}

/** The value that stands behind a key or a dash, comment aside; undefined where it is not plain. */
function scalar(written: string): Json | undefined {
  const comment = written.indexOf(' #');
  // Within quotes it may be none.
  const text = comment === -1 ? written : written.slice(0, comment).trimEnd();
  const [first = ''] = text;
  if (first === '[' || first === '{') return new Flow(text).read();
  return single(text, WORDS);
}

function single(text: string, words: RegExp): Json | undefined {
  const quoted = QUOTED.exec(text);
  if (quoted !== null) return quoted[1] ?? quoted[2];
  if (!words.test(text) || text.endsWith(' ')) return undefined;
  const constant = CONSTANTS.get(text);
  if (constant !== undefined) return constant;
  if (!/^\d/.test(text)) return text;
  if (INTEGER.test(text)) return Number(text);
  return text.includes(' ') ? text : undefined; // a date, a version, a number of another notation
}

/** `[a, b]`, `{ key: value }`, one in the other, on one line. */
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
    } while (this.#takes(','));
    return this.#takes(']') ? list : undefined;
  }

  #mapping(depth: number): Json | undefined {
    const mapping: JsonObject = {};
    if (this.#takes('}')) return mapping;
    do {
      KEY_IN_FLOW.lastIndex = this.#at;
      const [whole = '', key] = KEY_IN_FLOW.exec(this.#text) ?? [];
      if (key === undefined || key in mapping || CONSTANTS.has(key)) return undefined;
      this.#at += whole.length;
      const value = this.#value(depth + 1);
      if (value === undefined) return undefined;
      mapping[key] = value;
    } while (this.#takes(','));
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
      end = this.#at;
      while (end < text.length && !',[]{}'.includes(text[end] ?? '')) end++;
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
    while (this.#text[this.#at] === ' ') this.#at++;
  }
}
