import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { type Config, loadConfig } from '../config/load.ts';
import type { Desired } from '../domain/manifest.ts';
import type { Plan } from '../domain/plan.ts';
import type { LiveTrigger } from '../domain/trigger.ts';
import { InvalidError, MxtError } from '../errors.ts';
import { findRevision, readTree } from '../git/objects.ts';
import { printable } from '../lib/printable.ts';
import { loadManifests } from '../manifest/load.ts';
import { isManifest } from '../manifest/read.ts';
import type { PlanningFlags } from './flags.ts';
import type { Io } from './io.ts';
import { plannerFor, type Target } from './planning.ts';
import { apiKey, type Repository } from './repository.ts';

/**
 * The repository as it was at a revision, from Git's objects; the checkout is not touched.
 *
 * @returns null where that revision says nothing that could be applied: it is not this change that has to mend it, so
 * a warning says why
 * @throws MxtError `usage` where there is no such revision
 */
export async function readBase(
  rev: string,
  repository: Repository,
  flags: PlanningFlags,
  io: Io,
): Promise<Repository | null> {
  const file = basename(flags.config);
  const revision = await findRevision(repository.root, rev, file);
  if (revision === null) {
    throw new MxtError('usage', `--base ${rev}: there is no such revision in this checkout`, {
      hint: 'A shallow clone may lack it: actions/checkout has them all with fetch-depth: 0.',
    });
  }
  const warn = (why: string) =>
    io.err(`warning: --base ${printable(rev)}: ${why}; nothing is marked as pending\n`);
  if (revision.file === null) {
    warn(`there is no ${printable(file)} in it`);
    return null;
  }
  const scratch = mkdtempSync(join(tmpdir(), 'mxt-base-'));
  try {
    const config = await loadConfig(write(join(scratch, 'config', file), revision.file), apiKey(io));
    const desired = await readManifests(join(scratch, 'tree'), revision.commit, config, repository.root, io);
    if (desired.length > 0 || flags.allowEmpty) return { ...repository, config, desired };
    warn('there is no manifest in it');
    return null;
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error;
    warn(`it is not valid (${firstOf(error)})`);
    return null;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** A plan in which everything is marked that the base alone would bring as well. Digests stay what they are. */
export function markPending(
  plan: Plan,
  base: Repository,
  live: readonly LiveTrigger[],
  target: Target,
  flags: PlanningFlags,
  io: Io,
): Plan {
  const operations = plannerFor(base, target, flags, io).operations(live);
  const before = new Set(operations.map(({ digest }) => digest));
  return {
    ...plan,
    operations: plan.operations.map((one) => (before.has(one.digest) ? { ...one, pending: true } : one)),
  };
}

async function readManifests(
  root: string,
  commit: string,
  config: Config,
  checkout: string,
  io: Io,
): Promise<readonly Desired[]> {
  // Git knows no empty folders: one that is not there held nothing.
  for (const folder of config.manifests) mkdirSync(join(root, folder), { recursive: true });
  const files = await readTree(checkout, commit, config.manifests, isManifest);
  if (files === null) throw new MxtError('usage', `--base: git cannot read the manifests of ${commit}`);
  for (const { path, content } of files) write(join(root, path), content);
  const { desired, problems } = await loadManifests({
    root,
    folders: config.manifests,
    allowUnknown: config.allowUnknown,
    secret: apiKey(io),
    now: io.now(),
  });
  if (problems.length > 0) throw new InvalidError(problems);
  return desired;
}

function write(path: string, content: Buffer): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

function firstOf({ problems, message }: InvalidError): string {
  const [first] = problems;
  if (first === undefined) return message;
  const place = [first.file, first.line, first.column].filter((part) => part !== null).join(':');
  return printable(`${message}, first ${place}: ${first.message}`);
}
