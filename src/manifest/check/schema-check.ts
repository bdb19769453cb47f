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
  #explain: typeof explainManifest | null = null;
  /** Once something was: of checks that run at the same time each runs again. */
  #isUnexplained = false;

  /**
   * What is wrong with a manifest by the schema; that something is, where the words are still missing.
   *
   * @param allowUnknown properties and actions that are accepted though the schema does not know them
   */
  diagnostics(manifest: JsonObject, allowUnknown: readonly string[]): Diagnostic[] {
    if (isManifest(manifest)) return [];
    if (this.#explain !== null) return this.#explain(manifest, allowUnknown);
    this.#isUnexplained = true;
    return [UNEXPLAINED];
  }

  /** What a check finds, explained. @param check run once, or once more; it changes nothing but what it returns */
  async explained<T>(check: () => Promise<T>): Promise<T> {
    const isQuick = this.#explain === null;
    const found = await check();
    if (!isQuick || !this.#isUnexplained) return found;
    await this.load();
    return check();
  }

  /** For who knows that something will be wrong by the schema. */
  async load(): Promise<void> {
    this.#explain ??= (await import('./explain-manifest.ts')).explainManifest;
  }
}
