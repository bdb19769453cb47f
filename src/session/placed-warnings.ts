import type { Layer } from '../domain/layer.ts';
import type { Place } from '../domain/manifest.ts';
import type { PlacedWarning, Warning } from '../domain/plan.ts';
import { WrittenPlaces } from '../manifest/compose/written-at.ts';
import { layersIn, type ParsedManifest } from '../manifest/read-manifests.ts';

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
  const names = new Set(warnings.map(({ name }) => name));
  const named = new Map(manifests.filter(({ name }) => names.has(name)).map((one) => [one.name, one]));
  const exact = warnings.filter(({ at, source }) => at !== undefined && source === undefined);
  const places = exact.length === 0 || exact.length > MOST ? null : await WrittenPlaces.open();
  const placeOf = ({ name, at, source }: Warning): Place | null => {
    if (name === null && at !== undefined && settings !== null && places !== null) {
      const { file, line, column } = places.of([settings], at);
      return { file, line, column };
    }
    const parsed = named.get(name ?? '');
    if (source !== undefined || parsed === undefined) return source ?? null;
    const layers = at === undefined || places === null ? null : layersIn(parsed, environment);
    if (layers === null || places === null || at === undefined) return parsed.source;
    const { file, line, column } = places.of(layers, at, 'value');
    return { file, line, column };
  };
  return warnings.map(({ at, ...warning }) => ({
    ...warning,
    source: placeOf({ ...warning, ...(at === undefined ? {} : { at }) }),
  }));
}
