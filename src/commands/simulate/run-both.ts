import type { LiveTrigger } from '../../domain/trigger.ts';
import { checkNames } from '../../plan/match/selection.ts';
import type { EngineEvent } from '../../sandbox/engine/engine-event.ts';
import type { Feed } from '../../sandbox/engine/simulate.ts';
import type { SimulatedEvent, SimulatedTrigger } from '../../schedule/upcoming/simulated.ts';
import type { Window } from '../../schedule/upcoming/upcoming.ts';

export interface Circumstances {
  readonly window: Window;
  readonly feeds: readonly Feed[];
  /** Names whose runs all fail. */
  readonly fail: readonly string[];
  readonly limit: number;
  readonly runMinutes: number;
}

/** A run begins and ends. */
const STEPS = 2;

/** What happens without a plan and with it, up to the moment that both have reached. */
export async function runBoth(
  before: readonly LiveTrigger[],
  after: readonly LiveTrigger[],
  actors: readonly SimulatedTrigger[],
  { window, feeds, fail, limit, runMinutes }: Circumstances,
): Promise<{ readonly before: SimulatedEvent[]; readonly after: SimulatedEvent[]; readonly to: Date }> {
  checkNames('--fail', fail, new Set(actors.map(({ name }) => name)));
  const { simulate } = await import('../../sandbox/engine/simulate.ts');
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
  // Half of the work for each, so that both come to the same moment where there is too much of it.
  const most = Math.max(1, Math.floor(limit / 2)) * STEPS;
  const run = (triggers: readonly LiveTrigger[]) =>
    simulate({ triggers, from: window.from, to: window.to, outcomes, feeds, limit: most });
  const [one, other] = [run(before), run(after)];
  return {
    before: one.timeline.map(outcomeOf),
    after: other.timeline.map(outcomeOf),
    to: new Date(Math.min(one.reached, other.reached)),
  };
}

function outcomeOf(happening: EngineEvent): SimulatedEvent {
  const { at, trigger_id: triggerId } = happening;
  const common = { at, triggerId, runningTrigger: null };
  switch (happening.kind) {
    case 'run':
      return { ...common, kind: happening.end === 'FAILED' ? 'failed_run' : 'run', until: happening.ends };
    case 'refused':
      return {
        ...common,
        kind: 'refused',
        until: happening.until,
        runningTrigger: happening.busy_trigger_id,
      };
    case 'suppressed':
      return { ...common, kind: 'suppressed', until: happening.until };
    case 'failed':
      return { ...common, kind: 'stopped', until: at };
    default:
      return happening satisfies never;
  }
}
