import type { Layer } from '../domain/layer.ts';
import type { Place } from '../domain/manifest.ts';
import type { PlacedWarning, Warning } from '../domain/plan.ts';
import { getAt, toPointer } from '../lib/pointer.ts';
import { placeWrittenPlainly, WrittenPlaces } from '../manifest/compose/written-at.ts';
import { layersIn, type ParsedManifest } from '../manifest/read-manifests.ts';
import type { Repository } from './repository.ts';

/** To find where a value stands its file is parsed: where very many values are told of, their manifests must do. */
const MOST = 200;

/**
 * Warnings with the place of what they are about: their own, that of the value in the manifest that they name, in a
 * default or an overlay, or that of the manifest.
 *
 * @param settings what mxt.yaml says: what names no manifest and has a place is about a setting
 */
export async function placed(
  warnings: readonly Warning[],
  manifests: readonly ParsedManifest[],
  environment: string | null,
  settings: Layer | null = null,
): Promise<PlacedWarning[]> {
  if (warnings.length === 0) return [];
  const names = new Set(warnings.map(({ name }) => name));
  const named = new Map(manifests.filter(({ name }) => names.has(name)).map((one) => [one.name, one]));
  const exact = warnings.filter(({ at, source }) => at !== undefined && source === undefined);
  const isExact = exact.length <= MOST;
  let places: WrittenPlaces | null = null;
  const placeOf = async ({ name, at, source }: Warning): Promise<Place | null> => {
    if (source !== undefined) return source;
    const parsed = named.get(name ?? '');
    const setting = name === null && settings !== null ? [settings] : null;
    const layers = parsed === undefined ? setting : layersIn(parsed, environment);
    if (at === undefined || !isExact || layers === null) return parsed?.source ?? null;
    const on = parsed === undefined ? 'key' : 'value';
    const plain = placeWrittenPlainly(layers, at, on);
    if (plain !== null) return plain;
    places ??= await WrittenPlaces.open();
    const { file, line, column } = places.of(layers, at, on);
    return { file, line, column };
  };
  const found: PlacedWarning[] = [];
  for (const warning of warnings) {
    const { at: _, ...rest } = warning;
    found.push({ ...rest, source: await placeOf(warning) });
  }
  return found;
}

/** Where mxt.yaml says something: in the environment, else for all of them. */
export function settingAt(
  { written }: Pick<Repository['config'], 'written'>,
  environment: Repository['environment'],
  path: readonly string[],
): string[] {
  const own = environment === null ? [] : ['environments', environment.name, ...path];
  return own.length > 0 && getAt(written.value, toPointer(own)) !== undefined ? own : [...path];
}
