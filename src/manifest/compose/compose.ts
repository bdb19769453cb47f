import type { Json, JsonObject } from '../../domain/json.ts';
import type { Layer } from '../../domain/layer.ts';
import { isObject } from '../../lib/is-object.ts';
import { trimEndOf } from '../../lib/trim.ts';
import { type Diagnostic, diagnosticAt } from '../check/diagnostic.ts';
import { takenBy } from './defaults.ts';
import { type Each, hasEachKey, keysOf, putIn, refersToEach } from './for-each.ts';
import { layOver } from './layer.ts';
import { overlayDiagnostics, overlaysOf } from './overlays.ts';

/** What is laid under and over the manifests of a repository. */
export interface SharedLayers {
  /** `defaults` of mxt.yaml. */
  readonly defaults: Layer | null;
  /** `_defaults.yaml` by its folder, relative to the root. */
  readonly folders: ReadonlyMap<string, Layer>;
  /** `overlay` of mxt.yaml's environments, by their names. */
  readonly overlays: ReadonlyMap<string, Layer>;
  /** Properties to accept though the schema does not know them. */
  readonly allowUnknown: readonly string[];
  /** Whether one of them may hold a reference. */
  readonly mayHaveReferences: boolean;
}

/** A manifest as it is in an environment, references not yet resolved. */
export interface Composition {
  readonly value: JsonObject;
  /** Lowest first; empty where the manifest stands for itself: then it is written where it says. */
  readonly layers: readonly Layer[];
}

/** One trigger of a manifest. */
export interface Composable {
  readonly name: Json | undefined;
  readonly each: Each | null;
  /** Null where the trigger is not kept in that environment. The same object wherever the same layers apply. */
  readonly compositionIn: (environment: string | null) => Composition | null;
}

/** A manifest as it is written. */
export type WrittenManifest = Omit<Layer, 'kind'>;

/**
 * The triggers of a manifest that has something to be composed of; null where it stands for itself.
 *
 * @returns no triggers where `for_each` itself is wrong: then nobody knows which there are
 */
export function compose(
  written: WrittenManifest,
  shared: SharedLayers,
): { readonly triggers: readonly Composable[]; readonly diagnostics: readonly Diagnostic[] } | null {
  const { value } = written;
  const { for_each: forEach, environments } = value;
  const below = belowOf(written.file, shared);
  const isComposed = below.length > 0 || shared.overlays.size > 0;
  if (!isComposed && forEach === undefined && !isObject(environments)) return null;

  const diagnostics = [...overlayDiagnostics(environments)];
  const found = forEach === undefined ? { keys: [null] } : keysOf(forEach);
  if ('wrong' in found) return { triggers: [], diagnostics: [...diagnostics, found.wrong] };
  if (forEach !== undefined) diagnostics.push(...eachDiagnostics(value));

  const triggers = found.keys.map((each): Composable => {
    const { for_each: _, environments: __, ...own } = value;
    const put = putIn(own, each);
    const manifest: Layer = { ...written, kind: 'manifest', value: put.value };
    const overlays = overlaysOf(environments, each);
    for (const one of [...put.diagnostics, ...overlays.diagnostics])
      if (!diagnostics.some((other) => isSame(one, other))) diagnostics.push(one);
    const compositions = new Map<string, Composition>();
    return {
      name: put.value['name'],
      each,
      compositionIn: (environment) => {
        const overlay = overlays.in(environment);
        if (overlay === null) return null;
        const ofEnvironment = environment === null ? undefined : shared.overlays.get(environment);
        const key = JSON.stringify([overlay.at, ofEnvironment?.at]);
        const known = compositions.get(key);
        if (known !== undefined) return known;
        const above = overlay.value === null ? [] : [overlayLayer(written, overlay.at, overlay.value)];
        const made = layers(below, manifest, ofEnvironment, above, shared.allowUnknown);
        compositions.set(key, made);
        return made;
      },
    };
  });
  return { triggers, diagnostics };
}

function overlayLayer(written: WrittenManifest, at: readonly string[], value: JsonObject): Layer {
  return { ...written, kind: 'overlay', at: [...written.at, ...at], value };
}

/** All layers, of those for many manifests what this one's types take, and what they come to. */
function layers(
  below: readonly Layer[],
  manifest: Layer,
  ofEnvironment: Layer | undefined,
  above: readonly Layer[],
  allowUnknown: readonly string[],
): Composition {
  const all = [...below, manifest, ...(ofEnvironment === undefined ? [] : [ofEnvironment]), ...above];
  const typeIn = (member: string) =>
    all.reduce<Json | undefined>((found, { value }) => value[member] ?? found, undefined);
  const types = { action_type: typeIn('action_type'), trigger_type: typeIn('trigger_type') };
  const taken = all.map((layer) => {
    const isShared = layer === ofEnvironment || layer.kind === 'defaults';
    const value = isShared ? takenBy(layer.value, types, allowUnknown) : layer.value;
    return value === layer.value ? layer : { ...layer, value };
  });
  const [first, ...rest] = taken.map(({ value }) => value);
  return { value: rest.reduce(layOver, first ?? {}), layers: taken };
}

const NOTHING: readonly Layer[] = [];

/** The defaults that apply to a file, from the outside in. */
function belowOf(file: string, { defaults, folders }: SharedLayers): readonly Layer[] {
  if (defaults === null && folders.size === 0) return NOTHING;
  const steps = file.split('/').slice(0, -1);
  const around = ['.', ...steps.map((_, at) => steps.slice(0, at + 1).join('/'))];
  return [defaults ?? [], ...around.map((folder) => folders.get(folder) ?? [])].flat();
}

/** What a manifest with `for_each` must say, so that each key makes a trigger of its own. */
function eachDiagnostics({ name, adopt, renamed_from }: JsonObject): Diagnostic[] {
  const found: Diagnostic[] = [];
  if (typeof name === 'string' && !hasEachKey(name)) {
    const message = '"name" must contain ${{ each.key }}, because for_each makes one trigger for each key';
    const before = trimEndOf(name.split('${{')[0] ?? '', '-');
    const hint = `write for example ${before === '' ? 'nightly' : before}-\${{ each.key }}`;
    found.push(diagnosticAt(['name'], 'value', 'for_each', message, hint));
  }
  for (const [member, value] of Object.entries({ adopt, renamed_from })) {
    if (value === undefined || value === null || refersToEach(value)) continue;
    const message = `"${member}" must contain a reference to each: otherwise all keys of for_each would share it`;
    found.push(
      diagnosticAt([member], 'value', 'for_each', message, 'write for example ${{ each.value.id }}'),
    );
  }
  return found;
}

/** What more than one key finds wrong is told of the first. */
function isSame(one: Diagnostic, other: Diagnostic): boolean {
  return one.part === other.part && one.path.join('.') === other.path.join('.');
}
