import { type Alias, isAlias, isMap, isScalar, isSeq, type Node } from 'yaml';
import type { Path } from '../check/diagnostic.ts';
import type { DiagnosticMessage, Span } from '../check/diagnostic-message.ts';

/** What is wrong with a stretch of a file. */
export interface Fault {
  readonly span: Span;
  readonly diagnostic: DiagnosticMessage;
}

/** A node at a path with the key that it stands behind; null where there is none. */
interface NodePosition {
  readonly node: unknown;
  readonly key: unknown;
  /** Whether the path was followed to its end. */
  readonly whole: boolean;
}

/** Follows a path as far as it leads, through aliases. */
export function follow(root: unknown, path: Path, targets: ReadonlyMap<Alias, Node>): NodePosition {
  let node = root;
  let key: unknown = null;
  for (const step of path) {
    const holder = isAlias(node) ? targets.get(node) : node;
    if (isMap(holder)) {
      const pair = holder.items.find((item) => isScalar(item.key) && item.key.value === step);
      if (pair === undefined) return { node, key, whole: false };
      key = pair.key;
      node = pair.value;
    } else if (isSeq(holder) && /^\d+$/.test(String(step))) {
      key = null;
      // Paths that come from a JSON pointer hold texts alone.
      node = holder.items[Number(step)];
    } else return { node, key, whole: false };
  }
  return { node, key, whole: true };
}

/** What to underline at a position: the key, or the value where there is one to see. */
export function underline({ node, key }: NodePosition, on: 'key' | 'value'): Span {
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

export function spanOf(node: unknown): Span | null {
  const range = (node as { range?: readonly [number, number, number] | null } | null | undefined)?.range;
  return range === null || range === undefined ? null : { offset: range[0], length: range[1] - range[0] };
}
