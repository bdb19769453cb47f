import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Config, loadConfig } from '../config/load-config.ts';
import type { Operation, Plan } from '../domain/plan.ts';
import { InvalidError, usageError } from '../errors.ts';
import type { Checkout, FoundCheckout } from '../git/checkout.ts';
import { findRevision, readTree } from '../git/objects.ts';
import { printable } from '../lib/printable.ts';
import { isManifest } from '../manifest/files/find-files.ts';
import type { Loaded } from '../manifest/load-manifests.ts';
import { resolveManifests } from '../manifest/resolve/resolve-manifests.ts';
import { observe } from '../plan/observe/observe.ts';
import { makePlan } from '../plan/plan.ts';
import { inScratchFolder } from '../terminal/files.ts';
import type { CommonFlags, PlanningFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';
import type { DesiredAndLive } from './planner.ts';
import { planInput } from './planner.ts';
import { currentKeys, readFiles } from './read-files.ts';
import type { Repository } from './repository.ts';
import { scopeOf } from './workspace.ts';

/** The repository as it was at a revision, before what it refers to was looked up. */
export interface Base {
  readonly config: Config;
  readonly loaded: Loaded;
  readonly warn: (why: string) => void;
}

/** What holds where the revision says nothing that can be used. */
const OTHERWISE = {
  '--base': 'nothing is marked as pending',
  '--changed-since': 'every environment counts as changed',
} as const;

/**
 * Reads a revision from Git's objects; the checkout is not touched.
 *
 * @param flag the flag that names the revision
 * @returns null where the revision cannot be applied: this change need not fix it, so a warning says why
 * @throws MxtError `usage` where there is no such revision
 */
export async function readBase(
  flag: keyof typeof OTHERWISE,
  rev: string,
  { checkout }: Pick<Repository, 'checkout'>,
  flags: CommonFlags,
  io: Io,
): Promise<Base | null> {
  const file = basename(flags.config);
  const git = readable(checkout, `${flag} ${rev}`);
  const revision = await findRevision(git, rev, file);
  if (revision === null) {
    throw usageError(
      `${flag} ${rev}: there is no such revision in this checkout`,
      git.shallow
        ? 'This clone is shallow: git fetch --unshallow gets the rest, and actions/checkout all with fetch-depth: 0.'
        : 'Is it spelled right, and fetched? git fetch gets what the remote has.',
    );
  }
  const warn = (why: string) => io.err(`warning: ${flag} ${printable(rev)}: ${why}; ${OTHERWISE[flag]}\n`);
  const { file: content, commit } = revision;
  if (content === null) {
    warn(`there is no ${printable(file)} in it`);
    return null;
  }
  return inScratchFolder(async (scratch) => {
    try {
      const path = write(join(scratch, file), content);
      const { manifests } = await loadConfig(path, currentKeys(io));
      await checkOut(git, commit, manifests, scratch, flag);
      const { config, loaded, problems } = await readFiles({ ...flags, config: path }, io);
      if (config === null || problems.length > 0) throw new InvalidError(problems);
      return { config, loaded, warn };
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error;
      warn(`it is not valid (${firstOf(error)})`);
      return null;
    }
  });
}

/** @throws MxtError `usage` where there is no checkout, or Git cannot read it, with what to do about that */
function readable(found: FoundCheckout, what: string): Checkout {
  if (found.kind === 'found') return found.checkout;
  if (found.kind === 'none') throw usageError(`${what}: this folder is in no checkout of Git`);
  throw usageError(`${what}: ${found.trouble.message}`, found.trouble.hint);
}

/** Writes the manifests of a commit into a folder. */
async function checkOut(
  git: Checkout,
  commit: string,
  folders: readonly string[],
  into: string,
  flag: string,
): Promise<void> {
  // Git has no empty folders: one that is missing held nothing.
  for (const folder of folders) mkdirSync(join(into, folder), { recursive: true });
  const { files, lacking } = await readTree(git, commit, folders, isManifest);
  if (files === null) {
    throw usageError(
      `${flag}: the manifests of ${commit.slice(0, 12)} cannot be read: ${lacking}`,
      'git submodule update --init checks submodules out; git fetch --refetch completes a partial clone.',
    );
  }
  for (const { path, content } of files) write(join(into, path), content);
}

/** The same live state beside what the base wants of it, with the resources that were looked up for today's manifests. */
async function resolveBase(
  { config, loaded, warn }: Base,
  { repository: head, target, observed: { live } }: DesiredAndLive,
  flags: PlanningFlags,
  now: Date,
): Promise<DesiredAndLive | null> {
  const environment = config.environments.find(({ name }) => name === head.environment?.name) ?? null;
  if (environment === null && (head.environment !== null || config.environments.length > 0)) {
    warn('it does not define this environment');
    return null;
  }
  const scope = { ...scopeOf({ config, environment, secrets: head.secrets }), resources: head.resources };
  const { desired, problems } = await resolveManifests(loaded, scope);
  if (problems.length > 0) warn(`it is not valid (${firstOf(new InvalidError(problems))})`);
  else if (desired.length === 0 && !flags.allowEmpty) warn('there is no manifest in it');
  else {
    const settings = environment ?? config;
    const observed = observe(live, config.owner, now);
    return { target, observed, repository: { ...head, config, environment, settings, loaded, desired } };
  }
  return null;
}

/** Marks as pending each operation that the base alone would bring as well. Digests stay what they are. */
export async function markPending(
  plan: Plan,
  base: Base,
  sides: DesiredAndLive,
  flags: PlanningFlags,
  io: Io,
): Promise<Plan> {
  const before = await resolveBase(base, sides, flags, io.now());
  if (before === null) return plan;
  const digests = new Set(makePlan(planInput(before, flags)).operations.map(({ digest }) => digest));
  return {
    ...plan,
    operations: plan.operations.map((one) => (digests.has(one.digest) ? asPending(one) : one)),
  };
}

/** What the base would make anew as well, and was live before, is nothing new: somebody deleted it outside Git. */
function asPending(one: Operation): Operation {
  const wasDeleted = one.warnings.some(({ code }) => code === 'was_deleted');
  return { ...one, pending: true, cause: wasDeleted ? 'drift' : one.cause };
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
