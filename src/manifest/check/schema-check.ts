import { isManifest } from '../../../generated/is-manifest.js';
import type { JsonObject } from '../../domain/json.ts';
import { type Diagnostic, diagnosticAt } from './diagnostic.ts';
import type { explainManifest } from './explain-manifest.ts';

const UNEXPLAINED = diagnosticAt([], 'value', 'schema', 'this is not a manifest', null);

/**
 * Manifests against their schema: quickly whether they are right, which most are. Where one is not, what is wrong is found
 * out by a second run of whatever checks them, once the words for it are loaded.
 */
export class SchemaCheck {
  readonly #allowUnknown: readonly string[];
  #explain: typeof explainManifest | null = null;
  #isUnexplained = false;

  /** @param allowUnknown properties and actions that are accepted though the schema does not know them */
  constructor(allowUnknown: readonly string[]) {
    this.#allowUnknown = allowUnknown;
  }

  /** What is wrong with a manifest by the schema; that something is, where the words are still missing. */
  diagnostics(manifest: JsonObject): Diagnostic[] {
    if (isManifest(manifest)) return [];
    if (this.#explain !== null) return this.#explain(manifest, this.#allowUnknown);
    this.#isUnexplained = true;
    return [UNEXPLAINED];
  }

  /** What a check finds, explained. @param check run once, or once more; it changes nothing but what it returns */
  async explained<T>(check: () => Promise<T>): Promise<T> {
    if (this.#allowUnknown.length > 0) await this.#load();
    const found = await check();
    if (!this.#isUnexplained) return found;
    await this.#load();
    return check();
  }

  async #load(): Promise<void> {
    this.#explain ??= (await import('./explain-manifest.ts')).explainManifest;
    this.#isUnexplained = false;
  }
}
