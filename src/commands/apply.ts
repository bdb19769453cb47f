import type { Plan } from '../domain/plan.ts';
import { usageError } from '../errors.ts';
import { printable } from '../lib/printable.ts';
import { planText } from '../render/plan/plan-text.ts';
import { countKinds } from '../render/plan/plan-words.ts';
import { outcomeCounts, type Report } from '../render/result/report.ts';
import { headingText } from '../render/text/heading.ts';
import { readDesiredAndLive } from '../session/desired-and-live.ts';
import { inEnvironments, severalOf } from '../session/environments.ts';
import { breaksRule } from '../session/planner.ts';
import { checkNonEmpty, type Repository } from '../session/repository.ts';
import { type ReadWorkspace, withWriter } from '../session/session.ts';
import { requireTerminal } from '../terminal/confirm.ts';
import type { PlanFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';
import { colorsOn } from '../terminal/output.ts';
import { type Applied, type ResultOutput, resultCode, resultOutput } from './apply/apply-result.ts';
import { askApproval, flagsOf } from './apply/ask.ts';
import { carryOut, isIdle } from './apply/carry-out.ts';
import { checkEventsFile, type Events, eventsTo } from './apply/events.ts';
import { refuseUnsafe } from './apply/refuse-unsafe.ts';
import { assertExpected, readExpected } from './apply/stale-plan.ts';
import type { OnMismatch } from './apply/unreviewed.ts';
import { planDesiredAndLive } from './plan.ts';

export interface ApplyFlags extends PlanFlags {
  readonly yes?: boolean;
  readonly keepGoing?: boolean;
  readonly expectDigest?: string;
  readonly reviewed?: boolean;
  readonly onMismatch?: OnMismatch;
  readonly outJson?: string;
  readonly events?: string;
}

/** `mxt apply [PLAN.json]`: plan, approve, carry out, and check that live now equals the manifests. */
export async function applyCommand(saved: string | undefined, flags: ApplyFlags, io: Io): Promise<number> {
  checkFlags(saved, flags, io);
  const expected = await readExpected(saved, io);
  const several = severalOf(flags, io) !== null;
  const output = resultOutput(flags, io, several);
  const events = eventsTo(flags.events ?? null, io);
  const code = await inEnvironments(flags, io, {
    does: 'writes',
    one: (read, inOne) =>
      applyEnvironment(read, { expected, events, onRefused: output.refused, several }, inOne, io),
    check: checkNonEmpty,
    code: (applied) => codeOf(applied, io),
    counts: (applied) =>
      applied === null
        ? []
        : [...outcomeCounts(applied.report), [countKinds(applied.plan).unchanged, 'unchanged']],
    output: () => output,
  });
  events.close();
  return code;
}

/** A broken rule that no operation can mend ends a run in 1 that did all that it should. */
function codeOf(applied: Applied | null, io: Io): number {
  if (applied === null) return 1;
  const code = resultCode(applied.report, io);
  return code === 0 && breaksRule(applied.plan) ? 1 : code;
}

/** What all environments of a run share. */
interface Shared {
  readonly expected: Awaited<ReturnType<typeof readExpected>>;
  readonly events: Events;
  readonly onRefused: ResultOutput['refused'];
  readonly several: boolean;
}

/** @returns null where a person was asked, and did not say yes */
async function applyEnvironment(
  read: ReadWorkspace<Repository, ApplyFlags>,
  { expected, events, onRefused, several }: Shared,
  flags: ApplyFlags,
  io: Io,
): Promise<Applied | null> {
  const readAndOpen = async () => {
    const repository = await read(flags, io);
    events.open(repository.loaded.manifests); // before anything is called
    return repository;
  };
  return withWriter(readAndOpen, flags, io, async (session) => {
    const sides = await readDesiredAndLive(session, flags, io);
    const plan = await planDesiredAndLive(sides, flags, io); // as `mxt plan` makes it: see plan.ts
    assertExpected(plan, expected, flags.expectDigest);
    const shown = flags.format === 'text' && !(flags.quiet && flags.yes); // who is asked must see it
    if (shown) io.say(planText(plan, colorsOn(flags, io)));
    else if (several && flags.format === 'text') io.say(`${headingText(plan, colorsOn(flags, io))}\n`);

    const reviewed = flags.reviewed
      ? await (await import('./apply/reviewed.ts')).openReviewed(plan, flags, io, onRefused)
      : null;
    const approve = async () => {
      refuseUnsafe(plan);
      await reviewed?.check();
      return flags.yes || isIdle(plan) ? plan : askApproval(plan, sides, session, flags, io);
    };
    // And looks at live once more.
    const send = (approved: Plan) =>
      carryOut(approved, session, sides, flagsOf(approved, flags), io, events.of(approved));
    const report = await (reviewed?.record(approve, send) ?? approveAndSend(approve, send));
    // What was printed is the plan, else the result alone.
    for (const one of shown ? [] : plan.warnings)
      if (one.level === 'error') io.err(`error (${one.code}): ${printable(one.message)}\n`);
    return report && { plan, report, reviewed: reviewed?.json() ?? null };
  });
}

async function approveAndSend(
  approve: () => Promise<Plan | null>,
  send: (plan: Plan) => Promise<Report>,
): Promise<Report | null> {
  const plan = await approve();
  return plan === null ? null : send(plan);
}

function checkFlags(saved: string | undefined, flags: ApplyFlags, io: Io): void {
  requireTerminal('apply', flags, io);
  const others = {
    'the saved plan': saved,
    'the file of --out-json': flags.outJson,
    'the configuration': flags.config,
  };
  checkEventsFile(flags.events, others, io);
  if (flags.onMismatch !== undefined && !flags.reviewed) {
    throw usageError(
      '--on-mismatch says what to do where something was not reviewed',
      'Add --reviewed, or leave it out.',
    );
  }
  if (flags.keepGoing && severalOf(flags, io) === null) {
    throw usageError(
      '--keep-going is for several environments',
      'Add --all-environments, or leave it out: within one, independent operations go on in any case.',
    );
  }
  if (flags.expectDigest !== undefined && severalOf(flags, io) !== null) {
    throw usageError(
      '--expect-digest is of one plan, and there is one for each environment',
      'Choose one with --env, or give the saved plans: mxt plan --all-environments --out FILE.',
    );
  }
}
