import { MxtError } from '../../errors.ts';
import { gitSetting } from '../../git/checkout.ts';
import type { Io } from '../../terminal/io.ts';

/** What mxt.yaml is made of. */
export interface Answers {
  readonly owner: string;
  /** In the order in which they were named; none: there is one namespace, which MP_NAMESPACE names. */
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

/** From flags; what they leave open is asked where there is somebody to ask. */
export async function answersFor(flags: Flags, root: string, io: Io): Promise<Answers> {
  const ask = flags.yes || !io.stdinIsTerminal ? undefined : io.ask;
  const owner = flags.owner ?? (await ask?.('Whose triggers will these be?', await remoteName(root)));
  if (owner === undefined || owner === '') {
    throw new MxtError('usage', 'whose triggers will these be?', {
      hint: 'Say it with --owner, such as --owner your-organisation/your-repository.',
    });
  }
  if (!/^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$/.test(owner)) {
    throw new MxtError(
      'usage',
      '--owner takes letters, digits and . _ / -, begins with a letter or a digit, and has 100 characters at most',
    );
  }
  if (flags.environment.length > 0) return { owner, environments: flags.environment.map(namedSpace) };
  const line = await ask?.(
    'Environments, such as staging=ns_1 production=ns_2? (nothing: one namespace)',
    '',
  );
  const words = (line ?? '').split(/[\s,]+/).filter((word) => word !== '');
  return { owner, environments: words.map(namedSpace) };
}

/** The rules of mxt.yaml hold for it all the same: it is read back before anything is written. */
function namedSpace(word: string): NamedSpace {
  const at = word.indexOf('=');
  const [name, namespace] = [word.slice(0, at), word.slice(at + 1)];
  if (at < 1 || namespace === '') {
    throw new MxtError('usage', `an environment is given as name=namespace, not as ${word}`, {
      hint: 'Such as --environment production=ns_prod; give the flag again for each.',
    });
  }
  return { name, namespace };
}

/** `acme/search` of `git@github.com:acme/search.git`; empty where there is no remote. */
async function remoteName(root: string): Promise<string> {
  const url = await gitSetting(root, 'remote.origin.url');
  return /[:/]([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(url)?.[1] ?? '';
}
