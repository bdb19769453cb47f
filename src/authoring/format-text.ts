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
  const json = isJsonFile(file);
  const steps: readonly Step[] = [
    whole((text) => text.replaceAll('\r\n', '\n')),
    // What holds others first: they do not overlap then.
    ...[0, 1, 2, 3].map(
      (depth): Step =>
        (text) =>
          sorted(text, manifests, ({ length }) => length === depth),
    ),
    ...(json ? [] : [(text: string) => quoted(text, manifests)]),
    whole(json ? withoutTrailing : withoutBlanks),
    whole((text) => `${trimEndOf(text, '\n')}\n`),
  ];
  let original: string | null | undefined;
  const meansTheSame = (text: string): boolean => {
    original ??= valuesOf(file);
    return valuesOf({ ...file, text }) === original;
  };
  let { text } = file;
  // What could not move may move once another key has. This ends: no step undoes what one did.
  for (;;) {
    const before = text;
    let left = false;
    for (const step of steps) {
      const edits = step(text);
      const kept = edits.length > 1 ? edits.filter((one) => isHarmless({ ...file, text }, one)) : edits;
      const next = applyTextEdits(text, kept);
      const holds = next === text || meansTheSame(next);
      left ||= !holds || kept.length < edits.length;
      if (holds) text = next;
    }
    if (text === before) return { text, left };
  }
}

/** What is to change in a text, without overlaps. */
type Step = (text: string) => readonly TextEdit[];

function whole(change: (text: string) => string): Step {
  return (text) => {
    const next = change(text);
    return next === text ? [] : [{ from: 0, to: text.length, text: next }];
  };
}

/**
 * Whether an edit leaves what its own stretch says as it is: a manifest that cannot be put in order is no reason to leave
 * the others. A stretch that refers to something outside says nothing alone; the whole file tells then.
 */
function isHarmless({ path, text }: TextFile, { from, to, text: after }: TextEdit): boolean {
  // Blank lines behind it may be part of a block at its end.
  const behind = /^\s*(?=\n)/.exec(text.slice(to))?.[0] ?? '';
  const before = valuesOf({ path, text: text.slice(from, to) + behind });
  return before === null || valuesOf({ path, text: after + behind }) === before;
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
): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  for (const { value, map } of mapsOf(text, manifests)) {
    for (const path of orderedPaths(value).filter(which)) {
      const node = at(map, path);
      const order = orderAt(path, value);
      const one = isMap(node) && order !== undefined ? reorder(text, node, order) : null;
      if (one !== null) edits.push(one);
    }
  }
  return edits;
}

/** Cron expressions in double quotes: an asterisk at the beginning needs some, and all are to look alike. */
function quoted(text: string, manifests: readonly PositionedManifest[]): readonly TextEdit[] {
  return mapsOf(text, manifests).flatMap(({ map }): TextEdit[] => {
    const node = at(map, ['schedule_config', 'cron_expression']);
    if (!isScalar(node) || node.type !== Scalar.PLAIN || typeof node.value !== 'string') return [];
    const [from, to] = node.range ?? [0, 0];
    return [{ from, to, text: flowText(node.value, 'cron_expression') }];
  });
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
