import type { Json, JsonObject } from '../domain/json.ts';
import type { Desired } from '../domain/manifest.ts';
import { getAt, setAt, toPointer } from '../lib/pointer.ts';
import { readText } from '../manifest/files/repository-file.ts';
import { lineAt, type TextFile } from '../manifest/files/text-file.ts';
import type { ParsedManifest } from '../manifest/load-manifests.ts';
import { strictParser } from '../manifest/parse/parse-file.ts';
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
  { desired, loaded }: Pick<Repository, 'desired' | 'loaded'>,
  name: string,
): Promise<ComposedManifest | null> {
  const found = desired.find((one) => one.name === name);
  const parsed = loaded.manifests.find((one) => one.name === name);
  if (found === undefined || parsed === undefined) return null;
  const manifest = composed(found, parsed.value);
  return {
    manifest,
    sourceOf: await sourcesIn(parsed, loaded.checks.secrets),
    writtenAs: (path) => {
      const pointer = toPointer(path);
      const written = getAt(parsed.value, pointer);
      return typeof written === 'string' && written !== getAt(manifest, pointer) ? written : null;
    },
  };
}

/** What is desired, with the members beside it that nothing is compared with, such as `environments`. */
function composed({ fixed, patchable, title, status, secrets }: Desired, written: JsonObject): JsonObject {
  const resolved: JsonObject = {
    title,
    description: patchable.description,
    ...fixed,
    schedule_config: patchable.schedule_config,
    status,
  };
  const members = Object.entries(written).map(([key, value]): [string, Json] => [
    key,
    resolved[key] ?? value,
  ]);
  return secrets.reduce<JsonObject>(
    (made, { pointer, template, digest }) => setAt(made, pointer, template ?? `(secret ${digest})`),
    Object.fromEntries(members),
  );
}

/** For now a value stands in its manifest's own file, or nowhere. */
async function sourcesIn(
  { source: { file }, real, document, index }: ParsedManifest,
  secrets: Parameters<Awaited<ReturnType<typeof strictParser>>>[1],
): Promise<ComposedManifest['sourceOf']> {
  const text = readText(real);
  if (typeof text !== 'string') return () => null;
  const read: TextFile = { path: file, text };
  const found = (await strictParser())(read, secrets).documents[document];
  return (path) => {
    if (found === undefined) return null;
    const { offset } = found.find(index === null ? path : [index, ...path], 'value');
    const start = text.lastIndexOf('\n', offset - 1) + 1;
    return { file, line: lineAt(read, offset), column: offset - start + 1 };
  };
}
