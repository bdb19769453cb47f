import type { JsonObject } from '../../domain/json.ts';
import type { SecretUse } from '../../domain/secret.ts';
import { setAt, toPointer } from '../../lib/pointer.ts';
import { mayHaveSecrets, replaceSecrets, secretDigest } from '../../schema/secret-places.ts';
import type { FoundSecret } from './references.ts';

const NONE: readonly SecretUse[] = [];

/**
 * An `action_config` with digests in place of what is secret in it: strings that refer to secrets, and all strings at
 * places that are secret by schema. A string with a secret that is not set stays as it is written.
 *
 * @param found the strings that refer to secrets, by their places in the manifest
 * @param values is given what the digests stand for
 */
export function concealed(
  actionType: string,
  config: JsonObject,
  found: readonly FoundSecret[],
  values: Map<string, string>,
): { config: JsonObject; secrets: readonly SecretUse[] } {
  if (found.length === 0 && !mayHaveSecrets(actionType, config)) return { config, secrets: NONE };
  const bySchema = new Map<string, SecretUse>();
  const byPointer = new Map(found.map((one) => [toPointer(one.path), one]));
  const use = (
    pointer: string,
    one: FoundSecret | undefined,
    digest: string | null,
    value: string | null,
  ) => {
    if (digest !== null && value !== null) values.set(digest, value);
    const template = one?.template ?? null;
    return { pointer, names: one?.names ?? [], template, digest: digest ?? template ?? '' };
  };
  const first = replaceSecrets(actionType, config, (text, path) => {
    const pointer = toPointer(['action_config', ...path]);
    const one = byPointer.get(pointer);
    const value = one === undefined ? text : one.value;
    const made = use(pointer, one, value === null ? null : secretDigest(value), value);
    bySchema.set(pointer, made);
    return made.digest;
  });
  const elsewhere = [...byPointer]
    .filter(([pointer]) => !bySchema.has(pointer))
    .map(([pointer, one]) => use(pointer, one, one.concealed, one.value));
  const root: JsonObject = elsewhere.reduce<JsonObject>(
    (node, { pointer, digest }) => setAt(node, pointer, digest),
    { action_config: first },
  );
  const secrets = [...bySchema.values(), ...elsewhere].sort((a, b) => (a.pointer < b.pointer ? -1 : 1));
  return { config: root['action_config'] as JsonObject, secrets };
}
