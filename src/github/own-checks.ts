import type { CheckRun, GitHub } from './github.ts';
import { checkName, externalId, type Identity } from './identity.ts';

/** The app that a workflow's own token speaks for. */
const RUNNER = 'github-actions';

/**
 * The check runs of ours on a commit. Any app may write one of any name and id, so only those of the app whose token
 * this is count; a person's token cannot write any, and reads those of the workflows.
 */
export async function ownChecks(
  github: GitHub,
  sha: string,
  command: 'plan' | 'apply',
  identity: Identity,
): Promise<readonly CheckRun[]> {
  const [checks, viewer] = await Promise.all([
    github.checkRuns(sha, checkName(command, identity)),
    github.viewer(),
  ]);
  const app = viewer?.endsWith(BOT) ? viewer.slice(0, -BOT.length) : RUNNER;
  return checks.filter((check) => check.app === app && check.externalId === externalId(identity));
}

const BOT = '[bot]';
