import { existsSync, lstatSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { type GitAnswer, type GitFault, runGit } from './run-git.ts';

/** Why git tells nothing of a folder, and what to do about it. */
export interface GitTrouble {
  readonly reason: 'missing' | 'forbidden' | 'refused' | 'broken';
  readonly message: string;
  readonly hint: string;
}

/** A checkout as git knows it. Found once; every later call is told where it is. */
export interface Checkout {
  /** The folder that was asked about, links resolved. */
  readonly folder: string;
  readonly workTree: string;
  /** The folder in the work tree, with forward slashes and one at its end; empty where that is its top. */
  readonly prefix: string;
  /** A shallow clone cannot tell an old commit from a foreign one. */
  readonly shallow: boolean;
  run(args: readonly string[], input?: string): Promise<GitAnswer>;
}

export type FoundCheckout =
  | { readonly kind: 'none' }
  | { readonly kind: 'found'; readonly checkout: Checkout }
  | { readonly kind: 'unreadable'; readonly trouble: GitTrouble };

/**
 * Finds the checkout that a folder is in. No process is started where there is none.
 *
 * The environment of a hook names the repository that runs it (`GIT_DIR`). That counts where it also names the work
 * tree (`GIT_WORK_TREE`) and the folder is in it, as in a deploy hook, or where there is no `.git` above. Else the
 * `.git` above is the nearer truth: with `GIT_DIR` alone, git would take the current folder for the top of the tree.
 */
export async function findCheckout(root: string, env = process.env): Promise<FoundCheckout> {
  const folder = realpathSync(resolve(root));
  const top = topAbove(folder);
  const [dir = '', tree = ''] = [env['GIT_DIR'], env['GIT_WORK_TREE']];
  const fits = tree !== '' && isWithin(real(tree), folder) && (top === null || isWithin(top, real(tree)));
  const named = dir !== '' && (top === null || fits);
  if (!named && top === null) return { kind: 'none' };
  const where = named
    ? [`--git-dir=${resolve(dir)}`, ...(tree === '' ? [] : [`--work-tree=${real(tree)}`])]
    : [];
  const question = ['rev-parse', '--absolute-git-dir', '--is-shallow-repository', '--show-toplevel'];
  const answer = await runGit(named ? folder : (top ?? folder), [...where, ...question]);
  if (answer.fault !== null)
    return { kind: 'unreadable', trouble: troubleOf(answer.fault, named, top ?? folder) };
  const [gitDir = '', shallow, workTree = ''] = answer.output.toString('utf8').split('\n');
  const way = relative(real(workTree), folder);
  if (!isWithin(real(workTree), folder)) {
    const fault = { reason: 'failed', message: `its work tree is ${workTree}` } as const;
    return { kind: 'unreadable', trouble: troubleOf(fault, named, folder) };
  }
  const place = [`--git-dir=${gitDir}`, `--work-tree=${workTree}`];
  const checkout = {
    folder,
    workTree,
    prefix: way === '' ? '' : `${way.split(sep).join('/')}/`,
    shallow: shallow === 'true',
    run: (args: readonly string[], input?: string) => runGit(folder, [...place, ...args], input),
  };
  return { kind: 'found', checkout };
}

/** What a checkout says to a question; null where it fails. */
export async function ask(
  { run }: Pick<Checkout, 'run'>,
  args: readonly string[],
  input?: string,
): Promise<string | null> {
  return (await run(args, input)).output?.toString('utf8') ?? null;
}

/** A setting of Git's, the machine's and the user's alone where there is no checkout. */
export async function gitSetting(root: string, name: string): Promise<string> {
  const found = await findCheckout(root);
  const get = ['config', '--get', name];
  const { output } =
    found.kind === 'found'
      ? await found.checkout.run(get)
      : await runGit(realpathSync(root), ['--git-dir=/dev/null', ...get]);
  return output?.toString('utf8').trim() ?? '';
}

/** The nearest folder with a `.git` that git would take for one: an empty folder of that name is passed over. */
function topAbove(folder: string): string | null {
  for (let top = folder; ; top = dirname(top)) {
    const git = join(top, '.git');
    const stat = lstatSync(git, { throwIfNoEntry: false });
    if (stat !== undefined && (!stat.isDirectory() || existsSync(join(git, 'HEAD')))) return top;
    if (dirname(top) === top) return null;
  }
}

function troubleOf({ reason, message }: GitFault, named: boolean, folder: string): GitTrouble {
  if (reason === 'missing') return { reason, message, hint: 'Install git.' };
  if (reason === 'forbidden') {
    return { reason, message, hint: 'mxt asks git about commits: let it start programs.' };
  }
  if (message.includes('dubious ownership')) {
    return {
      reason: 'refused',
      message: 'git refuses this folder, which belongs to another user',
      hint: `If you trust it: git config --global --add safe.directory ${folder}`,
    };
  }
  const hint = named
    ? 'GIT_DIR is set: set GIT_WORK_TREE too, to the folder of the files, both absolute, or unset them.'
    : 'git status in this folder may say more.';
  return { reason: 'broken', message: `git does not read this checkout: ${message}`, hint };
}

function real(path: string): string {
  const full = resolve(path);
  return existsSync(full) ? realpathSync(full) : full;
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
