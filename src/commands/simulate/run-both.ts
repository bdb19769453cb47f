import type { LiveTrigger } from '../../domain/trigger.ts';
import { checkNames } from '../../plan/match/selection.ts';
import type { EngineEvent } from '../../sandbox/engine/engine-event.ts';
import { PENDING_MS } from '../../sandbox/engine/sandbox-task.ts';
import type { Feed } from '../../sandbox/engine/simulate-schedules.ts';
import type { ServiceReading } from '../../schedule/readings/service-reading.ts';
import { EventLog, type SimulatedEvent } from '../../schedule/upcoming/event-log.ts';
import type { SimulatedTrigger } from '../../schedule/upcoming/simulated.ts';
import { Tally } from '../../schedule/upcoming/tally.ts';
import type { Window } from '../../schedule/upcoming/upcoming.ts';

export interface Circumstances {
  readonly window: Window;
  readonly feeds: readonly Feed[];
  /** Names whose runs all fail. */
  readonly fail: readonly string[];
  readonly limit: number;
  readonly runMinutes: number;
  /** How the service reads schedules. */
  readonly service: ServiceReading;
}

/** The start of a run and its end. */
const STEPS = 2;

/** Runs the triggers as they are before the plan and after it, and returns what came up to the moment that both reached. */
export async function runBoth(
  before: readonly LiveTrigger[],
  after: readonly LiveTrigger[],
  actors: readonly SimulatedTrigger[],
  { window, feeds, fail, limit, runMinutes, service }: Circumstances,
): Promise<{ readonly before: Tally; readonly after: EventLog; readonly to: Date }> {
  checkNames('--fail', fail, new Set(actors.map(({ name }) => name)));
  const { simulate } = await import('../../sandbox/engine/simulate-schedules.ts');
  // From its trigger's time to its end, waiting included: one that is due at that moment overlaps nothing, as in a plan.
  const duration_seconds = Math.max(0, runMinutes * 60 - PENDING_MS / 1000);
  const outcomes = [
    { duration_seconds },
    ...actors
      .filter(({ name }) => fail.includes(name))
      .map(({ id }) => ({
        trigger_id: id,
        duration_seconds,
        outcome: 'failed' as const,
        error: 'as --fail asks for',
      })),
  ];
  // Half of the limit for each, so that both stop at about the same moment.
  const most = Math.max(1, Math.floor(limit / 2)) * STEPS;
  const run = (
    triggers: readonly LiveTrigger[],
    to: Date,
    onEvent: (event: SimulatedEvent) => void,
  ): Date => {
    const { reached } = simulate({
      triggers,
      from: window.from,
      to,
      outcomes,
      feeds,
      limit: most,
      readAs: service.clockAs,
      onEvent: (event) => onEvent(simulatedEventOf(event)),
    });
    return new Date(reached);
  };
  const [tally, log] = [new Tally(), new EventLog()];
  const reached = run(after, window.to, (event) => log.add(event));
  const to = run(before, reached, ({ triggerId, kind }) => tally.add(triggerId, kind));
  log.dropAfter(to.getTime());
  return { before: tally, after: log, to };
}

function simulatedEventOf(event: EngineEvent): SimulatedEvent {
  const { at, trigger_id: triggerId } = event;
  switch (event.kind) {
    case 'run': {
      const kind = event.end === 'FAILED' ? 'failed_run' : 'run';
      return { at, kind, triggerId, until: event.ends, runningTrigger: null };
    }
    case 'refused': {
      const { until, busy_trigger_id: runningTrigger } = event;
      return { at, kind: 'refused', triggerId, until, runningTrigger };
    }
    case 'suppressed':
      return { at, kind: 'suppressed', triggerId, until: event.until, runningTrigger: null };
    case 'failed':
      return { at, kind: 'stopped', triggerId, until: at, runningTrigger: null };
    default:
      return event satisfies never;
  }
}
