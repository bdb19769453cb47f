import { isMap, isScalar, type Node, Scalar, type YAMLMap } from 'yaml';
import type { Json, JsonObject } from '../domain/json.ts';
import { canonicalJson } from '../lib/canonical.ts';
import { trimEndOf } from '../lib/trim.ts';
import type { Path } from '../manifest/check/diagnostic.ts';
import type { TextFile } from '../manifest/files/text-file.ts';
import { jsonErrorAt } from '../manifest/parse/json-error.ts';
import { isJsonFile } from '../manifest/parse/parse-file.ts';
import { parseStrict } from '../manifest/parse/parse-strict.ts';
import { orderAt, orderedPaths } from './edit/key-order.ts';
import { type ManifestPosition, manifestAt, parseCst } from './edit/parse-cst.ts';
import { reorder } from './edit/reorder.ts';
import { applyTextEdits, type TextEdit } from './edit/text-edit.ts';
import { lex } from './edit/tokens.ts';
import { flowText } from './edit/yaml-text.ts';

/** A manifest of a file, and where it stands there. */
export interface PositionedManifest extends ManifestPosition {
  readonly value: JsonObject;
}

export interface Formatted {
  readonly text: string;
  /** Whether something could not be put in its place without changing what the file says: anchors, mostly. */
  readonly left: boolean;
}

/**
 * The canonical text of a file of valid manifests: keys in the schema's order, cron expressions in double
 * quotes, LF, no blanks at the ends of lines, one LF at the end. Everything else stays as it was written, and the file
 * means what it meant: each step is checked, and left out where it would not.
 */
export function formatText(file: TextFile, manifests: readonly PositionedManifest[]): Formatted {
  let original: string | null | undefined;
  const json = isJsonFile(file);
  const steps: ((text: string) => string)[] = [
    (text) => text.replaceAll('\r\n', '\n'),
    // What holds others first: they do not overlap then.
    ...[0, 1, 2, 3].map(
      (depth) => (text: string) => sorted(text, manifests, ({ length }) => length === depth),
    ),
    ...(json ? [] : [(text: string) => quoted(text, manifests)]),
    json ? withoutTrailing : withoutBlanks,
    (text) => `${trimEndOf(text, '\n')}\n`,
  ];
  let { text } = file;
  let left = false;
  for (const step of steps) {
    const next = step(text);
    if (next === text) continue;
    original ??= valuesOf(file);
    if (valuesOf({ ...file, text: next }) === original) text = next;
    else left = true;
  }
  return { text, left };
}

/** What a file says, as canonical JSON; null where it says nothing that can be read. */
function valuesOf(file: TextFile): string | null {
  const { documents, problems } = parseStrict(file);
  if (problems.length > 0) return null;
  if (isJsonFile(file) && jsonErrorAt(file.text) !== null) return null;
  return canonicalJson(documents.map(({ value }): Json => value ?? null));
}

/** Mappings in order: those of one depth at a time, which do not overlap. */
function sorted(
  text: string,
  manifests: readonly PositionedManifest[],
  which: (path: Path) => boolean,
): string {
  const edits: TextEdit[] = [];
  for (const { value, map } of mapsOf(text, manifests)) {
    for (const path of orderedPaths(value).filter(which)) {
      const node = at(map, path);
      const order = orderAt(path, value);
      const one = isMap(node) && order !== undefined ? reorder(text, node, order) : null;
      if (one !== null) edits.push(one);
    }
  }
  return applyTextEdits(text, edits);
}

/** Cron expressions in double quotes: an asterisk at the beginning needs some, and all are to look alike. */
function quoted(text: string, manifests: readonly PositionedManifest[]): string {
  const edits = mapsOf(text, manifests).flatMap(({ map }): TextEdit[] => {
    const node = at(map, ['schedule_config', 'cron_expression']);
    if (!isScalar(node) || node.type !== Scalar.PLAIN || typeof node.value !== 'string') return [];
    const [from, to] = node.range ?? [0, 0];
    return [{ from, to, text: flowText(node.value, 'cron_expression') }];
  });
  return applyTextEdits(text, edits);
}

function mapsOf(
  text: string,
  manifests: readonly PositionedManifest[],
): { value: JsonObject; map: YAMLMap }[] {
  const documents = parseCst(text);
  return manifests.flatMap((one) => {
    const map = manifestAt(documents, one);
    return map === null ? [] : [{ value: one.value, map }];
  });
}

function at(map: YAMLMap, path: Path): Node | null {
  return (path.length === 0 ? map : map.getIn(path, true)) as Node | null;
}

function withoutTrailing(text: string): string {
  return text
    .split('\n')
    .map((line) => trimEndOf(line, ' \t'))
    .join('\n');
}

/** Blanks at the ends of lines, but for those of a text. */
function withoutBlanks(text: string): string {
  const tokens = lex(text);
  return tokens
    .map((token, at) => {
      const next = tokens[at + 1];
      const ends = next === undefined || next.startsWith('\n');
      if (!ends) return token;
      return token.startsWith('#') ? token.trimEnd() : /^[ \t]+$/.test(token) ? '' : token;
    })
    .join('');
}
