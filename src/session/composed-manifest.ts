import { ordered } from '../authoring/edit/key-order.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Layer } from '../domain/layer.ts';
import type { Desired } from '../domain/manifest.ts';
import { getAt, setAt, toPointer } from '../lib/pointer.ts';
import type { Composition } from '../manifest/compose/compose.ts';
import { originOf } from '../manifest/compose/layer.ts';
import type { Secrets } from '../manifest/files/key-patterns.ts';
import { readText } from '../manifest/files/repository-file.ts';
import { lineAt, type TextFile } from '../manifest/files/text-file.ts';
import { strictParser } from '../manifest/parse/parse-file.ts';
import type { StrictResult } from '../manifest/parse/parse-strict.ts';
import type { ParsedManifest } from '../manifest/read-manifests.ts';
import type { Repository } from './repository.ts';

/** Where a value of a composed manifest was written. Both numbers are 1-based. */
export interface ValueSource {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A manifest as it is in an environment, and where each of its values comes from. */
export interface ComposedManifest {
  readonly manifest: JsonObject;
  /** Null where nobody wrote it. */
  readonly sourceOf: (path: readonly (string | number)[]) => ValueSource | null;
  /** What is written there, where that is a reference or otherwise not the value itself; else null. */
  readonly writtenAs: (path: readonly (string | number)[]) => string | null;
}

/**
 * The manifest of a name, as it is composed for the repository's environment. Secrets stand as they are referred to.
 *
 * @returns null where this environment has none
 */
export async function composedManifest(
  repository: Pick<Repository, 'desired' | 'loaded' | 'composed' | 'environment'>,
  name: string,
): Promise<ComposedManifest | null> {
  const { desired, loaded, composed, environment } = repository;
  const found = desired.find((one) => one.name === name);
  const parsed = loaded.manifests.find((one) => one.name === name);
  const composition = parsed?.compositionIn(environment?.name ?? null);
  if (found === undefined || parsed === undefined || composition == null) return null;
  const manifest = withoutSecrets(asComposed(found, composed), found);
  return {
    manifest,
    sourceOf: await sourcesIn(parsed, composition, loaded.checks.secrets),
    writtenAs: (path) => {
      const pointer = toPointer(path);
      const written = getAt(composition.value, pointer);
      return typeof written === 'string' && written !== getAt(manifest, pointer) ? written : null;
    },
  };
}

/** A manifest as it is composed, in the schema's order; an "H" stands as what it became. */
export function asComposed(
  { name, writtenCron, patchable }: Desired,
  composed: ReadonlyMap<string, JsonObject>,
): JsonObject {
  const manifest = ordered(composed.get(name) ?? {});
  return writtenCron === undefined ? manifest : { ...manifest, schedule_config: patchable.schedule_config };
}

function withoutSecrets(manifest: JsonObject, { secrets }: Desired): JsonObject {
  return secrets.reduce<JsonObject>(
    (made, { pointer, template, digest }) => setAt(made, pointer, template ?? `(secret ${digest})`),
    manifest,
  );
}

/** Each file is parsed once: a value stands in its manifest, a default or an overlay. */
async function sourcesIn(
  { source, real, document, index, value }: ParsedManifest,
  { layers }: Composition,
  secrets: Secrets,
): Promise<ComposedManifest['sourceOf']> {
  const at = index === null ? [] : [index];
  const itself: Layer = { kind: 'manifest', file: source.file, real, document, at, value };
  const all = layers.length === 0 ? [itself] : layers;
  const files = new Map<string, { readonly file: TextFile; readonly positions: StrictResult }>();
  const parse = await strictParser();
  for (const layer of all) {
    const text = readText(layer.real);
    const file: TextFile = { path: layer.file, text: typeof text === 'string' ? text : '' };
    if (!files.has(layer.real)) files.set(layer.real, { file, positions: parse(file, secrets) });
  }
  return (path) => {
    const { layer, path: inside } = originOf(all, path);
    const read = files.get(layer.real);
    const span = read?.positions.documents[layer.document]?.find([...layer.at, ...inside], 'value');
    if (read === undefined || span === undefined) return null;
    const start = read.file.text.lastIndexOf('\n', span.offset - 1) + 1;
    return { file: layer.file, line: lineAt(read.file, span.offset), column: span.offset - start + 1 };
  };
}
