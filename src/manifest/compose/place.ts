import type { Layer } from '../../domain/layer.ts';
import type { Problem } from '../../domain/problem.ts';
import { isObject } from '../../lib/is-object.ts';
import type { Diagnostic } from '../check/diagnostic.ts';
import { valueAt } from '../check/schema-diagnostics.ts';
import type { Secrets } from '../files/key-patterns.ts';
import { readText } from '../files/repository-file.ts';
import type { TextFile } from '../files/text-file.ts';
import { locate, repeats, strictParser } from '../parse/parse-file.ts';
import type { StrictResult } from '../parse/parse-strict.ts';
import type { Composition, WrittenManifest } from './compose.ts';
import type { Each } from './for-each.ts';
import { type Origin, originOf } from './layer.ts';

/** What is wrong, with the document of a file in which it is written; its path leads through that document. */
export interface PlacedDiagnostic {
  readonly file: string;
  readonly real: string;
  readonly document: number;
  readonly diagnostic: Diagnostic;
}

/** Something wrong with a manifest as it is written. */
export function placeWritten(
  { file, real, document, at }: WrittenManifest,
  diagnostic: Diagnostic,
): PlacedDiagnostic {
  return { file, real, document, diagnostic: { ...diagnostic, path: [...at, ...diagnostic.path] } };
}

/**
 * Something wrong with what a manifest comes to, where that was written. It names the key and the environment that
 * made it so.
 */
export function placeComposed(
  written: WrittenManifest,
  { layers }: Composition,
  each: Each | null,
  environment: string | null,
  diagnostic: Diagnostic,
): PlacedDiagnostic {
  if (layers.length === 0) return placeWritten(written, diagnostic);
  const { layer, path } =
    diagnostic.code === 'missing'
      ? takenAway(written, layers, diagnostic)
      : originOf(layers, diagnostic.path);
  const overlaid = environment !== null && layers.some(({ kind }) => kind === 'overlay');
  const circumstances = [
    ...(each === null ? [] : [`for the key ${each.key}`]),
    ...(overlaid ? [`in environment ${environment}`] : []),
  ].join(' ');
  const worded = (message: string) => (circumstances === '' ? message : `${message} (${circumstances})`);
  const { reword } = diagnostic;
  return placeWritten(layer, {
    ...diagnostic,
    path,
    message: worded(diagnostic.message),
    ...(reword === undefined
      ? {}
      : {
          reword: (source: string) => {
            const said = reword(source);
            return { ...said, message: worded(said.message) };
          },
        }),
  });
}

/** Where a null takes away what is missing; else the manifest, which does not give it. */
function takenAway(
  written: WrittenManifest,
  layers: readonly Layer[],
  { path, message }: Diagnostic,
): Origin {
  for (const layer of layers.toReversed()) {
    const holder = valueAt(layer.value, path);
    const [gone] = isObject(holder)
      ? Object.keys(holder).filter((key) => holder[key] === null && message.includes(key))
      : [];
    if (gone !== undefined) return { layer, path: [...path, gone] };
  }
  return { layer: { ...written, kind: 'manifest' }, path };
}

/** A file that was read already. */
export interface ReadFile {
  readonly real: string;
  readonly file: TextFile;
  readonly positions: StrictResult | null;
}

/**
 * Diagnostics as problems with line and column. Files are read once more: their texts were forgotten when nothing was
 * wrong with them.
 *
 * @param known the one that is being read
 */
export async function problemsAt(
  placed: readonly PlacedDiagnostic[],
  secrets: Secrets,
  known: ReadFile | null = null,
): Promise<Problem[]> {
  if (placed.length === 0) return [];
  const parse = await strictParser();
  const files = new Map<string, { file: TextFile; positions: StrictResult }>();
  if (known !== null)
    files.set(known.real, { file: known.file, positions: known.positions ?? parse(known.file, secrets) });
  return placed.flatMap(({ file: path, real, document, diagnostic }) => {
    let read = files.get(real);
    if (read === undefined) {
      const text = readText(real);
      const file: TextFile = { path, text: typeof text === 'string' ? text : '' };
      read = { file, positions: parse(file, secrets) };
      files.set(real, read);
    }
    const { file, positions } = read;
    if (repeats(positions, document, null, diagnostic)) return [];
    return locate(file, positions, document, null, diagnostic, secrets);
  });
}
