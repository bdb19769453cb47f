import type { LiveTrigger } from '../../domain/trigger.ts';
import { checkNames } from '../../plan/match/selection.ts';
import type { EngineEvent } from '../../sandbox/engine/engine-event.ts';
import type { Feed } from '../../sandbox/engine/simulate-schedules.ts';
import type { ServiceReading } from '../../schedule/readings/service-reading.ts';
import { EventLog, type SimulatedEvent } from '../../schedule/upcoming/event-log.ts';
import type { SimulatedTrigger } from '../../schedule/upcoming/simulated.ts';
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

/** Runs the triggers as they are before the plan and after it, and returns the events up to the moment that both reached. */
export async function runBoth(
  before: readonly LiveTrigger[],
  after: readonly LiveTrigger[],
  actors: readonly SimulatedTrigger[],
  { window, feeds, fail, limit, runMinutes, service }: Circumstances,
): Promise<{ readonly before: EventLog; readonly after: EventLog; readonly to: Date }> {
  checkNames('--fail', fail, new Set(actors.map(({ name }) => name)));
  const { simulate } = await import('../../sandbox/engine/simulate-schedules.ts');
  const outcomes = [
    { duration_seconds: runMinutes * 60 },
    ...actors
      .filter(({ name }) => fail.includes(name))
      .map(({ id }) => ({
        trigger_id: id,
        duration_seconds: runMinutes * 60,
        outcome: 'failed' as const,
        error: 'as --fail asks for',
      })),
  ];
  // Half of the limit for each, so that both stop at about the same moment.
  const most = Math.max(1, Math.floor(limit / 2)) * STEPS;
  const run = (triggers: readonly LiveTrigger[]) => {
    const events = new EventLog();
    const { reached } = simulate({
      triggers,
      from: window.from,
      to: window.to,
      outcomes,
      feeds,
      limit: most,
      readAs: service.clockAs,
      onEvent: (event) => events.add(simulatedEventOf(event)),
    });
    return { events, reached };
  };
  const [one, other] = [run(before), run(after)];
  const to = Math.min(one.reached, other.reached);
  for (const { events } of [one, other]) events.dropAfter(to);
  return { before: one.events, after: other.events, to: new Date(to) };
}

function simulatedEventOf(event: EngineEvent): SimulatedEvent {
  const { at, trigger_id: triggerId } = event;
  const common = { at, triggerId, runningTrigger: null };
  switch (event.kind) {
    case 'run':
      return { ...common, kind: event.end === 'FAILED' ? 'failed_run' : 'run', until: event.ends };
    case 'refused':
      return {
        ...common,
        kind: 'refused',
        until: event.until,
        runningTrigger: event.busy_trigger_id,
      };
    case 'suppressed':
      return { ...common, kind: 'suppressed', until: event.until };
    case 'failed':
      return { ...common, kind: 'stopped', until: at };
    default:
      return event satisfies never;
  }
}
