import { type Drifted, overwrites } from '../authoring/drifted.ts';
import { type Edited, pullAll } from '../authoring/pull-files.ts';
import { writeFiles } from '../authoring/write-files.ts';
import { MxtError, usageError } from '../errors.ts';
import { printable } from '../lib/printable.ts';
import { nearest } from '../lib/suggest.ts';
import { findOne } from '../plan/observe/find-owned.ts';
import type { Observed } from '../plan/observe/observe.ts';
import { readFromService } from '../session/desired-and-live.ts';
import { readRepository } from '../session/repository.ts';
import type { ResolvedRepository } from '../session/resolve-references.ts';
import { requireSecrets } from '../session/secrets.ts';
import { scopeOf } from '../session/workspace.ts';
import type { ServiceFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';
import { showDiff } from '../terminal/show-diff.ts';

export interface PullFlags extends ServiceFlags {
  readonly dryRun?: boolean;
}

/** What is live is compared by its values. @throws MxtError `usage` where a secret is not set */
async function readWithSecrets(flags: PullFlags, io: Io) {
  const repository = await readRepository(flags, io);
  requireSecrets(repository, io);
  return repository;
}

/**
 * `mxt pull NAME…`: accepts drift. Live values are written into the manifests, in place; all of them or, where one
 * cannot be written, none.
 */
export async function pullCommand(names: readonly string[], flags: PullFlags, io: Io): Promise<number> {
  const { repository, observed } = await readFromService(
    readWithSecrets,
    { ...flags, only: [], except: [], replace: [] },
    io,
  );
  const drifted = [...new Set(names)].map((name) => find(name, repository, observed));
  const { root, config, environment, loaded, resources } = repository;
  const { edited, notes } = await pullAll(drifted, {
    scope: { ...scopeOf(repository), resources },
    checks: loaded.checks,
    elsewhere: ({ compositionIn }) =>
      config.environments
        .map(({ name }) => name)
        .filter((name) => name !== environment?.name && compositionIn(name) !== null),
  });
  for (const { desired, managed } of drifted) {
    if (!overwrites(desired, managed)) continue;
    io.err(
      `warning: ${desired.name} had changed since it was last applied; the live values replace that change\n`,
    );
  }
  for (const note of notes) io.err(`warning: ${printable(note)}\n`);
  for (const { file, before, text } of edited) showDiff(file, before, text, flags, io);
  if (!flags.dryRun)
    writeFiles(
      edited.map(({ real, whole }) => ({ path: real, text: whole })),
      root,
    );
  io.err(summary(drifted, edited, flags));
  return 0;
}

function summary(drifted: readonly Drifted[], edited: readonly Edited[], { dryRun }: PullFlags): string {
  if (edited.length === 0) {
    return `Nothing to pull: ${drifted.length === 1 ? 'the manifest says' : 'the manifests say'} what is live.\n`;
  }
  const files = edited.map(({ file }) => printable(file)).join(', ');
  return dryRun ? `Would write ${files}.\n` : `Wrote ${files}. The next apply records that in the label.\n`;
}

/** @throws MxtError `usage` where there is no such manifest here, or no owned trigger is live for it */
function find(name: string, repository: ResolvedRepository, observed: Observed): Drifted {
  const { environment, loaded, desired } = repository;
  const parsed = loaded.manifests.find((one) => one.name === name);
  if (parsed === undefined) throw unknown(name, repository, observed);
  const manifest = desired.find((one) => one.name === name);
  const composition = parsed.compositionIn(environment?.name ?? null);
  if (manifest === undefined || composition === null) {
    throw usageError(`${name} is not kept in environment ${environment?.name}`);
  }
  return {
    parsed,
    composition,
    desired: manifest,
    managed: findOne(name, { ...observed, declared: loaded.manifests.map((one) => one.name) }),
  };
}

function unknown(name: string, { loaded }: ResolvedRepository, { owned }: Observed): MxtError {
  if (owned.some(({ label }) => label.name === name)) {
    return usageError(
      `${name} is live, and no manifest has this name: there is no file to write to`,
      'mxt release takes the label off it; then mxt export can write a manifest.',
    );
  }
  const near = nearest(
    name,
    loaded.manifests.map((one) => one.name),
  );
  return new MxtError('usage', `no manifest has the name ${name}`, {
    ...(near.length === 0 ? {} : { hint: `Did you mean ${near.join(' or ')}?` }),
  });
}
