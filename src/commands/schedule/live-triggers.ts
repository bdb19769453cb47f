import type { RunReader } from '../../api/run-client.ts';
import type { Config } from '../../config/load-config.ts';
import { outcomeOf } from '../../domain/task.ts';
import type { LiveTrigger } from '../../domain/trigger.ts';
import { ApiError } from '../../errors.ts';
import { describeHold } from '../../label/describe-hold.ts';
import { observe } from '../../plan/observe/observe.ts';
import { differenceNotes } from '../../schedule/forecast/difference-warnings.ts';
import { serviceReadingOf } from '../../schedule/forecast/observe-service.ts';
import type { ScheduledTrigger } from '../../schedule/upcoming/scheduled-trigger.ts';
import { scheduledFromLive } from '../../schedule/upcoming/scheduled-trigger.ts';

/** @param all those of nobody and of other owners too, by their ids; owned triggers go by their names */
export function liveScheduledTriggers(
  live: readonly LiveTrigger[],
  { owner }: Config,
  runMinutes: number,
  all: boolean,
  now: Date,
): { readonly triggers: readonly ScheduledTrigger[]; readonly notes: readonly string[] } {
  const { owned, unmanaged, foreign, damaged } = observe(live, owner, now);
  const managed = owned.map(({ live: trigger, label, held, patchable: { description } }) =>
    scheduledFromLive(
      trigger,
      { name: label.name, description, held: held ? describeHold(label) : null },
      runMinutes,
    ),
  );
  const others = [...unmanaged, ...foreign.map((one) => one.live), ...damaged.map((one) => one.live)];
  const unmanagedToo = others.map((trigger) => {
    const known = { name: trigger.trigger_id, description: trigger.description ?? '', held: null };
    return scheduledFromLive(trigger, known, runMinutes);
  });
  const shown = all ? [...managed, ...unmanagedToo] : managed;
  const names = new Map(owned.map((one) => [one.id, one.label.name]));
  const service = serviceReadingOf(live, ({ trigger_id: id }) => names.get(id) ?? id, now);
  const wanted = new Set(shown.map(({ name }) => name));
  return {
    triggers: shown.map((one) => ({ ...one, clock: one.clock && service.clockAs(one.clock) })),
    notes: differenceNotes(service, (name) => wanted.has(name)),
  };
}

/** How many of a trigger's latest runs are read: one page. */
const LATEST_RUNS = 20;

/**
 * Reads how long the runs of each trigger usually take: one call a trigger, which `--history` asks for. Where a call
 * fails, the assumed time stays, and a warning says so.
 */
export async function withUsualDurations(
  triggers: readonly ScheduledTrigger[],
  client: Pick<RunReader, 'listRuns'>,
  warn: (message: string) => void,
): Promise<ScheduledTrigger[]> {
  return Promise.all(
    triggers.map(async (trigger) => {
      const { triggerId, idleReason } = trigger;
      if (triggerId === null || idleReason !== null) return trigger;
      try {
        const { runs } = await client.listRuns(triggerId, 0, LATEST_RUNS);
        const ms = median(
          runs.flatMap((run) =>
            outcomeOf(run.status) === 'done' || outcomeOf(run.status) === 'partly'
              ? (run.execution_time_ms ?? [])
              : [],
          ),
        );
        return ms === null ? trigger : { ...trigger, duration: { ms, source: 'usual' as const } };
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== 'api') throw error;
        warn(`how long runs of ${trigger.name} take is assumed: ${error.message}`);
        return trigger;
      }
    }),
  );
}

function median(times: readonly number[]): number | null {
  return [...times].sort((a, b) => a - b)[Math.floor((times.length - 1) / 2)] ?? null;
}
