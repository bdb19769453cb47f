import { type Client, createWriteClient } from '../api/client.ts';
import { preloadTransport } from '../api/transport/preload.ts';
import type { Plan } from '../domain/plan.ts';
import { MxtError } from '../errors.ts';
import { newerThanHead } from '../git/git.ts';
import { planText } from '../render/plan/plan-text.ts';
import type { Report } from '../render/result/report.ts';
import { colorsFor } from '../render/text/colors.ts';
import { type Planner, plannerFor, writtenRevs } from '../session/planner.ts';
import { type Repository, readRepository, refuseEmpty } from '../session/repository.ts';
import { resolveReferences } from '../session/resolve-references.ts';
import { requireSecrets } from '../session/secrets.ts';
import { openService } from '../session/service.ts';
import { colored } from '../terminal/colored.ts';
import type { PlanFlags } from '../terminal/flags.ts';
import { InterruptGate } from '../terminal/interrupt-gate.ts';
import type { Io } from '../terminal/io.ts';
import { resultCode, showResult } from './apply/apply-result.ts';
import { carryOut, isIdle } from './apply/carry-out.ts';
import type { Reviewed } from './apply/reviewed.ts';
import { expectDigest, expectSaved, mustBeSame } from './apply/stale-plan.ts';
import type { OnMismatch } from './apply/unreviewed.ts';

export interface ApplyFlags extends PlanFlags {
  readonly yes?: boolean;
  readonly expectDigest?: string;
  readonly allowOlder?: boolean;
  readonly reviewed?: boolean;
  readonly onMismatch?: OnMismatch;
  readonly outJson?: string;
}

/** `mxt apply [PLAN.json]`: plan, ask, carry out, look whether live equals the manifests now. */
export async function applyCommand(saved: string | undefined, flags: ApplyFlags, io: Io): Promise<number> {
  const expected = await expectedFrom(saved, io);
  checkFlags(flags, io);
  preloadTransport();
  const repository = await readRepository(flags, io);
  refuseEmpty(repository, flags.allowEmpty === true);
  requireSecrets(repository, io);
  const reading = new InterruptGate(io.interrupted, () =>
    io.err('interrupted: calls in flight end first; once more ends at once\n'),
  );
  const service = await openService(repository, flags, io, reading.signal);
  const client = createWriteClient(service.clientOptions);
  try {
    const [settled, live] = await Promise.all([
      resolveReferences(repository, flags, client),
      client.listTriggers(),
    ]);
    const planner = plannerFor(settled, service, flags, io);
    const plan = await planner.plan(live);
    if (expected !== null) expectSaved(expected(plan.environment), plan);
    if (flags.expectDigest !== undefined) expectDigest(flags.expectDigest, plan);
    if (flags.format === 'text') io.out(planText(plan, colorsFor(colored(flags, io))));
    const reviewed = await reviewedFor(plan, flags, io);
    const approve = async () => {
      await refuseUnsafe(plan, repository, flags);
      await reviewed?.check();
      return flags.yes || isIdle(plan) ? plan : ask(plan, planner, client, flags, io);
    };
    const send = (approved: Plan) => carryOut(approved, planner, client, reading, flags, io);
    const report = await (reviewed === null ? approveAndSend(approve, send) : reviewed.record(approve, send));
    if (report === null) {
      io.err('Nothing was changed.\n');
      return 1;
    }
    await showResult(report, reviewed?.json() ?? null, flags, io);
    return resultCode(report, io);
  } finally {
    await client.close();
    await service.close();
  }
}

/** The saved plan, which may be one of several environments. */
async function expectedFrom(path: string | undefined, io: Io) {
  if (path === undefined) return null;
  const { planOf, readPlans } = await import('./apply/saved-plan.ts');
  const plans = readPlans(io, path);
  return (environment: string | null) => planOf(plans, environment, path);
}

async function approveAndSend(
  approve: () => Promise<Plan | null>,
  send: (plan: Plan) => Promise<Report>,
): Promise<Report | null> {
  const plan = await approve();
  return plan === null ? null : send(plan);
}

function checkFlags(flags: ApplyFlags, io: Io): void {
  if (!flags.yes && !io.stdinIsTerminal) {
    throw new MxtError('usage', 'apply asks before it changes anything, and there is no terminal to ask on', {
      hint: 'Add --yes where nobody is there to answer.',
    });
  }
  if (flags.onMismatch !== undefined && !flags.reviewed) {
    throw new MxtError('usage', '--on-mismatch says what to do where something was not reviewed', {
      hint: 'Add --reviewed, or leave it out.',
    });
  }
}

/** Loaded only where it is asked for: nobody else pays for GitHub. */
async function reviewedFor(plan: Plan, flags: ApplyFlags, io: Io): Promise<Reviewed | null> {
  if (!flags.reviewed) return null;
  const { openReviewed } = await import('./apply/reviewed.ts');
  return openReviewed(plan, flags, io);
}

/** What is refused before anything is sent, each with the flag that overrides it. */
async function refuseUnsafe(plan: Plan, repository: Repository, flags: ApplyFlags): Promise<void> {
  if (plan.guards.length > 0) {
    throw new MxtError('refused', plan.guards.map(({ guard, message }) => `${guard}: ${message}`).join('\n'));
  }
  if (flags.allowOlder) return;
  const revs = writtenRevs(plan);
  if (revs.size === 0) return;
  const newer = await newerThanHead(repository.checkout, revs);
  if (newer.length === 0) return;
  throw new MxtError(
    'refused',
    `this checkout is older than what is live: HEAD is an ancestor of ${newer.join(', ')}, which wrote last`,
    { hint: 'Check out the newer commit, or go back on purpose with --allow-older.' },
  );
}

/** The answer may take a while: live is read again after it, and a plan that has moved is not applied. */
async function ask(
  plan: Plan,
  planner: Planner,
  client: Client,
  flags: ApplyFlags,
  io: Io,
): Promise<Plan | null> {
  // Nobody approves what they were not shown: results alone go to stdout in other formats.
  if (flags.format !== 'text') io.err(planText(plan, colorsFor(colored(flags, io, 'err'))));
  if (!(await io.confirm(`Apply this plan to ${plan.namespace}?`))) return null;
  const again = await planner.plan(await client.listTriggers());
  mustBeSame(plan, again, 'live changed while you were asked');
  return again;
}
