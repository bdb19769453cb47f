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
import type { Json, JsonObject } from '../../domain/json.ts';
import type { Span } from '../check/diagnostic-message.ts';
import { MAX_DEPTH } from './inspect-values.ts';
import { type Fault, spanOf } from './node-position.ts';
import { keyFault, scalarFault } from './scalar-fault.ts';

/** What is known of an anchor: its node, and once that is read, its value and how deep that goes. */
interface Anchored {
  readonly node: Node;
  value?: Json;
  height: number;
}

const MERGE: Omit<Fault['diagnostic'], 'code'> = {
  message: 'merge keys are YAML 1.1, which mxt does not read',
  hint: 'write the properties out, or use an alias for a whole value',
};

/**
 * Reads a document's nodes as JSON, and finds what they say that JSON cannot, or not in the same way everywhere.
 * A value is made whatever is wrong, so that it can be checked as well: of two equal keys the first counts, a key
 * that is none is left out, what cannot be read is null. An alias shares its anchor's value, which keeps this
 * linear however often it stands.
 */
export class NodeCheck {
  readonly faults: Fault[] = [];
  firstAlias: Span | null = null;
  /** Nodes whose value has a fault: another diagnostic about it would only repeat that. */
  readonly faulty = new Set<unknown>();
  /** Mappings with a merge key: which of their properties are missing, nobody can tell. */
  readonly merging = new Set<unknown>();
  /** What each alias stands for. */
  readonly targets = new Map<Alias, Node>();
  /** Anchors in the order of the document: an alias means the last one before it. */
  readonly #anchors = new Map<string, Anchored>();
  readonly #open = new Set<unknown>();
  /** How deep the value goes that was read last. */
  #height = 0;
  /** Offsets of the parser's own faults with tags and escapes, in order, not yet reached. */
  readonly #pending: number[];

  /** @param parserFaults offsets of what the parser found wrong with tags and escapes, which still leave nodes */
  constructor(parserFaults: readonly number[] = []) {
    this.#pending = [...parserFaults].sort((a, b) => a - b);
  }

  run(root: unknown): Json {
    return this.#read(root);
  }

  #read(node: unknown): Json {
    this.#height = 0;
    if (isAlias(node)) return this.#alias(node);
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) return null;
    this.#claimParserFaults(node);
    const anchored: Anchored = { node, height: 0 };
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, anchored);
    const value = isScalar(node) ? this.#scalar(node) : this.#collection(node);
    anchored.value = value;
    anchored.height = this.#height;
    return value;
  }

  #collection(node: YAMLMap | YAMLSeq): Json {
    if (this.#open.size >= MAX_DEPTH) {
      this.#wrong(node, `this is nested more than ${MAX_DEPTH} levels deep`, null);
      return null;
    }
    this.#open.add(node);
    let height = 0;
    const value: JsonObject | Json[] = isMap(node) ? {} : [];
    const seen = new Set<string>();
    for (const item of node.items) {
      if (isMap(node) && isPair(item)) this.#pair(node, item, seen, value as JsonObject);
      else if (Array.isArray(value)) value.push(this.#read(item));
      height = Math.max(height, this.#height);
    }
    this.#open.delete(node);
    this.#height = height + 1;
    return value;
  }

  #pair(map: YAMLMap, { key, value }: Pair, seen: Set<string>, into: JsonObject): void {
    const fault = keyFault(key);
    if (isMerge(key)) {
      this.#fault(key, MERGE.message, MERGE.hint);
      this.merging.add(map);
      this.#height = 0;
      if (!isAlias(value)) this.#read(value);
    } else if (fault !== null) {
      this.#fault(key ?? value, fault.message, fault.hint);
      if (isScalar(key)) this.#read(key);
      this.#read(value);
    } else {
      const name = String(this.#read(key));
      const twice = seen.has(name);
      if (twice) this.#fault(key, `"${name}" is given twice in one mapping`, null);
      seen.add(name);
      const read = this.#read(value);
      if (!twice) into[name] = read;
    }
  }

  #scalar(node: Scalar): Json {
    const fault = scalarFault(node);
    if (fault !== null) this.#wrong(node, fault.message, fault.hint);
    return node.value as Json;
  }

  #alias(node: Alias): Json {
    this.firstAlias ??= spanOf(node);
    const target = this.#anchors.get(node.source);
    if (target === undefined) {
      const hint = `a value that begins with * must be quoted: "*${node.source}"`;
      this.#wrong(node, `there is no anchor &${node.source} before this alias`, hint);
      return null;
    }
    if (this.#open.has(target.node)) {
      this.#wrong(node, `the alias *${node.source} contains itself`, null);
      return null;
    }
    this.targets.set(node, target.node);
    if (this.#open.size + target.height > MAX_DEPTH) {
      this.#wrong(node, `this is nested more than ${MAX_DEPTH} levels deep`, null);
      return null;
    }
    this.#height = target.height;
    return target.value ?? null;
  }

  /** Marks a node whose text or tag the parser found faulty. */
  #claimParserFaults(node: Scalar | YAMLMap | YAMLSeq): void {
    const [start, end] = node.range ?? [0, 0];
    if (node.tag === undefined && !isScalar(node)) return;
    while ((this.#pending[0] ?? Number.POSITIVE_INFINITY) < (isScalar(node) ? end : start)) {
      const offset = this.#pending.shift() ?? 0;
      if (node.tag !== undefined || offset >= start) this.faulty.add(node);
    }
  }

  #wrong(node: unknown, message: string, hint: string | null): void {
    this.faulty.add(node);
    this.#fault(node, message, hint);
  }

  #fault(node: unknown, message: string, hint: string | null): void {
    const span = spanOf(node) ?? { offset: 0, length: 1 };
    this.faults.push({ span, diagnostic: { code: 'yaml', message, hint } });
  }
}

/** `<<` without quotes: in YAML 1.2 a key like any other, though nobody means it so. */
function isMerge(key: unknown): boolean {
  return isScalar(key) && key.value === '<<' && key.type === 'PLAIN';
}
