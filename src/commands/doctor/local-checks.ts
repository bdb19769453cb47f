import { chooseEnvironment, connectionSettings, SET_IT, type Setting } from '../../config/environment.ts';
import type { Config, Environment } from '../../config/load-config.ts';
import { InvalidError, MxtError } from '../../errors.ts';
import { findCheckout } from '../../git/checkout.ts';
import type { Check } from '../../render/result/doctor-text.ts';
import { type Repository, readFiles, readRepository, type Workspace } from '../../session/repository.ts';
import { variableOf } from '../../session/secret-vault.ts';
import { requireSecrets } from '../../session/secrets.ts';
import type { ServiceFlags } from '../../terminal/flags.ts';
import type { Io } from '../../terminal/io.ts';

/** As `engines` in package.json says it. */
const LEAST_NODE = [20, 19] as const;

export function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const enough = major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1]);
  const least = LEAST_NODE.join('.');
  return enough
    ? ok('node', version)
    : failed('node', `${version} is too old`, `Install Node ${least} or newer: 22 or 24, say.`);
}

export interface Local {
  readonly checks: readonly Check[];
  /** Null where it is too broken to know whose triggers are meant, and where. */
  readonly place: Workspace | null;
}

/** What can be told without a call: the files, and what the environment says. */
export async function checkLocal(flags: ServiceFlags, io: Io): Promise<Local> {
  const config = await attempt('configuration', async () => {
    const { config, root, problems } = await readFiles(flags, io);
    if (config === null) throw new InvalidError(problems);
    return { config, root };
  });
  if ('check' in config) return { checks: [config.check], place: null };
  const { root, config: read } = config.value;
  const checks = [ok('configuration', `${read.file}, owner ${read.owner}`)];
  const environment = await checkEnvironment(read, flags, io, checks);
  if (environment === undefined) return { checks, place: null };
  const manifests = await attempt('manifests', () => readRepository(flags, io));
  checks.push(
    'check' in manifests
      ? manifests.check
      : ok('manifests', `${manifests.value.desired.length} valid in ${read.manifests.join(', ')}`),
  );
  if ('value' in manifests) checks.push(...checkSecrets(manifests.value, io));
  checks.push(await checkGit(root));
  return { checks, place: { root, config: read, environment } };
}

/** What plan and apply need, named; nothing where no manifest refers to a secret. */
function checkSecrets({ desired, secrets }: Pick<Repository, 'desired' | 'secrets'>, io: Io): Check[] {
  const names = new Set(desired.flatMap((one) => one.secrets.flatMap((use) => use.names)));
  if (names.size === 0) return [];
  try {
    requireSecrets({ desired, secrets }, io);
    return [ok('secrets', `${[...names].sort().map(variableOf).join(', ')} set`)];
  } catch (error) {
    if (error instanceof MxtError) return [failed('secrets', error.message, error.hint)];
    throw error;
  }
}

/** Plans are made without Git too; what they then cannot know is said here. */
async function checkGit(root: string): Promise<Check> {
  const found = await findCheckout(root);
  if (found.kind === 'none') return ok('git', 'no checkout: no commit is recorded');
  if (found.kind === 'unreadable') return warning('git', found.trouble.message, found.trouble.hint);
  if (!found.checkout.shallow) return ok('git', `reads the checkout in ${found.checkout.workTree}`);
  const todo = 'git fetch --unshallow; actions/checkout: fetch-depth: 0.';
  return warning('git', 'a shallow clone: whether it is older than what is live cannot be told', todo);
}

/** Undefined where one must be chosen and is not. */
async function checkEnvironment(
  config: Config,
  flags: ServiceFlags,
  io: Io,
  checks: Check[],
): Promise<Environment | null | undefined> {
  const chosen = await attempt('environment', async () => chooseEnvironment(config, flags.env, io.env));
  if ('check' in chosen) {
    checks.push(chosen.check);
    return undefined;
  }
  if (chosen.value !== null) checks.push(ok('environment', chosen.value.name));
  return chosen.value;
}

/** The three settings of a connection. Never the key: which variable it is in. */
export function checkSettings({ environment }: Workspace, io: Io): Check[] {
  const { apiUrl, apiKey, namespace } = connectionSettings(io.env, {}, environment);
  const told = (check: string, setting: Setting, message: (of: { name: string; value: string }) => string) =>
    'wrong' in setting ? failed(check, setting.wrong, SET_IT) : ok(check, message(setting));
  return [
    told('address', apiUrl, ({ value }) => value),
    told('key', apiKey, ({ name }) => `set in ${name}`),
    told('namespace', namespace, ({ value }) => value),
  ];
}

/** A user's mistake is a finding; anything else is a bug and stays one. */
async function attempt<T>(check: string, look: () => Promise<T>): Promise<{ value: T } | { check: Check }> {
  try {
    return { value: await look() };
  } catch (error) {
    if (error instanceof InvalidError) {
      const [first] = error.problems;
      const place = [first?.file, first?.line].filter((part) => part != null).join(':');
      const message = `${error.message}, first at ${place}: ${first?.message}`;
      return { check: failed(check, message, 'mxt validate shows every problem at its place.') };
    }
    if (error instanceof MxtError) return { check: failed(check, error.message, error.hint) };
    throw error;
  }
}

export function ok(check: string, message: string): Check {
  return { check, status: 'ok', message, todo: null };
}

export function warning(check: string, message: string, todo: string | null): Check {
  return { check, status: 'warning', message, todo };
}

export function failed(check: string, message: string, todo: string | null): Check {
  return { check, status: 'failed', message, todo };
}
