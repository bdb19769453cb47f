import type { Simulation as SimulationJson } from '../../../generated/simulation.d.ts';
import { newIdOf } from '../../lib/apply-requests.ts';
import type { SimulatedEvent } from '../../schedule/upcoming/event-log.ts';
import type { Simulated, SimulatedTrigger } from '../../schedule/upcoming/simulated.ts';
import type { Figures } from '../../schedule/upcoming/tally.ts';
import { FORMAT_VERSION } from '../plan/plan-json.ts';

/** A simulation, and of what. */
export interface ShownSimulation {
  readonly result: Simulated;
  readonly owner: string;
  readonly environment: string | null;
  readonly namespace: string;
  /** Operations of the plan that were applied. */
  readonly changes: number;
  /** What is assumed, and what was left out. */
  readonly warnings: readonly string[];
}

const MOST = 10_000;

export function simulateJson(shown: ShownSimulation): SimulationJson {
  const { result, owner, environment, namespace, changes, warnings } = shown;
  const actors = new Map(result.actors.map(({ actor }) => [actor.id, actor]));
  const timeline: SimulationJson['timeline'] = [];
  for (const one of result.timeline) {
    if (timeline.length === MOST) break;
    timeline.push(outcomeJson(one, actors));
  }
  return {
    format_version: FORMAT_VERSION,
    owner,
    environment,
    namespace,
    from: result.from.toISOString(),
    to: result.asked.toISOString(),
    reached: result.to.toISOString(),
    timezone: result.zone,
    changes,
    before: figuresJson(result.before),
    after: figuresJson(result.after),
    days: result.days.map(({ date, figures }) => ({ date, figures: figuresJson(figures) })),
    triggers: result.actors.map(({ actor, before, after }) => ({
      ...nameOf(actor),
      works_on: actor.worksOn,
      words: actor.words,
      before: figuresJson(before),
      after: figuresJson(after),
    })),
    timeline,
    timeline_left_out: result.timeline.length - timeline.length,
    warnings: [...warnings],
  };
}

function figuresJson({ runs, failed, refused, suppressed, stopped }: Figures): SimulationJson['before'] {
  return { runs, failed_runs: failed, refused, suppressed, stopped };
}

function outcomeJson(
  { at, kind, triggerId, until, runningTrigger }: SimulatedEvent,
  actors: ReadonlyMap<string, SimulatedTrigger>,
): SimulationJson['timeline'][number] {
  const actor = actors.get(triggerId);
  return {
    at: new Date(at).toISOString(),
    kind,
    name: actor?.name ?? triggerId,
    trigger_id: actor === undefined ? triggerId : nameOf(actor).trigger_id,
    until: new Date(until).toISOString(),
    busy_with: runningTrigger === null ? null : (actors.get(runningTrigger)?.name ?? runningTrigger),
  };
}

function nameOf({ id, name }: SimulatedTrigger) {
  return { name, trigger_id: id === newIdOf(name) ? null : id };
}
