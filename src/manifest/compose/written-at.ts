import type { Layer } from '../../domain/layer.ts';
import type { Place } from '../../domain/manifest.ts';
import type { Path } from '../check/diagnostic.ts';
import type { Secrets } from '../files/key-patterns.ts';
import { readText } from '../files/repository-file.ts';
import { lineAt, type TextFile } from '../files/text-file.ts';
import { strictParser } from '../parse/parse-file.ts';
import type { StrictResult } from '../parse/parse-strict.ts';
import { originOf } from './layer.ts';

type Parse = Awaited<ReturnType<typeof strictParser>>;

/** Finds where values of composed manifests are written. Each file is parsed once, and only when it is asked about. */
export class WrittenPlaces {
  readonly #files = new Map<string, { readonly file: TextFile; readonly positions: StrictResult }>();
  readonly #parse: Parse;
  readonly #secrets: Secrets;

  private constructor(parse: Parse, secrets: Secrets) {
    this.#parse = parse;
    this.#secrets = secrets;
  }

  /** Loads the parser that knows positions: only where something is to be found. */
  static async open(secrets: Secrets = []): Promise<WrittenPlaces> {
    return new WrittenPlaces(await strictParser(), secrets);
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
    const origin = originOf(layers, path);
    const { kind, file, real, document, at } = origin.layer;
    let read = this.#files.get(real);
    if (read === undefined) {
      const text = readText(real);
      const textFile: TextFile = { path: file, text: typeof text === 'string' ? text : '' };
      read = { file: textFile, positions: this.#parse(textFile, this.#secrets) };
      this.#files.set(real, read);
    }
    const span = read.positions.documents[document]?.find([...at, ...origin.path], on);
    if (span === undefined) return { kind, file, line: 1, column: 1 };
    const start = read.file.text.lastIndexOf('\n', span.offset - 1) + 1;
    return { kind, file, line: lineAt(read.file, span.offset), column: span.offset - start + 1 };
  }
}
