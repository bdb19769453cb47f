import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Config, loadConfig } from '../../config/load-config.ts';
import type { Plan } from '../../domain/plan.ts';
import { InvalidError, MxtError } from '../../errors.ts';
import type { Checkout, FoundCheckout } from '../../git/checkout.ts';
import { findRevision, readTree } from '../../git/objects.ts';
import { printable } from '../../lib/printable.ts';
import { isManifest } from '../../manifest/files/find-files.ts';
import { type Loaded, loadManifests } from '../../manifest/load-manifests.ts';
import { resolveManifests } from '../../manifest/resolve/resolve-manifests.ts';
import { currentKeys, type Repository, scopeOf } from '../../session/repository.ts';
import type { ResolvedRepository } from '../../session/resolve-references.ts';
import { scratchFolder } from '../../terminal/files.ts';
import type { PlanningFlags } from '../../terminal/flags.ts';
import type { Io } from '../../terminal/io.ts';

/** The repository as it was at a revision, before what it refers to was looked up. */
export interface Base {
  readonly config: Config;
  readonly loaded: Loaded;
  readonly warn: (why: string) => void;
}

/** How a revision was asked for. */
export interface BaseWords {
  readonly flag: '--base' | '--changed-since';
  /** The configuration, as `--config` names it. */
  readonly file: string;
  /** What holds where the revision says nothing. */
  readonly otherwise: string;
}

/**
 * Reads a revision from Git's objects; the checkout is not touched.
 *
 * @returns null where that revision says nothing that could be applied: it is not this change that has to mend it, so
 * a warning says why
 * @throws MxtError `usage` where there is no such revision
 */
export async function readBase(
  rev: string,
  { checkout }: Pick<Repository, 'checkout'>,
  words: BaseWords,
  io: Io,
): Promise<Base | null> {
  const file = basename(words.file);
  const git = readable(checkout, `${words.flag} ${rev}`);
  const revision = await findRevision(git, rev, file);
  if (revision === null) {
    throw new MxtError('usage', `${words.flag} ${rev}: there is no such revision in this checkout`, {
      hint: git.shallow
        ? 'This clone is shallow: git fetch --unshallow gets the rest, and actions/checkout all with fetch-depth: 0.'
        : 'Is it spelled right, and fetched? git fetch gets what the remote has.',
    });
  }
  const warn = (why: string) =>
    io.err(`warning: ${words.flag} ${printable(rev)}: ${why}; ${words.otherwise}\n`);
  if (revision.file === null) {
    warn(`there is no ${printable(file)} in it`);
    return null;
  }
  const scratch = scratchFolder('mxt-base-');
  try {
    const config = await loadConfig(write(join(scratch, 'config', file), revision.file), currentKeys(io));
    const loaded = await readManifests(join(scratch, 'tree'), revision.commit, config, git, words.flag, io);
    return { config, loaded, warn };
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error;
    warn(`it is not valid (${firstOf(error)})`);
    return null;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** @throws MxtError `usage` where there is no checkout, or git tells nothing of it, with what to do about that */
function readable(found: FoundCheckout, what: string): Checkout {
  if (found.kind === 'found') return found.checkout;
  if (found.kind === 'none') throw new MxtError('usage', `${what}: this folder is in no checkout of Git`);
  const { message, hint } = found.trouble;
  throw new MxtError('usage', `${what}: ${message}`, { hint });
}

/** What it said in the environment that is planned, with the resources that were looked up for today's manifests. */
export async function resolveBase(
  { config, loaded, warn }: Base,
  head: ResolvedRepository,
  flags: PlanningFlags,
): Promise<ResolvedRepository | null> {
  const environment = config.environments.find(({ name }) => name === head.environment?.name) ?? null;
  if (environment === null && (head.environment !== null || config.environments.length > 0)) {
    warn('it does not define this environment');
    return null;
  }
  const scope = { ...scopeOf(config, environment, head.secrets), resources: head.resources };
  const { desired, problems } = await resolveManifests(loaded, scope);
  if (problems.length > 0) warn(`it is not valid (${firstOf(new InvalidError(problems))})`);
  else if (desired.length === 0 && !flags.allowEmpty) warn('there is no manifest in it');
  else return { ...head, config, environment, settings: environment ?? config, loaded, desired };
  return null;
}

/**
 * A plan in which everything is marked that the base alone would bring as well. Digests stay what they are.
 *
 * @param planBase makes the base's operations
 */
export function markPending(plan: Plan, planBase: () => Plan['operations'], { warn }: Base): Plan {
  const before = new Set(operationsOf(planBase, warn).map(({ digest }) => digest));
  return {
    ...plan,
    operations: plan.operations.map((one) => (before.has(one.digest) ? { ...one, pending: true } : one)),
  };
}

/** None where it asks for what is not live, an id to adopt: no plan can be made of it. */
function operationsOf(planBase: () => Plan['operations'], warn: Base['warn']): Plan['operations'] {
  try {
    return planBase();
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error;
    warn(`it is not valid (${firstOf(error)})`);
    return [];
  }
}

async function readManifests(
  root: string,
  commit: string,
  config: Config,
  checkout: Checkout,
  flag: string,
  io: Io,
): Promise<Loaded> {
  // Git knows no empty folders: one that is not there held nothing.
  for (const folder of config.manifests) mkdirSync(join(root, folder), { recursive: true });
  const { files, lacking } = await readTree(checkout, commit, config.manifests, isManifest);
  if (files === null) {
    throw new MxtError(
      'usage',
      `${flag}: the manifests of ${commit.slice(0, 12)} cannot be read: ${lacking}`,
      {
        hint: 'git submodule update --init checks submodules out; git fetch --refetch completes a partial clone.',
      },
    );
  }
  for (const { path, content } of files) write(join(root, path), content);
  const loaded = await loadManifests({
    root,
    folders: config.manifests,
    allowUnknown: config.allowUnknown,
    environments: config.environments.map(({ name }) => name),
    secrets: currentKeys(io, config),
    now: io.now(),
  });
  if (loaded.problems.length > 0) throw new InvalidError(loaded.problems);
  return loaded;
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
