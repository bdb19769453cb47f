import type { Secrets } from '../files/key-patterns.ts';
import { readText } from '../files/repository-file.ts';
import type { TextFile } from '../files/text-file.ts';
import { strictParser } from './parse-file.ts';
import type { StrictResult } from './parse-strict.ts';

/** A file with the positions of what is in it. */
export interface OpenFile {
  readonly file: TextFile;
  readonly positions: StrictResult;
}

type Parse = Awaited<ReturnType<typeof strictParser>>;

/**
 * Files that are read once more, because somebody asks where something stands in them: their texts were forgotten. Each
 * is parsed once, and only when it is asked about.
 */
export class OpenFiles {
  readonly #open = new Map<string, OpenFile>();
  readonly #parse: Parse;
  readonly #secrets: Secrets;

  private constructor(parse: Parse, secrets: Secrets) {
    this.#parse = parse;
    this.#secrets = secrets;
  }

  /** Loads the parser that knows positions. */
  static async create(secrets: Secrets): Promise<OpenFiles> {
    return new OpenFiles(await strictParser(), secrets);
  }

  /** @param positions where it has been parsed already */
  add(real: string, file: TextFile, positions: StrictResult | null): void {
    this.#open.set(real, { file, positions: positions ?? this.#parse(file, this.#secrets) });
  }

  /** @param path as it is shown @param real links resolved */
  get({ file: path, real }: { readonly file: string; readonly real: string }): OpenFile {
    const known = this.#open.get(real);
    if (known !== undefined) return known;
    const text = readText(real);
    const file: TextFile = { path, text: typeof text === 'string' ? text : '' };
    const opened = { file, positions: this.#parse(file, this.#secrets) };
    this.#open.set(real, opened);
    return opened;
  }
}
