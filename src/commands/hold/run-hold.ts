import type { Action, Managed } from '../../domain/plan.ts';
import { usageError } from '../../errors.ts';
import { compareText } from '../../lib/compare-text.ts';
import { printable } from '../../lib/printable.ts';
import { checkSelection, isEverything, type Selectable, selectorOf } from '../../plan/match/selection.ts';
import { findOwned, type Lookup } from '../../plan/observe/find-owned.ts';
import type { Hold } from '../../plan/observe/hold.ts';
import { holdJson, holdText } from '../../render/result/hold-report.ts';
import { send } from '../../session/send.ts';
import { withWriter } from '../../session/session.ts';
import { taggedManifest } from '../../session/tags.ts';
import { type LoadedWorkspace, lookupIn, readWorkspace } from '../../session/workspace.ts';
import { confirmed, requireTerminal } from '../../terminal/confirm.ts';
import type { LiveFlags } from '../../terminal/flags.ts';
import type { Io } from '../../terminal/io.ts';
import { printResult } from '../../terminal/output.ts';

export interface HoldFlags extends LiveFlags {
  readonly format: 'text' | 'json';
  readonly all?: boolean;
  readonly yes?: boolean;
}

/** What pausing and resuming do differently with the triggers that were chosen. */
export interface HoldAction {
  /** One for each trigger that needs one. */
  readonly actions: readonly Action[];
  /** What is recorded; null where a hold is lifted. */
  readonly hold: Hold | null;
  question(count: number, namespace: string): string;
  /** How a trigger is afterwards: `held until …`. */
  readonly done: string;
  /** Those that keep the hold that they have. */
  readonly kept: readonly Managed[];
  /** What to print where there is nothing to do. @throws MxtError where something else must have been meant */
  nothing(): string;
}

/** Holds one trigger or all of them, or takes the hold off. One that fails does not stop the others. */
export async function runHold(
  name: string | undefined,
  verb: 'pause' | 'resume',
  prepare: (triggers: readonly Managed[]) => HoldAction,
  flags: HoldFlags,
  io: Io,
): Promise<0 | 1 | 130> {
  checkFlags(name, verb, flags, io);
  return withWriter(readWorkspace, flags, io, async (session) => {
    const { workspace, target, client } = session;
    const lookup = lookupIn(workspace, await client.listTriggers(), io.now());
    const chosen = choose(name, lookup, tagged(workspace), flags);
    for (const { live, trouble } of name === undefined
      ? lookup.damaged.filter(({ foreign }) => !foreign)
      : [])
      io.err(`warning: ${printable(`${live.trigger_id} ${trouble.what}, and is left as it is`)}\n`);
    const action = prepare(chosen);
    const { actions, hold } = action;
    if (actions.length === 0) {
      const why = action.nothing();
      printResult(flags, io, { json: () => holdJson([], null), text: () => `${why}\n` });
      return 0;
    }
    const question = action.question(actions.length, target.namespace);
    if (flags.all && !(await confirmed(question, flags, io))) return 1;
    const outcomes = await send(actions, session, flags, io);
    printResult(flags, io, {
      json: () => holdJson(outcomes, hold),
      text: (colors) => holdText(outcomes, { ...action, verb }, colors),
    });
    if (io.interrupted.aborted) return 130;
    return outcomes.every(({ outcome }) => outcome === 'applied') ? 0 : 1;
  });
}

function checkFlags(name: string | undefined, verb: 'pause' | 'resume', flags: HoldFlags, io: Io): void {
  if ((name === undefined) === (flags.all !== true)) {
    const what = name === undefined ? `${verb} which trigger?` : `${name} or --all: choose one of them`;
    throw usageError(what, `mxt ${verb} NAME, or mxt ${verb} --all.`);
  }
  if (name !== undefined && !isEverything(flags)) {
    throw usageError(
      `${name} is one trigger: --only and --except choose among many`,
      `mxt ${verb} ${name}, or mxt ${verb} --all with them.`,
    );
  }
  if (flags.all) requireTerminal(`${verb} --all`, flags, io);
}

function tagged({ loaded, environment }: LoadedWorkspace): readonly Selectable[] {
  return loaded.manifests.map((one) => taggedManifest(one, environment?.name ?? null));
}

function choose(
  name: string | undefined,
  lookup: Lookup,
  manifests: readonly Selectable[],
  flags: HoldFlags,
): readonly Managed[] {
  if (name !== undefined) return findOwned(name, lookup);
  const { owned } = lookup;
  const byName = new Map(manifests.map((one) => [one.name, one]));
  const asSelectable = ({ label }: Managed): Selectable => byName.get(label.name) ?? { name: label.name };
  checkSelection(flags, [...owned.map(asSelectable), ...manifests]);
  const selects = selectorOf(flags);
  return owned
    .filter((one) => selects(asSelectable(one)))
    .sort((a, b) => compareText(a.label.name, b.label.name));
}
