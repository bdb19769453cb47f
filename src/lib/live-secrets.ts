import type { JsonObject } from '../domain/json.ts';
import type { Desired } from '../domain/manifest.ts';
import { getAt, setAt } from './pointer.ts';

/** A manifest with live's digests for the secrets whose values are not known here; the same one where there are none. */
export function takeLiveSecrets(desired: Desired, liveConfig: JsonObject): Desired {
  const { fixed, secrets } = desired;
  const live: JsonObject = { action_config: liveConfig };
  let root: JsonObject = { action_config: fixed.action_config };
  for (const { pointer, digest, template } of secrets) {
    const value = digest === template ? getAt(live, pointer) : undefined;
    if (typeof value === 'string') root = setAt(root, pointer, value);
  }
  const config = root['action_config'] as JsonObject;
  return config === fixed.action_config
    ? desired
    : { ...desired, fixed: { ...fixed, action_config: config } };
}
