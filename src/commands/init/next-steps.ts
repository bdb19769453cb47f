import type { Config } from '../../config/load-config.ts';
import { groupBy } from '../../lib/group-by.ts';
import { variableOf } from '../../session/secret-vault.ts';
import { onGitHub } from './workflows.ts';

/** As many jobs as GitHub makes of a matrix. Where there are more environments, groups of them share one on GitHub. */
const MOST_JOBS = 256;

const KEY = 'MP_API_KEY';

const PIN = [
  '',
  "The workflows do not name mxt's action yet: no release built this mxt, so it",
  "does not know where that is. Push mxt's repository to where they may use it, and",
  'name a commit of it:',
  '  mxt init --github --force --action owner/repository@commit',
];

interface Steps {
  readonly config: Config;
  /** Names that manifests refer to. */
  readonly secrets: readonly string[];
  readonly github: boolean;
  /** Whether the workflows name a commit of the action. */
  readonly pinned: boolean;
  /** The manifest that was written to begin with; null where there are others. */
  readonly example: string | null;
}

/** What is left for a person to do: every secret by its name and environment, and the plan that works at once. */
export function nextSteps(steps: Steps): string {
  return steps.github ? gitHubSteps(steps) : localSteps(steps);
}

const sandboxPlan = ({ environments }: Config): readonly string[] => [
  `  mxt plan --sandbox${environments.length === 0 ? '' : ' --all-environments'}`,
  'That needs no key: the sandbox stands in for the service.',
];

function localSteps({ config, secrets, example }: Steps): string {
  const [first] = config.environments;
  return lines([
    '',
    `Next: ${example === null ? 'change the manifests' : `write manifests (${example} is one)`}, and look:`,
    ...sandboxPlan(config),
    'Then against the service, with these variables in the environment:',
    ...writers(config).map(([where, key]) => `  ${key}: the key${where === '' ? '' : ` of ${where}`}`),
    ...(first === undefined ? ['  MP_NAMESPACE: the namespace, id or name'] : []),
    ...secrets.map((name) => `  ${variableOf(name)}: what manifests call secrets.${name}`),
    `  mxt plan${first === undefined ? '' : ` --env ${first.name}`}`,
  ]);
}

function gitHubSteps({ config, secrets, pinned, example }: Steps): string {
  const one = config.environments.length === 0;
  const readers = [...groupBy(writers(config), ([, key]) => key)];
  return lines([
    '',
    "Next, in the repository's settings on GitHub:",
    '  1. Secrets and variables > Actions: keys that can only read (plan, drift)',
    ...readers.map(
      ([key, of]) => `       secret ${key}_READ${one ? '' : `: ${listed(of.map(([where]) => where))}`}`,
    ),
    ...(one ? ['       variable MP_NAMESPACE: the namespace, id or name'] : []),
    ...secrets.map((name) => `       secret ${onGitHub(name)}: what manifests call secrets.${name}`),
    '  2. Environments, each with required reviewers and limited to the default',
    '     branch: keys that can write (apply)',
    ...onGitHubEnvironments(config).map(
      ([where, keys]) => `       environment ${where}: secret ${keys.join(', ')}`,
    ),
    '  3. Rules: the default branch takes pull requests only, with a review and the',
    '     check "mxt"',
    `Then ${example === null ? 'change a manifest' : `write a manifest (${example} is one)`} and open a pull request:`,
    'the plan is its comment. Until then:',
    ...sandboxPlan(config),
    ...(pinned ? [] : PIN),
  ]);
}

const lines = (all: readonly string[]) => all.map((line) => `${line}\n`).join('');

/** Each environment and the variable of its key; without environments, one whose name is empty. */
function writers({ environments }: Config): (readonly [string, string])[] {
  if (environments.length === 0) return [['', KEY]];
  return environments.map(({ name, apiKeyEnv }) => [name, apiKeyEnv ?? KEY]);
}

function onGitHubEnvironments(config: Config): (readonly [string, readonly string[]])[] {
  const all = writers(config);
  if (all.length > MOST_JOBS) return [['mxt-fleet', [...new Set(all.map(([, key]) => key))]]];
  return all.map(([where, key]) => [where || 'production', [key]]);
}

/** Names with commas between; of many, the first ones and how many more there are. */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 4 ? `${shown} and ${names.length - 3} more` : names.join(', ');
}
