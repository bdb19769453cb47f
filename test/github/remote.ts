import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { CONFIG, makeRepository, type Ran, type Repository } from '../support/cli.ts';
import { NO_UPKEEP } from '../support/git.ts';
import type { FakeGitHub } from './fake-github.ts';
import { pull, REPOSITORY } from './shapes.ts';

export type MergeMethod = 'merge' | 'squash' | 'rebase';

/** A bare repository that stands for the one on GitHub, somebody who pushes to it, and workflows that clone it. */
export interface Remote {
  /** Changes files on a branch of main as it is now, pushes it, opens a pull request. @returns its number */
  propose(files: Record<string, string | null>): Promise<number>;
  /** Changes files on main itself, with no pull request. */
  push(files: Record<string, string | null>): string;
  merge(number: number, method: MergeMethod): void;
  /** The workflow of pull requests: plans their merge ref, comments, puts the plan on record. */
  planned(number: number): Promise<Ran>;
  /** The tip of main, checked out, and what its workflow finds in the environment. */
  checkout(): { repository: Repository; env: Record<string, string> };
  /** The workflow of main: plans its tip, applies what was reviewed, comments. */
  applied(args?: string): Promise<{ apply: Ran; comment: Ran; repository: Repository }>;
}

const PERSON = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', '-c', 'commit.gpgsign=false'];

export function git(cwd: string, ...args: string[]): string {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  return execFileSync('git', [...NO_UPKEEP, ...PERSON, ...args], {
    cwd,
    env,
    encoding: 'utf8',
    stdio: 'pipe',
  }).trim();
}

export function makeRemote(github: FakeGitHub, env: Record<string, string>): Remote {
  const bare = mkdtempSync(join(tmpdir(), 'mxt-remote-'));
  onTestFinished(() => rmSync(bare, { recursive: true, force: true }));
  git(bare, 'init', '--quiet', '--bare', '--initial-branch=main');
  appendFileSync(join(bare, 'config'), '[receive]\n\tautogc = false\n');
  github.history = (sha) =>
    git(bare, 'log', '-100', '--format=%H %P', sha)
      .split('\n')
      .map((line) => line.trim().split(' '));

  const cloned = (): Repository => {
    const repository = makeRepository({}, env);
    git(repository.root, 'clone', '--quiet', bare, '.');
    return repository;
  };
  const commit = ({ root, write, remove }: Repository, files: Record<string, string | null>): string => {
    for (const [path, text] of Object.entries(files)) text === null ? remove(path) : write(path, text);
    git(root, 'add', '--all');
    git(root, 'commit', '--quiet', '--message', `Change ${Object.keys(files).join(', ')}`);
    return git(root, 'rev-parse', 'HEAD');
  };
  /** Nobody else pushes, so that this clone is never behind. */
  const person = cloned();
  const asPerson = (...args: string[]) => git(person.root, ...args);
  asPerson('checkout', '--quiet', '-B', 'main');
  commit(person, { 'mxt.yaml': CONFIG });
  asPerson('push', '--quiet', 'origin', 'main');

  let run = 9; // so that the next one is the greater as a number, and the lesser as a text
  const workflow = (event: object): Record<string, string> => {
    const folder = mkdtempSync(join(tmpdir(), 'mxt-event-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const path = join(folder, 'event.json');
    writeFileSync(path, JSON.stringify(event));
    return {
      GITHUB_API_URL: github.url,
      GITHUB_TOKEN: 'ghs_that_must_never_be_shown',
      GITHUB_REPOSITORY: REPOSITORY,
      GITHUB_EVENT_PATH: path,
      GITHUB_RUN_ID: String(run++),
      GITHUB_RUN_ATTEMPT: '1',
    };
  };
  const branch = (number: number) => `change-${number}`;
  const pullOf = (number: number) => {
    const found = github.pulls.find((one) => one.number === number);
    if (found === undefined) throw new Error(`no pull request ${number}`);
    return found;
  };

  return {
    async propose(files) {
      const number = github.pulls.length + 1;
      asPerson('checkout', '--quiet', '-b', branch(number), 'main');
      const head = commit(person, files);
      asPerson('push', '--quiet', 'origin', branch(number));
      github.pulls.push(pull(number, { head }));
      await this.planned(number);
      return number;
    },
    push(files) {
      asPerson('checkout', '--quiet', 'main');
      const sha = commit(person, files);
      asPerson('push', '--quiet', 'origin', 'main');
      return sha;
    },
    merge(number, method) {
      asPerson('checkout', '--quiet', 'main');
      const before = asPerson('rev-parse', 'HEAD');
      const theirs = `origin/${branch(number)}`;
      if (method === 'merge') asPerson('merge', '--quiet', '--no-ff', '--no-edit', theirs);
      if (method === 'squash') {
        asPerson('merge', '--quiet', '--squash', theirs);
        asPerson('commit', '--quiet', '--message', `Change ${number} (#${number})`);
      }
      if (method === 'rebase') {
        asPerson('checkout', '--quiet', '-B', 'rebased', theirs);
        asPerson('rebase', '--quiet', '--force-rebase', 'main');
        asPerson('checkout', '--quiet', 'main');
        asPerson('merge', '--quiet', '--ff-only', 'rebased');
      }
      asPerson('push', '--quiet', 'origin', 'main');
      for (const sha of asPerson('rev-list', `${before}..HEAD`).split('\n'))
        github.brought.set(sha, [number]);
      const tip = asPerson('rev-parse', 'HEAD');
      Object.assign(
        pullOf(number),
        pull(number, { head: pullOf(number).head.sha, merged: true, merge: tip }),
      );
    },
    async planned(number) {
      const { root, mxt } = cloned();
      git(root, 'checkout', '--quiet', '--detach');
      git(root, 'merge', '--quiet', '--no-ff', '--no-edit', `origin/${branch(number)}`);
      await mxt('plan --out plan.json');
      const event = workflow({ action: 'synchronize', number, pull_request: pullOf(number) });
      return mxt('comment --plan plan.json --check', { env: event });
    },
    checkout() {
      const repository = cloned();
      const after = git(repository.root, 'rev-parse', 'HEAD');
      const event = workflow({ ref: 'refs/heads/main', after });
      return { repository, env: { ...event, GITHUB_REF: 'refs/heads/main' } };
    },
    async applied(args = '') {
      const { repository, env } = this.checkout();
      const { mxt } = repository;
      await mxt('plan --out plan.json');
      const apply = await mxt(`apply --reviewed --yes --out-json result.json ${args}`, { env });
      const comment = await mxt('comment --plan plan.json --result result.json', { env });
      return { apply, comment, repository };
    },
  };
}
