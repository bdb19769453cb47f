import { ordered } from '../authoring/edit/key-order.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Desired } from '../domain/manifest.ts';
import { getAt, setAt, toPointer } from '../lib/pointer.ts';
import { WrittenPlaces } from '../manifest/compose/written-at.ts';
import { compositionIn, layersIn } from '../manifest/read-manifests.ts';
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
  const composition = parsed && compositionIn(parsed, environment?.name ?? null);
  if (found === undefined || parsed === undefined || composition == null) return null;
  const manifest = withoutSecrets(asComposed(found, composed), found);
  const places = await WrittenPlaces.open(loaded.checks.secrets);
  const layers = layersIn(parsed, environment?.name ?? null);
  return {
    manifest,
    sourceOf: (path) => {
      const { file, line, column } = places.of(layers, path, 'value');
      return { file, line, column };
    },
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
