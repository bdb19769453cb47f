import { createReadClient } from '../api/client.ts';
import { preloadTransport } from '../api/transport/preload.ts';
import { type Drifted, overwrites } from '../authoring/drifted.ts';
import { type Edited, pullAll } from '../authoring/pull-files.ts';
import { writeFiles } from '../authoring/write-files.ts';
import type { LiveTrigger } from '../domain/trigger.ts';
import { MxtError } from '../errors.ts';
import { printable } from '../lib/printable.ts';
import { nearest } from '../lib/suggest.ts';
import { isInEnvironment } from '../manifest/desired.ts';
import type { ParsedManifest } from '../manifest/load-manifests.ts';
import { findOne } from '../plan/observe/find-owned.ts';
import { type Observed, observe } from '../plan/observe/observe.ts';
import { readRepository, scopeOf } from '../session/repository.ts';
import { type ResolvedRepository, resolveReferences } from '../session/resolve-references.ts';
import { requireSecrets } from '../session/secrets.ts';
import { openService } from '../session/service.ts';
import type { ServiceFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';
import { showDiff } from '../terminal/show-diff.ts';

export interface PullFlags extends ServiceFlags {
  readonly dryRun?: boolean;
}

/**
 * `mxt pull NAME…`: accepts drift. Live values are written into the manifests, in place; all of them or, where one
 * cannot be written, none.
 */
export async function pullCommand(names: readonly string[], flags: PullFlags, io: Io): Promise<number> {
  preloadTransport();
  const repository = await readRepository(flags, io);
  requireSecrets(repository, io);
  const service = await openService(repository, flags, io);
  const client = createReadClient(service.clientOptions);
  let settled: ResolvedRepository;
  let live: readonly LiveTrigger[];
  try {
    [settled, live] = await Promise.all([
      resolveReferences(repository, flags, client),
      client.listTriggers(),
    ]);
  } finally {
    await client.close();
    await service.close();
  }
  const observed = observe(live, settled.config.owner, io.now());
  const drifted = [...new Set(names)].map((name) => find(name, settled, observed));
  const { config, environment, loaded, resources } = settled;
  const { edited, notes } = await pullAll(drifted, {
    scope: { ...scopeOf(config, environment, settled.secrets), resources },
    checks: loaded.checks,
    elsewhere: ({ value }) =>
      config.environments
        .map(({ name }) => name)
        .filter((name) => name !== environment?.name && isInEnvironment(value, name)),
  });
  for (const { desired, managed } of drifted) {
    if (!overwrites(desired, managed)) continue;
    io.err(`warning: ${desired.name} had changed since it was last applied: what is live takes its place\n`);
  }
  for (const note of notes) io.err(`warning: ${printable(note)}\n`);
  for (const { file, before, text } of edited) showDiff(file, before, text, flags, io);
  if (!flags.dryRun) writeFiles(edited.map(({ real, whole }) => ({ path: real, text: whole })));
  io.err(summary(drifted, edited, flags));
  return 0;
}

function summary(drifted: readonly Drifted[], edited: readonly Edited[], { dryRun }: PullFlags): string {
  if (edited.length === 0) {
    return `Nothing to pull: ${drifted.length === 1 ? 'the manifest says' : 'the manifests say'} what is live.\n`;
  }
  const files = edited.map(({ file }) => printable(file)).join(', ');
  return dryRun ? `Would write ${files}.\n` : `Wrote ${files}. The next apply puts that on record.\n`;
}

/** @throws MxtError `usage` where there is no such manifest here, or no live trigger of ours for it */
function find(name: string, settled: ResolvedRepository, observed: Observed): Drifted {
  const { environment, loaded, desired } = settled;
  const parsed = loaded.manifests.find((one) => one.name === name);
  if (parsed === undefined) throw unknown(name, settled, observed);
  const wanted = desired.find((one) => one.name === name);
  if (wanted === undefined) {
    throw new MxtError('usage', `${name} is not kept in environment ${environment?.name}`);
  }
  const declared = loaded.manifests.map((one) => one.name);
  return { parsed, desired: wanted, managed: findOne(name, { ...observed, declared }) };
}

function unknown(name: string, { loaded }: ResolvedRepository, { owned }: Observed): MxtError {
  if (owned.some(({ label }) => label.name === name)) {
    return new MxtError(
      'usage',
      `${name} is live, and no manifest has this name: there is nothing to write to`,
      {
        hint: 'mxt release takes the label off it, and mxt export writes a manifest then.',
      },
    );
  }
  const near = nearest(
    name,
    loaded.manifests.map((one: ParsedManifest) => one.name),
  );
  return new MxtError('usage', `no manifest has the name ${name}`, {
    ...(near.length === 0 ? {} : { hint: `Did you mean ${near.join(' or ')}?` }),
  });
}
