import { chooseEnvironment, connectionSettings, SET_IT, type Setting } from '../../config/environment.ts';
import type { Config, Environment } from '../../config/load-config.ts';
import { InvalidError, MxtError } from '../../errors.ts';
import { findCheckout } from '../../git/checkout.ts';
import { proxyFor } from '../../net/proxy-variables.ts';
import type { Check } from '../../render/result/doctor-text.ts';
import { clockOf } from '../../schedule/schedule-clock.ts';
import { readFiles } from '../../session/read-files.ts';
import { type Repository, readRepository } from '../../session/repository.ts';
import { variableOf } from '../../session/secret-vault.ts';
import { requireSecrets } from '../../session/secrets.ts';
import type { Workspace } from '../../session/workspace.ts';
import type { ServiceFlags } from '../../terminal/flags.ts';
import type { Io } from '../../terminal/io.ts';
import { failed, ok, warning } from './checks.ts';

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
  /** Null where the configuration or the choice of an environment is broken. */
  readonly workspace: Workspace | null;
  /** The zones of the manifests' crons; none where they are broken. */
  readonly zones: readonly string[];
}

/** What can be checked without a call: files, and variables of the environment. */
export async function checkLocal(flags: ServiceFlags, io: Io): Promise<Local> {
  const config = await attempt('configuration', async () => {
    const { config, root, problems } = await readFiles(flags, io);
    if (config === null) throw new InvalidError(problems);
    return { config, root };
  });
  if ('check' in config) return { checks: [config.check], workspace: null, zones: [] };
  const { root, config: read } = config.value;
  const checks = [ok('configuration', `${read.file}, owner ${read.owner}`)];
  const environment = await checkEnvironment(read, flags, io, checks);
  if (environment === undefined) return { checks, workspace: null, zones: [] };
  const manifests = await attempt('manifests', () => readRepository(flags, io));
  checks.push(
    'check' in manifests
      ? manifests.check
      : ok('manifests', `${manifests.value.desired.length} valid in ${read.manifests.join(', ')}`),
  );
  if ('value' in manifests) checks.push(...checkSecrets(manifests.value, io));
  checks.push(await checkGit(root));
  const zones = 'value' in manifests ? zonesOf(manifests.value.desired) : [];
  return { checks, workspace: { root, config: read, environment }, zones };
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

function zonesOf(desired: Repository['desired']): string[] {
  const clocks = desired.map(({ fixed, patchable }) =>
    clockOf(fixed.trigger_type, patchable.schedule_config),
  );
  return [...new Set(clocks.flatMap((clock) => (clock?.kind === 'cron' ? [clock.zone] : [])))];
}

/** Plans are made without Git too; this says what they then cannot know. */
async function checkGit(root: string): Promise<Check> {
  const found = await findCheckout(root);
  if (found.kind === 'none') return ok('git', 'no checkout: no commit is recorded');
  if (found.kind === 'unreadable') return warning('git', found.trouble.message, found.trouble.hint);
  if (!found.checkout.shallow) return ok('git', `reads the checkout in ${found.checkout.workTree}`);
  const todo = 'git fetch --unshallow; actions/checkout: fetch-depth: 0.';
  return warning('git', 'a shallow clone: mxt cannot tell whether it is older than what is live', todo);
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

/** The three settings of a connection; of the key only the variable that holds it. */
export function checkSettings({ environment }: Workspace, io: Io): Check[] {
  const { apiUrl, apiKey, namespace } = connectionSettings(io.env, {}, environment);
  const checkOf = (
    check: string,
    setting: Setting,
    message: (of: { name: string; value: string }) => string,
  ) => ('wrong' in setting ? failed(check, setting.wrong, SET_IT) : ok(check, message(setting)));
  return [
    checkOf('address', apiUrl, ({ value }) => value),
    checkOf('key', apiKey, ({ name }) => `set in ${name}`),
    checkOf('namespace', namespace, ({ value }) => value),
  ];
}

/** Which way the service is reached. */
export async function checkWay({ environment }: Workspace, io: Io): Promise<Check[]> {
  const { apiUrl } = connectionSettings(io.env, {}, environment);
  if ('wrong' in apiUrl) return []; // told as the address
  const way = await attempt('proxy', async () => proxyFor(apiUrl.value, io.env));
  const proxy =
    'check' in way ? way.check : ok('proxy', way.value === null ? 'none' : `goes through ${way.value.name}`);
  return io.env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0' ? [proxy, UNCHECKED] : [proxy];
}

/** An error of the user's is a finding; anything else is a bug, and is thrown. */
async function attempt<T>(check: string, read: () => Promise<T>): Promise<{ value: T } | { check: Check }> {
  try {
    return { value: await read() };
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

const UNCHECKED = warning(
  'certificates',
  'not checked at all: anybody on the way can read the key',
  'Unset NODE_TLS_REJECT_UNAUTHORIZED; for a certificate authority of your own, set NODE_EXTRA_CA_CERTS.',
);
