import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';
import type { JsonObject } from '../domain/json.ts';
import { manifestText } from './edit/yaml-text.ts';

/** A line of YAML, and what there is to say about the values that begin on it. */
export interface AnnotatedLine {
  readonly text: string;
  /** Each remark once, in the order of the values. */
  readonly remarks: readonly string[];
}

/** A value on each line: two on one may come from different files. */
function inBlocks(text: string): string {
  const document = parseDocument(text);
  visit(document, {
    Collection: (_, node) => {
      node.flow = false;
    },
  });
  return document.toString({ lineWidth: 0 });
}

/**
 * A manifest as YAML in block style, line by line.
 *
 * @param remarkOn what is said of the value at a path; null where nothing is
 */
export function annotatedYaml(
  manifest: JsonObject,
  remarkOn: (path: readonly (string | number)[]) => string | null,
): AnnotatedLine[] {
  const text = inBlocks(manifestText(manifest));
  const counter = new LineCounter();
  const { contents } = parseDocument(text, { lineCounter: counter });
  const remarks = new Map<number, string[]>();
  const walk = (node: unknown, path: readonly (string | number)[]) => {
    if (isMap<{ value: string }, Node>(node)) {
      for (const { key, value } of node.items) walk(value, [...path, key.value]);
      if (node.items.length > 0) return;
    }
    if (isSeq<Node>(node)) {
      for (const [at, item] of node.items.entries()) walk(item, [...path, at]);
      if (node.items.length > 0) return;
    }
    const range = isScalar(node) || isMap(node) || isSeq(node) ? node.range : null;
    const remark = remarkOn(path);
    if (range == null || remark === null) return;
    const { line } = counter.linePos(range[0]);
    const said = remarks.get(line) ?? [];
    if (!said.includes(remark)) remarks.set(line, [...said, remark]);
  };
  walk(contents, []);
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line, at) => ({ text: line, remarks: remarks.get(at + 1) ?? [] }));
}
