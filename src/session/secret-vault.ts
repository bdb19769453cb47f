import type { Json, JsonObject } from '../domain/json.ts';
import type { Desired } from '../domain/manifest.ts';
import type { WriteRequest } from '../domain/request.ts';
import type { SecretUse } from '../domain/secret.ts';
import type { SecretCodec } from '../domain/secret-codec.ts';
import type { LiveTrigger } from '../domain/trigger.ts';
import { MxtError } from '../errors.ts';
import { readDescription } from '../label/parse-label.ts';
import { isObject } from '../lib/is-object.ts';
import { getAt, setAt } from '../lib/pointer.ts';
import { replaceSecrets, secretDigest } from '../schema/secret-places.ts';
import { concealLike } from './conceal-like.ts';

/** Shorter ones are no secrets, and masking them would garble ordinary words. */
const SHORTEST = 8;
const DIGEST = /^[0-9a-f]{8}$/;

/**
 * The one place that holds the values of secrets: those of the environment, those that manifests write out, and those
 * that came from the service. Everything else sees digests.
 */
export class SecretVault implements SecretCodec {
  readonly hidden = new Set<string>();
  /** What digests, and texts with digests in them, stand for. */
  readonly #values = new Map<string, string>();
  /** Values of the environment with their digests, the longest first: one may be a part of another. */
  readonly #known: readonly (readonly [value: string, digest: string])[];
  /** Strings that manifests make secrets, by the names of their triggers, old ones too, and by ids to adopt. */
  readonly #uses = new Map<string, readonly SecretUse[]>();
  readonly #hide: (value: string) => void;

  /**
   * @param secrets values by name, as the environment has them
   * @param hide hears of every value that must be shown nowhere
   */
  constructor(secrets: ReadonlyMap<string, string>, hide: (value: string) => void = () => {}) {
    this.#hide = hide;
    this.#known = [...new Set(secrets.values())]
      .sort((a, b) => b.length - a.length)
      .map((value) => [value, secretDigest(value)] as const);
    for (const [value, digest] of this.#known) this.#remember(digest, value, true);
  }

  /** Takes in what manifests refer to, once it is resolved. */
  learn(desired: readonly Desired[], values: ReadonlyMap<string, string>): void {
    for (const [digest, value] of values) this.#remember(digest, value);
    for (const { name, adopt, renamedFrom, secrets } of desired) {
      const uses = secrets.filter(({ template }) => template !== null);
      if (uses.length === 0) continue;
      this.#uses.set(name, uses);
      for (const other of [adopt, ...renamedFrom])
        if (other !== null && !this.#uses.has(other)) this.#uses.set(other, uses);
    }
  }

  conceal(trigger: LiveTrigger): LiveTrigger {
    return this.#conceal(trigger, false);
  }

  /** The same for a trigger of a snapshot, in which digests stand already. */
  concealAgain(trigger: LiveTrigger): LiveTrigger {
    return this.#conceal(trigger, true);
  }

  #conceal(trigger: LiveTrigger, again: boolean): LiveTrigger {
    const { action_type: type = '', action_config: config } = trigger;
    if (config === undefined) return trigger;
    const bySchema = replaceSecrets(type, config, (value) =>
      again && DIGEST.test(value) ? value : this.#remember(secretDigest(value), value),
    );
    const byManifest = again ? bySchema : this.#concealUses(trigger, bySchema, config);
    const concealed = this.#known.length === 0 ? byManifest : (this.#concealKnown(byManifest) as JsonObject);
    return concealed === config ? trigger : { ...trigger, action_config: concealed };
  }

  /** Where its manifest has a secret, whatever is live there is one: also a value of yesterday's. */
  #concealUses(trigger: LiveTrigger, config: JsonObject, raw: JsonObject): JsonObject {
    if (this.#uses.size === 0) return config;
    const reading = readDescription(trigger.description ?? '');
    const name = reading.kind === 'labelled' ? reading.label.name : trigger.trigger_id;
    const root = (this.#uses.get(name) ?? []).reduce<JsonObject>(
      (node, { pointer, template }) => {
        const value = getAt(node, pointer);
        // By schema it is a digest already.
        if (typeof value !== 'string' || getAt({ action_config: raw }, pointer) !== value) return node;
        return setAt(node, pointer, this.#remember(concealLike(value, template ?? ''), value));
      },
      { action_config: config },
    );
    return root['action_config'] as JsonObject;
  }

  /** A value of the environment is shown nowhere, wherever it stands. */
  #concealKnown(value: Json): Json {
    if (typeof value === 'string') {
      const concealed = this.#known.reduce(
        (text, [secret, digest]) => text.replaceAll(secret, digest),
        value,
      );
      return concealed === value ? value : this.#remember(concealed, value);
    }
    return mapJson(value, (item) => this.#concealKnown(item));
  }

  reveal(request: WriteRequest): WriteRequest {
    if (request.op !== 'create') return request;
    for (const { pointer, names, digest, template } of request.secrets ?? []) {
      if (digest === template) throw unknown(pointer, names);
    }
    const { action_type: type, action_config: config } = request.body;
    replaceSecrets(type, config, (digest, path) => {
      if (!this.#values.has(digest)) throw unknown(`/action_config/${path.join('/')}`, []);
      return digest;
    });
    const revealed = this.#revealIn(config) as JsonObject;
    return revealed === config ? request : { ...request, body: { ...request.body, action_config: revealed } };
  }

  #revealIn(value: Json): Json {
    if (typeof value === 'string') return this.#values.get(value) ?? value;
    return mapJson(value, (item) => this.#revealIn(item));
  }

  #remember(digest: string, value: string, certain = false): string {
    if (this.#values.get(digest) === value) return digest;
    this.#values.set(digest, value);
    if (value.length >= SHORTEST && (certain || looksSecret(value)) && !this.hidden.has(value)) {
      this.hidden.add(value);
      this.#hide(value);
    }
    return digest;
  }
}

/** Addresses and tokens; not the words that stand beside them, such as a header's content type. */
function looksSecret(value: string): boolean {
  return /:\/\/|@/.test(value) || (value.length >= 20 && !/\s/.test(value));
}

/** The same list or object where no item changes. */
function mapJson(value: Json, map: (item: Json) => Json): Json {
  if (Array.isArray(value)) {
    const items = value.map(map);
    return items.some((item, at) => item !== value[at]) ? items : value;
  }
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([key, item]) => [key, map(item)] as const);
  return members.some(([key, item]) => item !== value[key]) ? Object.fromEntries(members) : value;
}

function unknown(pointer: string, names: readonly string[]): MxtError {
  const where = pointer.slice(1).replaceAll('/', '.');
  const what =
    names.length === 0 ? 'its value is not known here' : `${names.map(variableOf).join(' and ')} is not set`;
  return new MxtError('usage', `${where} cannot be sent: ${what}`);
}

/** The environment variable that holds a secret. */
export function variableOf(name: string): string {
  return `MXT_SECRET_${name}`;
}
