import { createWriteClient } from '../api/client.ts';
import { preloadTransport } from '../api/transport/preload.ts';
import { applyOperations } from '../apply/apply.ts';
import type { Action, Managed } from '../domain/plan.ts';
import type { LiveTrigger } from '../domain/trigger.ts';
import { MxtError } from '../errors.ts';
import { printable } from '../lib/printable.ts';
import { asOwnManifest } from '../plan/compare/as-own-manifest.ts';
import { planRelease } from '../plan/decide/release-label.ts';
import { type Observed, observe } from '../plan/observe/observe.ts';
import { seal } from '../plan/operation/digest.ts';
import { type OwnedPlace, readOwner } from '../session/owned.ts';
import { openService } from '../session/service.ts';
import type { LiveFlags } from '../terminal/flags.ts';
import { InterruptGate } from '../terminal/interrupt-gate.ts';
import type { Io } from '../terminal/io.ts';
import { progressFor } from '../terminal/progress.ts';

export interface ReleaseFlags extends LiveFlags {
  readonly yes?: boolean;
}

/** `mxt release ID`: takes our label off one trigger, a copy made in the console as a rule. It goes on as it is. */
export async function releaseCommand(id: string, flags: ReleaseFlags, io: Io): Promise<number> {
  if (!flags.yes && !io.stdinIsTerminal) {
    throw new MxtError(
      'usage',
      'release asks before it changes anything, and there is no terminal to ask on',
      {
        hint: 'Add --yes where nobody is there to answer.',
      },
    );
  }
  preloadTransport();
  const ours = await readOwner(flags, io);
  const reading = new InterruptGate(io.interrupted, () => {});
  const service = await openService(ours, flags, io, reading.signal);
  const client = createWriteClient(service.clientOptions);
  try {
    const live = await client.listTriggers();
    const observed = observe(live, ours.config.owner, io.now());
    const managed = findById(id, observed);
    for (const line of consequences(managed, ours, observed)) io.err(`${line}\n`);
    const what = `Take the label off ${managed.id} (${managed.label.name}) in ${service.namespace}?`;
    if (!flags.yes && !(await io.confirm(what))) {
      io.err('Nothing was changed.\n');
      return 1;
    }
    const draft = planRelease(asOwnManifest(managed), managed, replacedBy(managed, live) !== null);
    const action = seal(draft, observed.owner, new Set()) as Action;
    const [outcome] = await reading.suspend(() =>
      applyOperations([action], {
        client,
        concurrency: 1,
        stop: io.interrupted,
        progress: progressFor({ ...flags, quiet: true }, io),
      }),
    );
    if (io.interrupted.aborted) return 130;
    if (outcome?.outcome !== 'applied') {
      const message = outcome?.error?.message ?? 'it was not done';
      throw new MxtError('api', `${managed.id} was not released: ${message}`);
    }
    io.out(`Released ${printable(managed.id)} (${printable(managed.label.name)}): nobody manages it now.\n`);
    return 0;
  } finally {
    await client.close();
    await service.close();
  }
}

/** @throws MxtError that says whose it is, where it is not ours */
function findById(id: string, { owner, live, owned, foreign, damaged }: Observed): Managed {
  const found = owned.find((one) => one.id === id);
  if (found !== undefined) return found;
  const named = owned.filter(({ label }) => label.name === id);
  if (named.length > 0) {
    throw new MxtError('usage', `release takes an id, and ${id} is a name`, {
      hint: `It is that of ${named.map((one) => one.id).join(' and ')}.`,
    });
  }
  const others = foreign.find((one) => one.id === id);
  if (others !== undefined)
    throw new MxtError('usage', `${id} belongs to ${others.label.owner}, not to ${owner}`);
  if (damaged.some((one) => one.live.trigger_id === id)) {
    throw new MxtError('usage', `${id} has a damaged ownership label: nobody can tell whose it is`, {
      hint: 'Take the line that begins with [mxt: out of its description by hand.',
    });
  }
  const one = live.find(({ trigger_id }) => trigger_id === id);
  if (one === undefined) throw new MxtError('usage', `there is no trigger ${id} in this namespace`);
  throw new MxtError(
    'usage',
    one.status === 'disabled'
      ? `${id} was deleted`
      : `${id} carries no label of ours: there is nothing to take off`,
  );
}

/** What a person should know before they answer. */
function consequences(managed: Managed, { declared }: OwnedPlace, { live, owned }: Observed): string[] {
  const { id, label } = managed;
  const old = replacedBy(managed, live);
  if (old !== null)
    return [`warning: ${id} was made to take the place of ${old}, which goes on: it stays paused`];
  if (!declared.includes(label.name)) return [];
  const others = owned.filter((one) => one.label.name === label.name && one.id !== id);
  if (others.length > 0) return [];
  return [
    `warning: ${label.name} has a manifest, and ${id} is its only trigger: the next apply makes another one, ` +
      'unless the manifest says release: true or is removed',
  ];
}

/** The trigger that it was made to replace, by a run that was cut off; null where that is not live any more. */
function replacedBy({ label }: Managed, live: readonly LiveTrigger[]): string | null {
  const old = live.find(({ trigger_id, status }) => trigger_id === label.replaces && status !== 'disabled');
  return old?.trigger_id ?? null;
}
