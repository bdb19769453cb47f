import type { Schedule as ScheduleJson } from '../../../generated/schedule.d.ts';
import { wordsOf } from '../../schedule/schedule-words.ts';
import { runsIn } from '../../schedule/upcoming/merge-runs.ts';
import type { Planned, Upcoming } from '../../schedule/upcoming/upcoming.ts';
import { localTime } from '../../schedule/zone/local-time.ts';
import { FORMAT_VERSION } from '../plan/plan-json.ts';

/** What runs, and whose it is. */
export interface ShownSchedule {
  readonly upcoming: Upcoming;
  readonly owner: string;
  readonly environment: string | null;
  /** Null where manifests alone were read. */
  readonly namespace: string | null;
  /** What is guessed, and what could not be found out. */
  readonly warnings: readonly string[];
}

/** So many runs are listed; an every-minute trigger has as many in a week. */
const MOST = 10_000;

export function scheduleJson({
  upcoming,
  owner,
  environment,
  namespace,
  warnings,
}: ShownSchedule): ScheduleJson {
  const { planned, zone } = upcoming;
  const total = planned.reduce((sum, { runs }) => sum + runs, 0);
  const runs: ScheduleJson['runs'] = [];
  for (const { trigger, at } of runsIn(
    planned.map((one) => one.trigger),
    upcoming,
  )) {
    if (runs.length === MOST) break;
    runs.push({ ...nameOf(trigger), at: at.toISOString(), local: localIso(at, zone) });
  }
  return {
    format_version: FORMAT_VERSION,
    owner,
    environment,
    namespace,
    source: namespace === null ? 'manifests' : 'live',
    from: upcoming.from.toISOString(),
    to: upcoming.to.toISOString(),
    timezone: zone,
    total_runs: total,
    runs,
    runs_left_out: total - runs.length,
    triggers: planned.map(triggerJson),
    not_running: upcoming.idle.map((one) => ({
      ...nameOf(one),
      reason: one.idleReason?.reason ?? 'no_clock',
      detail: one.idleReason?.detail ?? null,
    })),
    collisions: upcoming.collisions.map(({ cluster, refused, runningTrigger, times, first, since }) => ({
      cluster,
      refused: refused.name,
      busy: runningTrigger.name,
      count: times.length,
      first: first.toISOString(),
      busy_since: since.toISOString(),
    })),
    warnings: [...warnings],
  };
}

function triggerJson({ trigger, runs, next }: Planned): ScheduleJson['triggers'][number] {
  const { actionType, worksOn, clock, duration } = trigger;
  return {
    ...nameOf(trigger),
    action_type: actionType,
    works_on: worksOn,
    words: clock === null ? '' : wordsOf(clock),
    timezone: clock?.kind === 'cron' ? clock.zone : 'UTC',
    runs,
    next: next?.toISOString() ?? null,
    run_seconds: duration.ms / 1000,
    run_seconds_source: duration.source,
  };
}

function nameOf({ name, triggerId }: Planned['trigger']) {
  return { name, trigger_id: triggerId };
}

/** `2026-12-01T02:00:00-05:00` */
function localIso(at: Date, zone: string): string {
  const { date, time, offset } = localTime(at, zone);
  return `${date}T${time}:${at.toISOString().slice(17, 19)}${offset}`;
}
