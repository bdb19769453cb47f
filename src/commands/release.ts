import type { Action, Managed } from '../domain/plan.ts';
import type { LiveTrigger } from '../domain/trigger.ts';
import { MxtError, usageError } from '../errors.ts';
import { printable } from '../lib/printable.ts';
import { asOwnManifest } from '../plan/compare/as-own-manifest.ts';
import { planRelease } from '../plan/decide/release-label.ts';
import type { Observed } from '../plan/observe/observe.ts';
import { seal } from '../plan/operation/digest.ts';
import { sentence } from '../render/plan/plan-words.ts';
import { send } from '../session/send.ts';
import { withWriter } from '../session/session.ts';
import { lookupIn, readWorkspace } from '../session/workspace.ts';
import { confirmed, requireTerminal } from '../terminal/confirm.ts';
import type { LiveFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';
import { foresee } from './release/foresee.ts';

export interface ReleaseFlags extends LiveFlags {
  readonly yes?: boolean;
}

/** `mxt release ID`: takes the ownership label off one trigger, often a copy made in the console. Nothing else changes. */
export async function releaseCommand(id: string, flags: ReleaseFlags, io: Io): Promise<number> {
  requireTerminal('release', flags, io);
  return withWriter(readWorkspace, flags, io, async (session) => {
    const { workspace, target, client } = session;
    const lookup = lookupIn(workspace, await client.listTriggers(), io.now());
    const { live, owner } = lookup;
    const managed = findById(id, lookup);
    const old = replacedBy(managed, live);
    const consequences =
      old === null
        ? await foresee(managed, live, session, io)
        : [`${id} was made to replace ${old}, which is still live: ${id} stays paused`];
    for (const one of consequences) io.err(`warning: ${printable(one)}\n`);
    const question = `Take the label off ${managed.id} (${managed.label.name}) in ${target.namespace}?`;
    if (!(await confirmed(question, flags, io))) return 1;
    const draft = planRelease(asOwnManifest(managed), managed, old !== null);
    const action = seal(draft, owner, new Set()) as Action;
    const [outcome] = await send([action], session, { ...flags, quiet: true }, io);
    if (io.interrupted.aborted) return 130;
    if (outcome?.outcome !== 'applied') {
      const message = outcome?.error?.message ?? 'it was not done';
      throw new MxtError('api', `${managed.id} was not released: ${message}`);
    }
    io.say(
      `Released ${printable(managed.id)} (${printable(managed.label.name)}): it is no longer managed.\n`,
    );
    return 0;
  });
}

/** @throws MxtError that says whose it is, where it is another owner's or nobody's */
function findById(id: string, { owner, live, owned, foreign, damaged }: Observed): Managed {
  const found = owned.find((one) => one.id === id);
  if (found !== undefined) return found;
  const named = owned.filter(({ label }) => label.name === id);
  if (named.length > 0) {
    throw usageError(
      `release takes an id, and ${id} is a name`,
      `It is that of ${named.map((one) => one.id).join(' and ')}.`,
    );
  }
  const others = foreign.find((one) => one.id === id);
  if (others !== undefined) throw usageError(`${id} belongs to ${others.label.owner}, not to ${owner}`);
  const broken = damaged.find((one) => one.live.trigger_id === id);
  if (broken !== undefined) throw usageError(`${id} ${broken.trouble.what}`, sentence(broken.trouble.remedy));
  const one = live.find(({ trigger_id }) => trigger_id === id);
  if (one === undefined) throw usageError(`there is no trigger ${id} in this namespace`);
  throw usageError(
    one.status === 'disabled'
      ? `${id} was deleted`
      : `${id} has no ownership label: there is nothing to take off`,
  );
}

/** The trigger that it was made to replace, by a run that was interrupted; null where that is no longer live. */
function replacedBy({ label }: Managed, live: readonly LiveTrigger[]): string | null {
  const old = live.find(({ trigger_id, status }) => trigger_id === label.replaces && status !== 'disabled');
  return old?.trigger_id ?? null;
}
