import { type Drifted, overwrites } from '../authoring/drifted.ts';
import { type Edited, pullAll } from '../authoring/pull-files.ts';
import { writeFiles } from '../authoring/write-files.ts';
import { MxtError, usageError } from '../errors.ts';
import { printable } from '../lib/printable.ts';
import { nearest } from '../lib/suggest.ts';
import { unique } from '../lib/unique.ts';
import { compositionIn } from '../manifest/read-manifests.ts';
import { isEverything } from '../plan/match/selection.ts';
import { findOne } from '../plan/observe/find-owned.ts';
import type { Observed } from '../plan/observe/observe.ts';
import { countWords } from '../render/text/value.ts';
import { readFromService } from '../session/desired-and-live.ts';
import type { DesiredAndLive } from '../session/planner.ts';
import { readRepository } from '../session/repository.ts';
import type { ResolvedRepository } from '../session/resolve-references.ts';
import { requireSecrets } from '../session/secrets.ts';
import { scopeOf } from '../session/workspace.ts';
import { confirmed, requireTerminal } from '../terminal/confirm.ts';
import type { PlanningFlags, SelectionFlags, ServiceFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';
import { showDiff } from '../terminal/show-diff.ts';
import { planDesiredAndLive } from './plan.ts';

export interface PullFlags extends ServiceFlags, SelectionFlags {
  readonly dryRun?: boolean;
  /** Everything that drifted, or as much of it as the patterns select. */
  readonly drifted?: boolean;
  readonly yes?: boolean;
}

/** What is live is compared by its values. @throws MxtError `usage` where a secret is not set */
async function readWithSecrets(flags: PullFlags, io: Io) {
  const repository = await readRepository(flags, io);
  requireSecrets(repository, io);
  return repository;
}

/**
 * `mxt pull NAME…`, `mxt pull --drifted`: accepts drift. Live values are written into the manifests, in place; all of them or, where one
 * cannot be written, none.
 */
export async function pullCommand(names: readonly string[], flags: PullFlags, io: Io): Promise<number> {
  checkFlags(names, flags, io);
  const planning = { ...flags, replace: [] };
  const sides = await readFromService(readWithSecrets, planning, io);
  const { repository, observed } = sides;
  const chosen = flags.drifted ? await driftedNames(sides, planning, io) : [...new Set(names)];
  const drifted = chosen.map((name) => find(name, repository, observed));
  const { root, config, environment, loaded, resources } = repository;
  const { edited, notes } = await pullAll(drifted, {
    scope: { ...scopeOf(repository), resources },
    checks: loaded.checks,
    elsewhere: (parsed) =>
      config.environments
        .map(({ name }) => name)
        .filter((name) => name !== environment?.name && compositionIn(parsed, name) !== null),
  });
  for (const { desired, managed } of drifted) {
    if (!overwrites(desired, managed)) continue;
    io.err(
      `warning: ${desired.name} had changed since it was last applied; the live values replace that change\n`,
    );
  }
  for (const note of notes) io.err(`warning: ${printable(note)}\n`);
  for (const { file, before, text } of edited) showDiff(file, before, text, flags, io);
  const question = `Write the live values of ${countWords(drifted.length, 'trigger')} into ${edited.length === 1 ? 'this file' : 'these files'}?`;
  if (flags.drifted && !flags.dryRun && edited.length > 0 && !(await confirmed(question, flags, io)))
    return 1;
  if (!flags.dryRun)
    writeFiles(
      edited.map(({ real, whole }) => ({ path: real, text: whole })),
      root,
    );
  io.err(summary(drifted, edited, flags));
  return 0;
}

function checkFlags(names: readonly string[], flags: PullFlags, io: Io): void {
  if ((names.length === 0) === (flags.drifted !== true)) {
    const what =
      names.length === 0 ? 'pull which trigger?' : `${names.join(', ')} or --drifted: choose one of them`;
    throw usageError(what, 'mxt pull NAME, or mxt pull --drifted for all that drifted.');
  }
  if (names.length > 0 && !isEverything(flags)) {
    throw usageError('--only and --except choose among what drifted', 'mxt pull --drifted with them.');
  }
  if (flags.drifted && !flags.dryRun) requireTerminal('pull --drifted', flags, io);
}

/** Names whose trigger somebody changed, and whose manifest nobody did: no change of a manifest is overwritten. */
async function driftedNames(sides: DesiredAndLive, flags: PlanningFlags, io: Io): Promise<string[]> {
  const { operations } = await planDesiredAndLive(sides, flags, io);
  const drift = operations.filter(
    (one) =>
      one.cause === 'drift' &&
      one.managed !== null &&
      (one.kind !== 'blocked' || one.blocked_by === 'immutable'),
  );
  return unique(drift.map(({ name }) => name));
}

function summary(drifted: readonly Drifted[], edited: readonly Edited[], { dryRun }: PullFlags): string {
  if (drifted.length === 0) return 'Nothing to pull: no trigger has drifted.\n';
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
  const composition = compositionIn(parsed, environment?.name ?? null);
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
