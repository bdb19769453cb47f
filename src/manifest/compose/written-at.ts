import type { Layer } from '../../domain/layer.ts';
import type { Place } from '../../domain/manifest.ts';
import type { Path } from '../check/diagnostic.ts';
import type { Secrets } from '../files/key-patterns.ts';
import { readText } from '../files/repository-file.ts';
import { lineAt } from '../files/text-file.ts';
import { OpenFiles } from '../parse/open-files.ts';
import { isJsonFile } from '../parse/parse-file.ts';
import { placeInPlain } from '../parse/plain-place.ts';
import { originOf } from './layer.ts';

/**
 * Where a value of a composed manifest is written, in a file that is written plainly; null where it takes a parser, which
 * {@link WrittenPlaces} loads.
 */
export function placeWrittenPlainly(layers: readonly Layer[], path: Path, on: 'key' | 'value'): Place | null {
  const { layer, path: inside } = originOf(layers, path);
  const { file, real, document, at } = layer;
  const text = isJsonFile({ path: file }) || document > 0 || at.length > 0 ? null : readText(real);
  const place = typeof text === 'string' ? placeInPlain(text, inside, on) : null;
  return place && { file, ...place };
}

/** Finds where values of composed manifests are written. */
export class WrittenPlaces {
  readonly #files: OpenFiles;

  private constructor(files: OpenFiles) {
    this.#files = files;
  }

  /** Loads a parser: only where something is to be found. */
  static async open(secrets: Secrets = []): Promise<WrittenPlaces> {
    return new WrittenPlaces(await OpenFiles.create(secrets));
  }

  /**
   * The layer that gives a value, and where in it.
   *
   * @param layers lowest first
   * @param on whether the key is meant, or the value behind it
   */
  of(
    layers: readonly Layer[],
    path: Path,
    on: 'key' | 'value' = 'key',
  ): Required<Place> & { readonly kind: Layer['kind'] } {
    const { layer, path: inside } = originOf(layers, path);
    const { kind, document, at } = layer;
    const { file, positions } = this.#files.get(layer);
    const span = positions.documents[document]?.find([...at, ...inside], on);
    if (span === undefined) return { kind, file: layer.file, line: 1, column: 1 };
    const start = file.text.lastIndexOf('\n', span.offset - 1) + 1;
    return { kind, file: layer.file, line: lineAt(file, span.offset), column: span.offset - start + 1 };
  }
}
