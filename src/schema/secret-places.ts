import type { Json, JsonObject } from '../domain/json.ts';
import { sha256 } from '../lib/canonical.ts';
import { isObject } from '../lib/is-object.ts';

/** These take no notifications; labels that older builds wrote for them hash what stands there as it is. */
const WITHOUT_SECRETS: ReadonlySet<string> = new Set([
  'cluster',
  'taxonomy_enrichment',
  'batch_rerun',
  'collection_trigger',
]);

/** What stands for a secret value in hashes, comparisons, plans and digests: 8 hex digits of its SHA-256. */
export function secretDigest(value: string): string {
  return sha256(value).slice(0, 8);
}

/** Whether a place that is secret by schema may be in an `action_config`. */
export function mayHaveSecrets(actionType: string, config: JsonObject): boolean {
  return !WITHOUT_SECRETS.has(actionType) && isObject(config['notification_config']);
}

/**
 * An `action_config` with every string replaced that is secret by schema: those below
 * `notification_config.channels[].config`. The same object where there is none.
 *
 * @param replace from a value and its place below `action_config` to what stands for it
 */
export function replaceSecrets(
  actionType: string,
  config: JsonObject,
  replace: (value: string, path: readonly (string | number)[]) => string,
): JsonObject {
  const { notification_config: notification } = config;
  if (!mayHaveSecrets(actionType, config) || !isObject(notification)) return config;
  const { channels } = notification;
  if (!Array.isArray(channels)) return config;
  const replaced = channels.map((channel, at) => {
    if (!isObject(channel) || channel['config'] === undefined) return channel;
    const path = ['notification_config', 'channels', at, 'config'];
    return { ...channel, config: replaceStrings(channel['config'], path, replace) };
  });
  return { ...config, notification_config: { ...notification, channels: replaced } };
}

/** The same with digests: what is shown, hashed and compared of a live or a written configuration. */
export function digestSecrets(actionType: string, config: JsonObject): JsonObject {
  return replaceSecrets(actionType, config, secretDigest);
}

function replaceStrings(
  value: Json,
  path: readonly (string | number)[],
  replace: (value: string, path: readonly (string | number)[]) => string,
): Json {
  if (typeof value === 'string') return replace(value, path);
  if (Array.isArray(value)) return value.map((item, at) => replaceStrings(item, [...path, at], replace));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, replaceStrings(item, [...path, key], replace)]),
  );
}
