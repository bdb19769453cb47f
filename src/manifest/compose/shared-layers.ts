import { posix } from 'node:path';
import type { Json } from '../../domain/json.ts';
import type { Layer } from '../../domain/layer.ts';
import type { Problem } from '../../domain/problem.ts';
import { isObject } from '../../lib/is-object.ts';
import { diagnosticAt } from '../check/diagnostic.ts';
import type { FoundFile } from '../files/find-files.ts';
import { findSecrets, SECRET, type Secrets } from '../files/key-patterns.ts';
import { CONFLICT, conflictIn } from '../files/not-a-manifest.ts';
import { readText } from '../files/repository-file.ts';
import { fileProblem, problemAt, type TextFile } from '../files/text-file.ts';
import { strictParser } from '../parse/parse-file.ts';
import type { SharedLayers } from './compose.ts';
import { type PlacedDiagnostic, problemsAt } from './place.ts';

/** All that is laid under and over the manifests of a repository. */
export function sharedLayers(
  {
    defaults = null,
    overlays = new Map(),
    allowUnknown,
  }: {
    readonly defaults?: Layer | null;
    readonly overlays?: ReadonlyMap<string, Layer>;
    readonly allowUnknown: readonly string[];
  },
  folders: ReadonlyMap<string, Layer>,
): SharedLayers {
  const all = [defaults, ...folders.values(), ...overlays.values()];
  const mayHaveReferences = all.some((one) => one !== null && JSON.stringify(one.value).includes('${{'));
  return { defaults, folders, overlays, allowUnknown, mayHaveReferences };
}

/** `_defaults.yaml` files by their folders, with every problem of them. */
export async function readFolderDefaults(
  files: readonly FoundFile[],
  allowUnknown: readonly string[],
  secrets: Secrets,
): Promise<{ readonly layers: ReadonlyMap<string, Layer>; readonly problems: readonly Problem[] }> {
  const layers = new Map<string, Layer>();
  const problems: Problem[] = [];
  for (const { path, real } of files) {
    const text = readText(real);
    if (typeof text !== 'string') {
      problems.push(fileProblem(path, text));
      continue;
    }
    const read = await readLayer({ path, text }, real, allowUnknown, secrets);
    problems.push(...read.problems);
    if (read.layer !== null) layers.set(posix.dirname(path), read.layer);
  }
  return { layers, problems };
}

/** A handful of files at most: the strict parser reads them at once. */
async function readLayer(
  file: TextFile,
  real: string,
  allowUnknown: readonly string[],
  secrets: Secrets,
): Promise<{ readonly layer: Layer | null; readonly problems: readonly Problem[] }> {
  const conflict = conflictIn(file.text);
  if (conflict !== null) return { layer: null, problems: [problemAt(file, conflict, CONFLICT, secrets)] };
  const positions = (await strictParser())(file, secrets);
  const problems = [...positions.problems];
  for (const span of findSecrets(file.text, secrets)) problems.push(problemAt(file, span, SECRET, secrets));
  const [first, second] = positions.documents;
  const value: Json = first?.value ?? {};
  const place = { file: file.path, real, document: 0 };
  const { layerDiagnostics } = await import('./check-layer.ts');
  const wrong: PlacedDiagnostic[] = layerDiagnostics(value, allowUnknown).map((diagnostic) => ({
    ...place,
    diagnostic,
  }));
  if (second !== undefined) {
    const diagnostic = diagnosticAt([], 'value', 'value', 'this file must hold one YAML document', null);
    wrong.push({ ...place, document: 1, diagnostic });
  }
  problems.push(...(await problemsAt(wrong, secrets, { real, file, positions })));
  const layer = isObject(value) && problems.length === 0;
  return { layer: layer ? { kind: 'defaults', ...place, at: [], value } : null, problems };
}
