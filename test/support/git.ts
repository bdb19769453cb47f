import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/**
 * Nothing is tidied up behind a commit, and no samples of hooks are copied: a process or a dozen files each time, for
 * folders that are gone in a second.
 */
export const NO_UPKEEP = ['maintenance.auto=false', 'gc.auto=0', 'init.templateDir='].flatMap((one) => [
  '-c',
  one,
]);

export interface GitRepository {
  git(...args: string[]): string;
  /** Everything that stands there, as a commit. @returns its full id */
  commit(): string;
}

/** A Git repository in a folder, whatever the machine's own configuration of Git is. */
export function initGit(root: string, folder = ''): GitRepository {
  const git = (...args: string[]) =>
    execFileSync('git', [...NO_UPKEEP, ...args], {
      cwd: join(root, folder),
      encoding: 'utf8',
      stdio: 'pipe',
      env: {
        ...process.env,
        // A hook that a test plays is for mxt, not for what prepares it.
        GIT_DIR: undefined,
        GIT_WORK_TREE: undefined,
        GIT_INDEX_FILE: undefined,
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_SYSTEM: '/dev/null',
        GIT_AUTHOR_NAME: 'test',
        GIT_AUTHOR_EMAIL: 'test@example.com',
        GIT_COMMITTER_NAME: 'test',
        GIT_COMMITTER_EMAIL: 'test@example.com',
      },
    }).trim();
  git('init', '-q', '-b', 'main');
  return {
    git,
    commit() {
      git('add', '-A');
      git('commit', '-q', '--allow-empty', '-m', 'commit');
      return git('rev-parse', 'HEAD');
    },
  };
}
