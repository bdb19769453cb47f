import { gitHubFrom } from '../github/connection.ts';
import type { GitHub } from '../github/github.ts';
import { openGitHub } from '../github/octokit.ts';
import type { CommonFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';

/** @throws MxtError where GITHUB_TOKEN or GITHUB_REPOSITORY is not set */
export function connectGitHub(flags: CommonFlags, io: Io): Promise<GitHub> {
  return openGitHub(gitHubFrom(io.env), {
    env: io.env,
    userAgent: `mxt/${MXT_VERSION}`,
    sleep: io.sleep,
    now: io.now,
    ...(flags.verbose ? { log: (line: string) => io.err(`${line}\n`) } : {}),
  });
}

/** The branch that a workflow runs on; null where it runs on none, or outside of a workflow. */
export function branchOf({ env }: Io): string | null {
  return /^refs\/heads\/(.+)$/.exec(env['GITHUB_REF'] ?? '')?.[1] ?? null;
}
