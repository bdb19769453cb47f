import {
  type Alias,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Span } from './complaint.ts';
import { MAX_DEPTH } from './inspect.ts';
import type { Path } from './mistake.ts';
import type { Fault } from './yaml-errors.ts';

/** More aliases than any manifest needs. `yaml` looks each of them up among all, which many would make slow. */
const MAX_ALIASES = 1000;

/** What a document says that JSON cannot, or not in the same way everywhere; and where its values stand. */
export class NodeCheck {
  readonly faults: Fault[] = [];
  firstAlias: Span | null = null;
  /** Anchors in the order of the document: an alias means the last one before it. */
  readonly #anchors = new Map<string, Node>();
  readonly #targets = new Map<Alias, Node>();
  readonly #open = new Set<unknown>();

  run(root: unknown): void {
    this.#visit(root);
  }

  /** Where a value, or the key that it stands behind, is; where the way ends early, as far as it leads. */
  find(root: unknown, path: Path, on: 'key' | 'value'): Span {
    let node = root;
    let key: unknown = null;
    for (const step of path) {
      const holder = isAlias(node) ? this.#targets.get(node) : node;
      if (isMap(holder)) {
        const pair = holder.items.find((item) => isScalar(item.key) && item.key.value === step);
        if (pair === undefined) break;
        key = pair.key;
        node = pair.value;
      } else if (isSeq(holder) && typeof step === 'number') {
        key = null;
        node = holder.items[step];
      } else break;
    }
    const value = spanOf(node);
    const shown = isScalar(node) && value !== null && value.length > 0;
    if (key !== null && (on === 'key' || !shown)) return spanOf(key) ?? value ?? { offset: 0, length: 1 };
    // Of a mapping without a key, its first key is what one sees.
    const first = isMap(node) && node.flow !== true ? node.items[0]?.key : undefined;
    return (
      (first === undefined ? null : spanOf(first)) ??
      (shown ? value : null) ?? { offset: value?.offset ?? 0, length: 1 }
    );
  }

  #visit(node: unknown): void {
    if (isAlias(node)) this.#alias(node);
    else if (isScalar(node)) this.#scalar(node);
    else if (isMap(node) || isSeq(node)) this.#collection(node);
  }

  #collection(node: YAMLMap | YAMLSeq): void {
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
    if (this.#open.size >= MAX_DEPTH) {
      this.#wrong(node, `this is more than ${MAX_DEPTH} levels deep`, null);
      return;
    }
    this.#open.add(node);
    const seen = new Set<unknown>();
    for (const item of node.items) {
      if (isMap(node) && isPair(item)) this.#pair(item, seen);
      else this.#visit(item);
    }
    this.#open.delete(node);
  }

  #pair({ key, value }: Pair, seen: Set<unknown>): void {
    if (!isScalar(key)) this.#wrong(key ?? value, 'a key must be a plain string', null);
    else if (typeof key.value !== 'string') {
      const text = key.source ?? String(key.value);
      this.#wrong(
        key,
        `the key ${text === '' ? 'is empty' : `${text} is not a string`}`,
        text === '' ? null : `quote it: "${text}"`,
      );
    } else if (key.value === '__proto__') this.#wrong(key, 'a key cannot be __proto__', null);
    else {
      if (seen.has(key.value)) this.#wrong(key, `"${key.value}" is given twice in one mapping`, null);
      seen.add(key.value);
      this.#scalar(key);
    }
    this.#visit(value);
  }

  #scalar(node: Scalar): void {
    const { value } = node;
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
    if (typeof value === 'number' && !Number.isFinite(value)) {
      this.#wrong(node, `${node.source ?? value} is not a number that JSON knows`, null);
    } else if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
      const hint = 'quote it if it is an id';
      this.#wrong(
        node,
        `${node.source ?? value} is too large: integers end at ±9007199254740991 (2^53-1)`,
        hint,
      );
    } else if (typeof value === 'string' && /\p{Surrogate}/u.test(value)) {
      this.#wrong(node, 'this text holds half of a surrogate pair, which is no character', null);
    }
  }

  #alias(node: Alias): void {
    this.firstAlias ??= spanOf(node);
    const target = this.#anchors.get(node.source);
    if (target === undefined) {
      const hint = `a value that begins with * must be quoted: "*${node.source}"`;
      this.#wrong(node, `there is no anchor &${node.source} before this alias`, hint);
    } else if (this.#open.has(target)) this.#wrong(node, `the alias *${node.source} leads into itself`, null);
    else if (this.#targets.size === MAX_ALIASES)
      this.#wrong(node, `more than ${MAX_ALIASES} aliases`, 'write it out');
    if (target !== undefined) this.#targets.set(node, target);
  }

  #wrong(node: unknown, message: string, hint: string | null): void {
    const span = spanOf(node) ?? { offset: 0, length: 1 };
    this.faults.push({ span, complaint: { code: 'yaml', message, hint } });
  }
}

function spanOf(node: unknown): Span | null {
  const range = (node as { range?: readonly [number, number, number] | null } | null | undefined)?.range;
  return range === null || range === undefined ? null : { offset: range[0], length: range[1] - range[0] };
}
