import { Document, isCollection, isScalar, type Node, Pair, Scalar, visit, YAMLMap, YAMLSeq } from 'yaml';
import type { Json, JsonObject } from '../../domain/json.ts';
import { ordered } from './key-order.ts';
import { escapeOdd, styleOf } from './scalar-style.ts';
import { lex } from './tokens.ts';

/** A mapping or a list that fits into a line of this length stands in one. */
const WIDTH = 90;

const WRITE = { version: '1.2', schema: 'core', aliasDuplicateObjects: false } as const;

/** One manifest in canonical form: keys in the schema's order, UTF-8, LF, an LF at its end. */
export function manifestText(manifest: JsonObject): string {
  const document = new Document(ordered(manifest), WRITE);
  const map = document.contents as unknown as YAMLMap<Scalar, Node>;
  styleScalars(document);
  for (const { key, value } of map.items) {
    const name = String(key.value);
    // What to run is what one reads first: a line each. When it runs is one thought.
    if (name === 'action_config' || name === 'lifecycle') spread(value);
    else layOut(key, value, 0);
  }
  return print(document);
}

/**
 * `key: value` in block style, canonical, indented by `column` but for its first line; without a line's end. A text may
 * ask for its style.
 */
export function pairText(key: string, value: Json, column: number, style?: Scalar.Type): string {
  return keyText(key) + valueText(key, value, column, style);
}

/** What stands behind the key, its colon included. */
export function valueText(key: string, value: Json, column: number, style?: Scalar.Type): string {
  const document = new Document({ [key]: value }, WRITE);
  styleScalars(document);
  const [pair] = (document.contents as unknown as YAMLMap<Scalar, Node>).items;
  if (isScalar(pair?.value) && style !== undefined) pair.value.type = style;
  else if (pair?.value != null) layOut(pair.key, pair.value, column);
  const folded = style === Scalar.BLOCK_FOLDED;
  const text = print(document, folded ? WIDTH - column : 0).replace(/\n$/, '');
  return indented(text.slice(keyText(key).length), column);
}

function keyText(key: string): string {
  return flowPairText(key, 0).slice(0, -': 0'.length);
}

/** `- value` in block style, likewise. */
export function itemText(value: Json, column: number): string {
  const document = new Document([value], WRITE);
  styleScalars(document);
  const [item] = (document.contents as unknown as YAMLSeq<Node>).items;
  if (isCollection(item)) layOut(null, item, column);
  return indented(print(document).replace(/\n$/, ''), column);
}

/** A value in flow style, in one line. A text may ask for its quotes. */
export function flowText(value: Json, key: string | null, style?: Scalar.Type): string {
  const document = new Document([value], WRITE);
  styleScalars(document, key);
  const list = document.contents as unknown as YAMLSeq<Node>;
  const [item] = list.items;
  if (isScalar(item) && style !== undefined) item.type = style;
  list.flow = true;
  return print(document).replace(/^\[/, '').replace(/\]\n$/, '');
}

/** `key: value` in flow style, in one line. */
export function flowPairText(key: string, value: Json): string {
  return flowText({ [key]: value }, null)
    .replace(/^\{ /, '')
    .replace(/ \}$/, '');
}

function indented(text: string, column: number): string {
  return text.replace(/\n(?=[^\n])/g, `\n${' '.repeat(column)}`);
}

/** @param lineWidth where texts that may be folded are; 0 for nowhere */
function print(document: Document, lineWidth = 0): string {
  return escapeOdd(tight(document.toString({ lineWidth, doubleQuotedAsJSON: true })));
}

/** `[a, b]` and `{ a: b }`, as the service's own guide writes them: `yaml` has one option for both. */
function tight(text: string): string {
  if (!text.includes('[ ') && !text.includes(' ]')) return text;
  const tokens = lex(text);
  return tokens
    .filter((token, at) => {
      const blank = /^ +$/.test(token);
      return !blank || (tokens[at - 1] !== '[' && tokens[at + 1] !== ']');
    })
    .join('');
}

function styleScalars(document: Document, within: string | null = null): void {
  visit(document, {
    Scalar(where, node, path) {
      if (typeof node.value !== 'string') return;
      const holder = path.at(-1);
      const pair = holder instanceof Pair && where === 'value' ? holder : null;
      const key = isScalar(pair?.key) ? String(pair.key.value) : within;
      node.type = styleOf(node.value, key);
      // A key within quotes is read alike by everyone; `<<` is one that not everyone takes for a text.
      if (where === 'key' && (node.value === '<<' || node.type === Scalar.BLOCK_LITERAL)) {
        node.type = Scalar.QUOTE_DOUBLE;
      }
    },
  });
}

/** In one line where it fits, else a line for each member, which are laid out likewise. */
function layOut(key: Scalar | null, value: Node | null, column: number): void {
  if (!isCollection(value)) return;
  value.flow = true;
  if (value.items.length === 0 || lineLength(key, value) + column <= WIDTH) return;
  spread(value, column);
}

function spread(value: Node | null, column = 0): void {
  if (!isCollection(value)) return;
  value.flow = value.items.length === 0;
  for (const item of value.items as (Pair<Scalar, Node> | Node)[]) {
    if (item instanceof Pair) {
      if (item.value != null) layOut(item.key, item.value, column + 2);
    } else layOut(null, item, column + 2);
  }
}

function lineLength(key: Scalar | null, value: Node): number {
  const probe = new Document(null, WRITE);
  const holder = key === null ? new YAMLSeq() : new YAMLMap();
  holder.items.push((key === null ? value : new Pair(key, value)) as never);
  probe.contents = holder as never;
  const text = print(probe);
  return text.trimEnd().includes('\n') ? Number.POSITIVE_INFINITY : text.length;
}
