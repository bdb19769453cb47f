import { usageError } from '../../errors.ts';
import { gitSetting } from '../../git/checkout.ts';
import { canAsk } from '../../terminal/interactive.ts';
import type { Io } from '../../terminal/io.ts';

/** What a new mxt.yaml says. */
export interface Answers {
  readonly owner: string;
  /** In the order given; empty: there is one namespace, which MP_NAMESPACE names. */
  readonly environments: readonly NamedSpace[];
}

export interface NamedSpace {
  readonly name: string;
  readonly namespace: string;
}

interface Flags {
  readonly owner?: string;
  readonly environment: readonly string[];
  readonly yes?: boolean;
}

/** From the flags; what they leave open is asked on the terminal, if there is one. */
export async function answersFor(flags: Flags, root: string, io: Io): Promise<Answers> {
  const ask = flags.yes || !canAsk(io) ? null : io.ask;
  const owner = flags.owner ?? (await ask?.('Who owns these triggers?', await remoteName(root)));
  if (owner === undefined || owner === '') {
    throw usageError(
      'the owner of the triggers is not set',
      'Set it with --owner, such as --owner your-organisation/your-repository.',
    );
  }
  if (!/^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$/.test(owner)) {
    throw usageError(
      '--owner takes at most 100 letters, digits and . _ / -, and begins with a letter or a digit',
    );
  }
  if (flags.environment.length > 0) return { owner, environments: flags.environment.map(namedSpace) };
  const line = await ask?.('Environments, such as staging=ns_1 production=ns_2? (empty: one namespace)', '');
  const words = (line ?? '').split(/[\s,]+/).filter((word) => word !== '');
  return { owner, environments: words.map(namedSpace) };
}

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

/** `acme/search` of `git@github.com:acme/search.git`; empty where there is no remote. */
async function remoteName(root: string): Promise<string> {
  const url = await gitSetting(root, 'remote.origin.url');
  return /[:/]([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(url)?.[1] ?? '';
}
