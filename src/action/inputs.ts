import { MATRIX_MAX } from '../commands/environments/jobs.ts';
import { MxtError } from '../errors.ts';
import { variableOf } from '../session/secret-vault.ts';

/** What `with:` said, as the command line and the environment of mxt. */
export interface Inputs {
  readonly command: ActionCommand;
  /** Flags that plan and apply share, or validate's. */
  readonly args: readonly string[];
  /** Flags of this command alone. */
  readonly own: readonly string[];
  /** Variables to set. */
  readonly env: Readonly<Record<string, string>>;
  /** Empty where none is given. It becomes a variable too, so that it is on no command line: see `key.ts`. */
  readonly apiKey: string;
  /** Relative to the workspace. */
  readonly workingDirectory: string;
  readonly comment: boolean;
}

export const COMMANDS = ['validate', 'environments', 'plan', 'apply'] as const;
export type ActionCommand = (typeof COMMANDS)[number];

type Environment = Readonly<Record<string, string | undefined>>;

/** Inputs that become variables, where they are not empty: a variable or a secret that is not set arrives empty. */
const VARIABLES = {
  environment: 'MXT_ENV',
  namespace: 'MP_NAMESPACE',
  'github-token': 'GITHUB_TOKEN',
} as const;

/** @throws MxtError that names the input */
export function readInputs(env: Environment): Inputs {
  const command = COMMANDS.find((one) => one === input(env, 'command'));
  if (command === undefined) throw wrong('command', `one of ${COMMANDS.join(', ')}`);
  return {
    command,
    args: argsOf(env),
    own: ownOf(command, env),
    env: Object.fromEntries([
      ...Object.entries(VARIABLES).flatMap(([name, variable]) => {
        const value = input(env, name);
        // Of a group each has a namespace of its own, as mxt.yaml says it.
        const unused = value === '' || (name === 'namespace' && isGroup(env));
        return unused ? [] : [[variable, value] as const];
      }),
      ...secretsOf(env),
    ]),
    apiKey: input(env, 'api-key'),
    workingDirectory: input(env, 'working-directory'),
    comment: flag(env, 'comment'),
  };
}

/**
 * Lines `NAME=value`, as variables. What stands behind the first = is the value, without blanks around it; it may be
 * empty, as a secret that is not set is. A wrong line is named by its number alone.
 */
function secretsOf(env: Environment): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [at, line] of (env['INPUT_SECRETS'] ?? '').split(/\r\n|\r|\n/).entries()) {
    if (line.trim() === '') continue;
    const [, name, value] = /^\s*([A-Za-z0-9_]+)=(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) {
      throw wrong('secrets', `lines NAME=value, and line ${at + 1} is none`);
    }
    const variable = variableOf(name);
    if (found.has(variable))
      throw wrong('secrets', `lines of different names, and line ${at + 1} repeats ${name}`);
    found.set(variable, value.trim());
  }
  return found;
}

/** No shell has a part in this: `args` is cut at blanks, and nothing in it is expanded. */
function argsOf(env: Environment): string[] {
  const maxDeletes = input(env, 'max-deletes');
  const maxCredits = input(env, 'max-credits');
  return [
    ...(maxDeletes === '' ? [] : [`--max-deletes=${maxDeletes}`]),
    ...(maxCredits === '' ? [] : [`--max-credits=${maxCredits}`]),
    ...input(env, 'args')
      .split(/\s+/)
      .filter((arg) => arg !== ''),
  ];
}

function ownOf(command: ActionCommand, env: Environment): string[] {
  const base = input(env, 'base');
  const onMismatch = input(env, 'on-mismatch');
  const changedSince = input(env, 'changed-since');
  switch (command) {
    case 'validate':
      return [];
    case 'environments':
      return [
        ...(changedSince === '' ? [] : [`--changed-since=${changedSince}`]),
        // The one that is named is a job of its own.
        ...(input(env, 'environment') === '' ? [`--jobs=${input(env, 'jobs') || MATRIX_MAX}`] : []),
      ];
    case 'plan':
      return [
        ...(base === '' ? [] : [`--base=${base}`]),
        ...(flag(env, 'detailed-exitcode') ? ['--detailed-exitcode'] : []),
      ];
    case 'apply':
      return [
        '--yes',
        // As with a job for each: one that fails keeps no other from being done.
        ...(isGroup(env) ? ['--keep-going'] : []),
        ...(flag(env, 'reviewed') ? ['--reviewed'] : []),
        ...(onMismatch === '' ? [] : [`--on-mismatch=${onMismatch}`]),
      ];
  }
}

/** Several environments that share a job, `a,b,c`. */
function isGroup(env: Environment): boolean {
  return input(env, 'environment').includes(',');
}

/** The runner's spelling: blanks become underscores, dashes stay. */
function input(env: Environment, name: string): string {
  return (env[`INPUT_${name.toUpperCase()}`] ?? '').trim();
}

function flag(env: Environment, name: string): boolean {
  const value = input(env, name);
  if (value !== '' && value !== 'true' && value !== 'false') throw wrong(name, 'true or false');
  return value === 'true';
}

function wrong(name: string, expected: string): MxtError {
  return new MxtError('usage', `the input ${name} must be ${expected}`);
}
