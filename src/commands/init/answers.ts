import { InvalidError, usageError } from '../../errors.ts';
import { canAsk } from '../../terminal/interactive.ts';
import type { Io } from '../../terminal/io.ts';
import { checkedConfig } from './checked.ts';
import { remoteOwner } from './remote-owner.ts';
import { type Answers, configYaml, type NamedSpace } from './starters.ts';

interface Flags {
  readonly owner?: string;
  readonly environment: readonly string[];
  readonly yes?: boolean;
}

const OWNER_RULE = 'at most 100 letters, digits and . _ / -, and begins with a letter or a digit';

/**
 * From the flags; what they leave open is asked on the terminal, if there is one. An answer that is wrong is asked for
 * again by itself: the ones before it stand.
 *
 * @returns null where the terminal is gone
 */
export async function answersFor(flags: Flags, root: string, io: Io): Promise<Answers | null> {
  const asks = !flags.yes && canAsk(io);
  const owner = flags.owner ?? (await ownerOf(root, asks, io));
  if (owner === null) return null;
  if (isWrongOwner(owner)) throw usageError(`--owner takes ${OWNER_RULE}`);
  if (flags.environment.length > 0 || !asks)
    return { owner, environments: flags.environment.map(namedSpace) };
  const question = 'Environments, such as staging=ns_1 production=ns_2? (Enter: one namespace)';
  const line = await io.askFor(question, (typed) => wrongEnvironments(owner, typed), '');
  return line === null ? null : { owner, environments: namedSpaces(line) };
}

const isWrongOwner = (owner: string) => !/^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$/.test(owner);

async function ownerOf(root: string, asks: boolean, io: Io): Promise<string | null> {
  const found = await remoteOwner(root);
  const remote = isWrongOwner(found) ? '' : found;
  if (asks) {
    const wrong = (typed: string) => (isWrongOwner(typed.trim()) ? `An owner has ${OWNER_RULE}` : null);
    const typed = await io.askFor('Who owns these triggers? Such as organisation/repository', wrong, remote);
    return typed?.trim() ?? null;
  }
  if (remote === '') {
    throw usageError(
      'the owner of the triggers is not set, and no Git remote "origin" names one',
      'Set it with --owner, such as --owner your-organisation/your-repository.',
    );
  }
  io.err(`owner: ${remote}, by the Git remote "origin" (--owner sets another)\n`);
  return remote;
}

/** What would be wrong with mxt.yaml for these: it is read as any other, rules of environments included. */
async function wrongEnvironments(owner: string, line: string): Promise<string | null> {
  try {
    await checkedConfig('mxt.yaml', configYaml({ owner, environments: namedSpaces(line) }));
    return null;
  } catch (error) {
    if (error instanceof InvalidError) return error.problems.map(({ message }) => message).join('; ');
    return (error as Error).message;
  }
}

const namedSpaces = (line: string): NamedSpace[] =>
  line
    .split(/[\s,]+/)
    .filter((word) => word !== '')
    .map(namedSpace);

/** The rules of mxt.yaml are not checked here: the file is read back before anything is written. */
function namedSpace(word: string): NamedSpace {
  const at = word.indexOf('=');
  const [name, namespace] = [word.slice(0, at), word.slice(at + 1)];
  if (at < 1 || namespace === '') {
    throw usageError(
      `an environment is given as name=namespace, not as ${word}`,
      'Such as --environment production=ns_prod; give the flag again for each.',
    );
  }
  return { name, namespace };
}

/** The command line that gives the same answers, for a run that could not go on. */
export function asCommand({ owner, environments }: Answers, github: boolean | undefined): string {
  const flags = environments.map(({ name, namespace }) => ` --environment ${name}=${namespace}`);
  return `mxt init${github ? ' --github' : ''} --owner ${owner}${flags.join('')}`;
}
