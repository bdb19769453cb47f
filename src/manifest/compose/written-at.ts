import type { Layer } from '../../domain/layer.ts';
import type { Source } from '../../domain/manifest.ts';
import type { Path } from '../check/diagnostic.ts';
import { readText } from '../files/repository-file.ts';
import { lineAt, type TextFile } from '../files/text-file.ts';
import { strictParser } from '../parse/parse-file.ts';
import type { StrictResult } from '../parse/parse-strict.ts';
import { originOf } from './layer.ts';

/** Finds where values of composed manifests are written. Each file is parsed once, and only when it is asked about. */
export class WrittenPlaces {
  readonly #files = new Map<string, { readonly file: TextFile; readonly positions: StrictResult }>();

  /** @param layers lowest first @returns the layer that gives the value, and its file and line */
  async of(layers: readonly Layer[], path: Path): Promise<Source & { readonly kind: Layer['kind'] }> {
    const origin = originOf(layers, path);
    const { kind, file, real, document, at } = origin.layer;
    let read = this.#files.get(real);
    if (read === undefined) {
      const text = readText(real);
      const textFile: TextFile = { path: file, text: typeof text === 'string' ? text : '' };
      read = { file: textFile, positions: (await strictParser())(textFile) };
      this.#files.set(real, read);
    }
    const span = read.positions.documents[document]?.find([...at, ...origin.path], 'key');
    return { kind, file, line: span === undefined ? 1 : lineAt(read.file, span.offset) };
  }
}
