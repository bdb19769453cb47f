import type { Managed, Plan, Warning } from '../domain/plan.ts';
import { compareText } from '../lib/compare-text.ts';
import { readTime } from '../lib/service-time.ts';
import type { Stall } from '../plan/observe/health.ts';
import type { Observed } from '../plan/observe/observe.ts';
import { momentFromNow } from '../render/text/from-now.ts';
import { zoneFor } from '../schedule/schedule-clock.ts';

/** How many overdue triggers are named where the scheduler stands still. */
const NAMED = 5;

/**
 * What is late and what is held for too long, each trigger with its times. Where the scheduler itself stands still that
 * is said once: nobody is sent to look at a trigger that has no fault.
 */
export function healthWarnings(
  { unselected }: Pick<Plan, 'unselected'>,
  { owned, stall }: Pick<Observed, 'owned' | 'stall'>,
  now: Date,
): Warning[] {
  const mine = owned
    .filter(({ id }) => !unselected.has(id))
    .sort((a, b) => compareText(a.label.name, b.label.name) || compareText(a.id, b.id));
  const overdue = mine.filter(({ overdueSince }) => overdueSince !== null);
  return [
    ...(stall === null || overdue.length === 0 ? [] : [stallWarning(stall, overdue, now)]),
    ...(stall === null ? overdue.map((one) => lateWarning(one, now)) : []),
    ...mine.filter(({ holdEnded }) => holdEnded).map((one) => holdWarning(one, now)),
  ];
}

function stallWarning({ triggers, since }: Stall, overdue: readonly Managed[], now: Date): Warning {
  const names = overdue.map(({ label }) => label.name);
  const more = names.length - NAMED;
  const listed = more > 0 ? `${names.slice(0, NAMED).join(', ')} and ${more} more` : names.join(', ');
  const message =
    `the service's scheduler does not tick: ${triggers} triggers of the namespace are overdue, the first since ` +
    `${momentFromNow(since, 'UTC', now)}, and none has run since; of these manifests ${listed}. Ask the service's support ` +
    '(mxt doctor asks the scheduler itself)';
  return { code: 'scheduler', name: null, message };
}

function lateWarning(one: Managed, now: Date): Warning {
  const { overdueSince, label, fixed, patchable } = one;
  const zone = zoneFor(fixed.trigger_type, patchable.schedule_config);
  const was = overdueSince === null ? '' : momentFromNow(overdueSince, zone, now);
  const message = `this trigger is late: it was due ${was}, and has not run; mxt run ${label.name} runs it now`;
  return { code: 'overdue', name: label.name, message };
}

function holdWarning(one: Managed, now: Date): Warning {
  const { label, status, fixed, patchable } = one;
  const zone = zoneFor(fixed.trigger_type, patchable.schedule_config);
  const end = readTime(label.until);
  const by = label.by === null ? '' : ` by ${label.by}`;
  const ended = end === null ? '' : ` ended ${momentFromNow(end, zone, now)}`;
  const state = status === 'paused' ? ', and it is still paused' : '';
  const message = `the hold${by}${ended}${state}: ${label.hold ?? ''} (the next apply takes it off, as mxt resume does)`;
  return { code: 'hold_ended', name: label.name, message };
}
