import type { Health, HeldTriggers } from '../../domain/health.ts';
import type { Managed } from '../../domain/plan.ts';
import type { LiveTrigger } from '../../domain/trigger.ts';
import { compareText } from '../../lib/compare-text.ts';
import { groupBy } from '../../lib/group-by.ts';
import { readTime } from '../../lib/service-time.ts';

/** The service looks for what is due once a minute, so a run may start so much late. */
const SCHEDULER_MS = 60_000;
/** From how many overdue at once on the scheduler is suspected: one or two may have troubles of their own. */
const MANY = 3;

/** All that is overdue at once in a namespace. */
export interface Stall {
  readonly triggers: number;
  /** When the first of them was due. */
  readonly since: Date;
}

/**
 * When a trigger was due that is overdue by more than the scheduler's minute; null where it is not. The service's own
 * word, where it has one, beats our clock.
 */
export function overdueSince(live: LiveTrigger, now: Date): Date | null {
  if ((live.status ?? 'active') !== 'active' || live.is_overdue === false) return null;
  const due = readTime(live.next_scheduled_at);
  return due !== null && now.getTime() - due.getTime() > SCHEDULER_MS ? due : null;
}

/**
 * Whether the scheduler itself stands still: many triggers are overdue, whoever owns them, and nothing that runs on a
 * clock has run since the first of them was due. Where others ran, those are late for reasons of their own.
 */
export function findStall(live: readonly LiveTrigger[], now: Date): Stall | null {
  const dues = live.flatMap((one) => overdueSince(one, now)?.getTime() ?? []);
  if (dues.length < MANY) return null;
  const since = Math.min(...dues);
  const ticked = live.some((one) => {
    const ran = isOnClock(one) ? readTime(one.last_triggered_at) : null;
    return ran !== null && ran.getTime() > since + SCHEDULER_MS && overdueSince(one, now) === null;
  });
  return ticked ? null : { triggers: dues.length, since: new Date(since) };
}

function isOnClock({ trigger_type: type }: LiveTrigger): boolean {
  return type === 'cron' || type === 'interval';
}

/** @param owned those that are spoken of */
export function healthOf(owned: readonly Managed[], stall: Stall | null): Health {
  const count = (is: (one: Managed) => boolean) => owned.reduce((sum, one) => (is(one) ? sum + 1 : sum), 0);
  return {
    failed: count(({ status }) => status === 'failed'),
    overdue: count(({ overdueSince: since }) => since !== null),
    hold_ended: count(({ holdEnded }) => holdEnded),
    held: count(({ held }) => held),
    scheduler_stopped: stall !== null && owned.some(({ overdueSince: since }) => since !== null),
    holds: holdsOf(owned),
  };
}

function holdsOf(owned: readonly Managed[]): HeldTriggers[] {
  const held = owned.filter((one) => one.held).sort((a, b) => compareText(a.label.name, b.label.name));
  const groups = groupBy(held, ({ label }) => JSON.stringify([label.by, label.until, label.hold]));
  return [...groups.values()].flatMap((group) => {
    const label = group[0]?.label;
    if (label === undefined) return [];
    const { by, until, hold } = label;
    return [{ by, until, reason: hold ?? '', names: group.map((one) => one.label.name) }];
  });
}
