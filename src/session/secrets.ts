import type { Desired } from '../domain/manifest.ts';
import type { LiveTrigger } from '../domain/trigger.ts';
import { MxtError } from '../errors.ts';
import { takeLiveSecrets } from '../lib/live-secrets.ts';
import type { Io } from '../terminal/io.ts';
import { variableOf } from './secret-vault.ts';

const PREFIX = 'MXT_SECRET_';
/** Shorter ones cannot be masked without garbling ordinary words. */
const SHORTEST = 8;

/** The secrets that are set, by the names that manifests give them. Empty counts as unset, and too short ones are left out. */
export function secretsFrom(env: Io['env']): ReadonlyMap<string, string> {
  const set = Object.entries(env).flatMap(([variable, value]): [string, string][] =>
    variable.startsWith(PREFIX) && value !== undefined && value.length >= SHORTEST
      ? [[variable.slice(PREFIX.length), value]]
      : [],
  );
  return new Map(set);
}

/** Names of secrets that manifests refer to and that have no value, in order. */
export function unsetSecrets(desired: readonly Desired[], secrets: ReadonlyMap<string, string>): string[] {
  const names = new Set(desired.flatMap((one) => one.secrets.flatMap((use) => use.names)));
  return [...names].filter((name) => !secrets.has(name)).sort();
}

interface NeedsSecrets {
  readonly desired: readonly Desired[];
  readonly secrets: ReadonlyMap<string, string>;
}

/**
 * What is compared by its value, or sent, needs it.
 *
 * @throws MxtError `usage` that names every variable that is unset, empty or too short, and who refers to it
 */
export function requireSecrets({ desired, secrets }: NeedsSecrets, { env }: Pick<Io, 'env'>): void {
  const unset = unsetSecrets(desired, secrets);
  if (unset.length === 0) return;
  const wrong = unset.map((name) => {
    const users = desired.filter((one) => one.secrets.some((use) => use.names.includes(name)));
    const who = users.length > 3 ? `${users.length} manifests` : users.map((one) => one.name).join(', ');
    const value = env[variableOf(name)] ?? '';
    const what = value === '' ? 'is not set' : `has fewer than ${SHORTEST} characters, which no secret has`;
    return `${variableOf(name)} ${what} (${who})`;
  });
  throw new MxtError('usage', wrong.join('; '), {
    hint: 'Manifests refer to them as ${{ secrets.NAME }}: set each in the environment (in the action: its input secrets).',
  });
}

/** Manifests with live's digest for every secret that has no value here: it cannot be told from live's. */
export function withLiveSecrets(
  desired: readonly Desired[],
  owned: readonly { readonly label: { readonly name: string }; readonly live: LiveTrigger }[],
): readonly Desired[] {
  if (!desired.some(({ secrets }) => secrets.some(isUnset))) return desired;
  const live = new Map(owned.map((one) => [one.label.name, one.live.action_config ?? {}]));
  return desired.map((one) => takeLiveSecrets(one, live.get(one.name) ?? {}));
}

function isUnset({ digest, template }: Desired['secrets'][number]): boolean {
  return digest === template;
}
