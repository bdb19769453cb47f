import type { Json, JsonObject } from '../domain/json.ts';
import { isObject } from '../lib/is-object.ts';
import type { Path } from '../manifest/check/diagnostic.ts';
import { member } from '../manifest/check/value-at.ts';
import { holdsSecret, type Secrets } from '../manifest/files/key-patterns.ts';

/** What no text that came from live may bring into a file. */
export interface KnownSecrets {
  /** Values by the names that manifests give them. */
  readonly secrets?: ReadonlyMap<string, string>;
  /** The service's own keys. */
  readonly keys: Secrets;
}

/**
 * The first place at which a manifest is to hold a secret in clear, and did not before: `description holds …`; null
 * where there is none.
 */
export function plainSecret(manifest: JsonObject, before: JsonObject, known: KnownSecrets): string | null {
  return findIn(manifest, before, [], known);
}

function findIn(value: Json, before: Json | undefined, path: Path, known: KnownSecrets): string | null {
  if (typeof value === 'string') return findInText(value, before, path, known);
  for (const [step, item] of membersOf(value)) {
    const old = member(before, step);
    const isNewKey = typeof step === 'string' && old === undefined;
    const found =
      (isNewKey ? findInText(step, undefined, path, known) : null) ??
      findIn(item, old, [...path, step], known);
    if (found !== null) return found;
  }
  return null;
}

function membersOf(value: Json): Iterable<readonly [string | number, Json]> {
  if (Array.isArray(value)) return value.entries();
  return isObject(value) ? Object.entries(value) : [];
}

function findInText(
  text: string,
  before: Json | undefined,
  path: Path,
  { secrets = new Map(), keys }: KnownSecrets,
): string | null {
  const old = typeof before === 'string' ? before : '';
  if (old === text) return null;
  const place = path.join('.');
  const resolved = text.replaceAll('$${{', () => '${{');
  for (const [name, value] of secrets) {
    if (resolved.includes(value) && !old.includes(value))
      return `${place} holds the value of MXT_SECRET_${name}`;
  }
  return holdsSecret(text, keys) ? `${place} holds what looks like an API key` : null;
}
