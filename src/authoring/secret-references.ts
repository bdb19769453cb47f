import type { Json, JsonObject } from '../domain/json.ts';
import { isObject } from '../lib/is-object.ts';
import { secretName } from '../lib/secret-name.ts';
import { replaceSecrets, secretDigest } from '../schema/secret-places.ts';

/** Gives the secrets of live triggers names, since their values are written nowhere. The same value has one name. */
export class SecretNames {
  /** By digest: those of the environment, and those given out. */
  readonly #names: Map<string, string>;
  readonly #taken: Set<string>;
  /** Variables that manifests now refer to and that are not set. */
  readonly toSet = new Set<string>();

  /** @param secrets values by name, as the environment has them */
  constructor(secrets: ReadonlyMap<string, string> = new Map()) {
    this.#names = new Map([...secrets].map(([name, value]) => [secretDigest(value), name]));
    this.#taken = new Set(secrets.keys());
  }

  /**
   * An `action_config` with references in place of digests.
   *
   * @param manifest the manifest's name: what a new secret is named for
   * @param isLive whether a string came from live; what a manifest writes itself stays
   */
  withReferences(
    actionType: string,
    config: JsonObject,
    manifest: string,
    isLive: (text: string) => boolean = () => true,
  ): JsonObject {
    const known = this.#withKnown(config) as JsonObject;
    return replaceSecrets(actionType, known, (digest, path) => {
      if (digest.includes('${{') || !isLive(digest)) return digest;
      return reference(
        this.#nameFor(digest, [manifest, ...path.filter((step) => typeof step === 'string').slice(3)]),
      );
    });
  }

  /** A secret of the environment, wherever it stands. */
  #withKnown(value: Json): Json {
    if (typeof value === 'string') {
      let text = value;
      for (const [digest, name] of this.#names) text = text.replaceAll(digest, () => reference(name));
      return text;
    }
    if (Array.isArray(value)) return value.map((item) => this.#withKnown(item));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.#withKnown(item)]));
  }

  #nameFor(digest: string, words: readonly string[]): string {
    const known = this.#names.get(digest);
    if (known !== undefined) return known;
    const name = secretName(words, this.#taken);
    this.#taken.add(name);
    this.#names.set(digest, name);
    this.toSet.add(name);
    return name;
  }
}

function reference(name: string): string {
  return `\${{ secrets.${name} }}`;
}
