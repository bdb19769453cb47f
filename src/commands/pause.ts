import { dirname, resolve } from 'node:path';
import type { Action, Managed } from '../domain/plan.ts';
import { usageError } from '../errors.ts';
import { describeHold } from '../label/describe-hold.ts';
import { parseMoment } from '../lib/when.ts';
import { planHold, planPauseAgain } from '../plan/decide/hold-actions.ts';
import type { Hold } from '../plan/observe/hold.ts';
import { momentFromNow } from '../render/text/from-now.ts';
import { instantOf } from '../schedule/zone/local-time.ts';
import { isZone } from '../schedule/zone/zone.ts';
import type { Io } from '../terminal/io.ts';
import { type HoldAction, type HoldFlags, runHold } from './hold/run-hold.ts';
import { whoHolds } from './hold/who-holds.ts';

export interface PauseFlags extends HoldFlags {
  readonly reason: string;
  readonly until?: string;
  readonly by?: string;
  readonly takeOver?: boolean;
}

/** The label shares the description with the user's own text, so it must stay short. */
const LONGEST_REASON = 200;

/** `mxt pause NAME|--all`: pauses now, and records in the label who did, why and until when. */
export async function pauseCommand(
  name: string | undefined,
  flags: PauseFlags,
  io: Io,
): Promise<0 | 1 | 130> {
  const reason = readReason(flags.reason);
  const now = io.now();
  if (flags.until !== undefined) readUntil(flags.until, now, 'UTC'); // whether it is a time at all
  const by = await whoHolds(flags.by, dirname(resolve(io.cwd, flags.config)), io);
  const prepare = (triggers: readonly Managed[]): HoldAction => {
    const zone = name === undefined ? io.timeZone() : (zoneOf(triggers[0]) ?? io.timeZone());
    const until = flags.until === undefined ? null : readUntil(flags.until, now, zone);
    if (until !== null) assertAhead(until, flags.until ?? '', now, zone);
    const hold: Hold = { reason, by, until: until === null ? null : isoSeconds(until) };
    const end = until === null ? 'until mxt resume' : untilWords(until, zone, now);
    return {
      actions: planHolds(name, triggers, hold, flags.takeOver === true),
      hold,
      question: (count, namespace) =>
        `Pause ${count} ${count === 1 ? 'trigger' : 'triggers'} in ${namespace} ${end}?`,
      done: `held by ${by} ${end}: ${reason}`,
      kept: triggers.filter(({ held }) => held && flags.takeOver !== true),
      nothing: () =>
        triggers.length === 0
          ? 'No managed trigger is live: there is nothing to pause.'
          : 'Everything is held already: there is nothing to pause.',
    };
  };
  return runHold(name, 'pause', prepare, flags, io);
}

/** The zone by whose clocks a trigger runs; null where it runs by none. */
function zoneOf(trigger: Managed | undefined): string | null {
  if (trigger?.fixed.trigger_type !== 'cron') return null;
  const { timezone } = trigger.patchable.schedule_config;
  return typeof timezone === 'string' && isZone(timezone) ? timezone : 'UTC';
}

/** `until Mon 2026-11-30 09:00 EST (14:00 UTC), in 2 h` */
function untilWords(until: Date, zone: string, now: Date): string {
  return `until ${momentFromNow(until, zone, now)}`;
}

/**
 * A hold that stands is not overwritten without a word; what runs in spite of one is paused again.
 *
 * @throws MxtError `usage` where the one trigger that is named is held
 */
function planHolds(
  name: string | undefined,
  triggers: readonly Managed[],
  hold: Hold,
  takeOver: boolean,
): Action[] {
  if (takeOver) return triggers.map((one) => planHold(one, hold));
  const [held] = triggers.filter(isHeldAndPaused);
  if (name !== undefined && held !== undefined) {
    throw usageError(
      `${name} is ${describeHold(held.label)}`,
      `--take-over puts your hold in its place; mxt resume ${name} lifts it.`,
    );
  }
  return triggers
    .filter((one) => !isHeldAndPaused(one))
    .map((one) => (one.held ? planPauseAgain(one) : planHold(one, hold)));
}

function isHeldAndPaused({ held, status }: Managed): boolean {
  return held && status !== 'active';
}

function readReason(text: string): string {
  const reason = text.trim().replace(/\s+/g, ' ');
  if (reason === '') throw usageError('--reason is empty: say why, for whoever finds the trigger paused');
  if (reason.length <= LONGEST_REASON) return reason;
  throw usageError(`--reason has ${reason.length} characters; a label has room for ${LONGEST_REASON}`);
}

/** @param zone by whose clocks a time is meant that says none */
function readUntil(text: string, now: Date, zone: string): Date {
  const until = parseMoment(text, now, (local) => instantOf(local, zone));
  if (until !== null) return until;
  throw usageError(
    `--until ${text} is neither a time nor a duration`,
    'Write 2h, 3d, 2026-12-01, 2026-12-01T08:00 or 2026-12-01T08:00Z.',
  );
}

function assertAhead(until: Date, flag: string, now: Date, zone: string): void {
  if (until > now) return;
  throw usageError(
    `--until ${flag} is in the past: ${momentFromNow(until, zone, now)}`,
    'Leave it out to hold until mxt resume.',
  );
}

/** Whole seconds, to keep the label short; rounded up, so that a hold never ends early. */
function isoSeconds(at: Date): string {
  return new Date(Math.ceil(at.getTime() / 1000) * 1000).toISOString().replace('.000Z', 'Z');
}
