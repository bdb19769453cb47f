import { createWriteClient } from '../../api/client.ts';
import { preloadTransport } from '../../api/transport/preload.ts';
import { applyOperations } from '../../apply/apply.ts';
import type { Outcome } from '../../apply/outcome.ts';
import type { Action, Managed } from '../../domain/plan.ts';
import { MxtError } from '../../errors.ts';
import { printableJson } from '../../lib/printable.ts';
import { checkNames, selects } from '../../plan/match/selection.ts';
import { findOwned, type Lookup } from '../../plan/observe/find-owned.ts';
import { holdJson, holdText } from '../../render/result/hold-report.ts';
import { colorsFor } from '../../render/text/colors.ts';
import { lookupIn, readOwner } from '../../session/owned.ts';
import { openService } from '../../session/service.ts';
import { colored } from '../../terminal/colored.ts';
import type { LiveFlags } from '../../terminal/flags.ts';
import { InterruptGate } from '../../terminal/interrupt-gate.ts';
import type { Io } from '../../terminal/io.ts';
import { progressFor } from '../../terminal/progress.ts';

export interface HoldFlags extends LiveFlags {
  readonly format: 'text' | 'json';
  readonly all?: boolean;
  readonly yes?: boolean;
}

/** What pausing and resuming do differently. */
export interface HoldAction {
  readonly verb: 'pause' | 'resume';
  /** What is to be done about each of ours; those that need nothing are left out. */
  actions(ours: readonly Managed[]): Action[];
  question(count: number, namespace: string): string;
  /** What became of those that it was done to: `held until …`. */
  readonly done: string;
  /** Where there is nothing to do: what to print, or an error where something else was surely meant. */
  nothing(ours: readonly Managed[]): string;
}

/** Holds or frees one trigger or all of them: one look, one question, one report, and one failure stops no other. */
export async function runHold(
  name: string | undefined,
  way: HoldAction,
  flags: HoldFlags,
  io: Io,
): Promise<0 | 1 | 130> {
  checkFlags(name, way, flags, io);
  preloadTransport();
  const ours = await readOwner(flags, io);
  const reading = new InterruptGate(io.interrupted, () =>
    io.err('interrupted: calls in flight end first; once more ends at once\n'),
  );
  const service = await openService(ours, flags, io, reading.signal);
  const client = createWriteClient(service.clientOptions);
  try {
    const chosen = choose(name, lookupIn(ours, await client.listTriggers(), io.now()), flags);
    const actions = way.actions(chosen);
    if (actions.length === 0) {
      const why = way.nothing(chosen);
      io.out(flags.format === 'json' ? `${printableJson(holdJson([]))}\n` : `${why}\n`);
      return 0;
    }
    if (flags.all && !flags.yes && !(await io.confirm(way.question(actions.length, service.namespace)))) {
      io.err('Nothing was changed.\n');
      return 1;
    }
    const outcomes = await reading.suspend(() =>
      applyOperations(actions, {
        client,
        concurrency: flags.concurrency,
        stop: io.interrupted,
        progress: progressFor(flags, io),
      }),
    );
    show(outcomes, way, flags, io);
    if (io.interrupted.aborted) return 130;
    return outcomes.every(({ outcome }) => outcome === 'applied') ? 0 : 1;
  } finally {
    await client.close();
    await service.close();
  }
}

function checkFlags(name: string | undefined, { verb }: HoldAction, flags: HoldFlags, io: Io): void {
  if ((name === undefined) === (flags.all !== true)) {
    const what = name === undefined ? `what is to be ${verb}d?` : `${name} and --all: which?`;
    throw new MxtError('usage', what, { hint: `mxt ${verb} NAME, or mxt ${verb} --all.` });
  }
  if (name !== undefined && flags.only.length + flags.except.length > 0) {
    throw new MxtError('usage', `${name} is one trigger: --only and --except choose among many`, {
      hint: `mxt ${verb} ${name}, or mxt ${verb} --all with them.`,
    });
  }
  if (flags.all && !flags.yes && !io.stdinIsTerminal) {
    const message = `${verb} --all asks before it changes anything, and there is no terminal to ask on`;
    throw new MxtError('usage', message, { hint: 'Add --yes where nobody is there to answer.' });
  }
}

function choose(name: string | undefined, lookup: Lookup, flags: HoldFlags): readonly Managed[] {
  if (name !== undefined) return findOwned(name, lookup);
  const { owned, declared } = lookup;
  const known = new Set([...owned.map(({ label }) => label.name), ...declared]);
  checkNames('--only', flags.only, known);
  checkNames('--except', flags.except, known);
  return owned.filter(({ label }) => selects(flags, label.name));
}

function show(outcomes: readonly Outcome[], way: HoldAction, flags: HoldFlags, io: Io): void {
  if (flags.format === 'json') io.out(`${printableJson(holdJson(outcomes))}\n`);
  else io.out(holdText(outcomes, way, colorsFor(colored(flags, io))));
}
