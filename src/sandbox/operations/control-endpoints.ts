import type { JsonObject } from '../../domain/json.ts';
import { timedId } from '../engine/catch-up.ts';
import { createEngine } from '../engine/engine.ts';
import type { EngineEvent } from '../engine/engine-event.ts';
import type { Engine } from '../engine/engine-types.ts';
import { reportEvents } from '../engine/report-events.ts';
import { withRule } from '../engine/run-rules.ts';
import { RUNNING_MS } from '../engine/sandbox-task.ts';
import type { Context } from '../http/context.ts';
import { findTrigger, type Operation, readBody } from '../http/operation.ts';
import { done, invalid, type ReplyOutcome } from '../http/reply-outcome.ts';
import type { Shape } from '../http/shape.ts';
import type { NamespaceState, RunRule } from '../store/namespace-state.ts';

const EVENT: Shape = {
  event_type: { type: 'string', required: true },
  collection_id: { type: 'string', nullable: true },
  count: { type: 'integer', min: 1, nullable: true },
};

/** POST /sandbox/events: what happens in the service's other half, and feeds event triggers. */
export const sendEvents: Operation = (world, call, context) => {
  const read = readBody(call, EVENT, 'required');
  if (!read.ok) return read.refusal;
  const event_type = String(read.value['event_type']);
  const { collection_id = null, count = null } = read.value as {
    collection_id?: string | null;
    count?: number | null;
  };
  const event = { event_type, collection_id, count: count ?? 1 };
  return feed(world, context, event, (engine, at, newId) => engine.event(at, event, newId));
};

const METRIC: Shape = {
  metric: { type: 'string', required: true },
  value: { type: 'number', required: true },
};

/** POST /sandbox/metrics: what the service would measure, and conditions look at. */
export const sendMetric: Operation = (world, call, context) => {
  const read = readBody(call, METRIC, 'required');
  if (!read.ok) return read.refusal;
  const { metric, value } = read.value as { metric: string; value: number };
  return feed(world, context, { metric, value }, (engine, at, newId) =>
    engine.measure(at, metric, value, newId),
  );
};

function feed(
  world: NamespaceState,
  { now, newId }: Context,
  sent: JsonObject,
  act: (engine: Engine, at: number, newId: () => string) => void,
): ReplyOutcome {
  const happened: EngineEvent[] = [];
  const engine = createEngine(world, { timedId, note: (happening) => happened.push(happening) });
  act(engine, now.getTime(), () => newId('task_'));
  const all = happened.map((happening) => ({ namespace_id: world.namespace_id, happening }));
  return done(engine.world(), { ...sent, now: now.toISOString(), ...reportEvents(all, now) });
}

const ENDS = {
  completed: 'COMPLETED',
  completed_with_errors: 'COMPLETED_WITH_ERRORS',
  failed: 'FAILED',
  canceled: 'CANCELED',
} as const;

const RULE: Shape = {
  trigger_id: { type: 'string', nullable: true },
  cluster_id: { type: 'string', nullable: true },
  outcome: { type: 'enum', values: Object.keys(ENDS) },
  error: { type: 'string', nullable: true },
  count: { type: 'integer', min: 1, nullable: true },
  duration_seconds: { type: 'integer', min: 0, max: 31_536_000, nullable: true },
};

/** What POST /sandbox/outcomes takes. */
export interface OutcomeRule {
  readonly trigger_id?: string | null;
  readonly cluster_id?: string | null;
  /** Default: completed. */
  readonly outcome?: keyof typeof ENDS;
  /** Default for a failed run: a sentence that says that the sandbox was told to. */
  readonly error?: string | null;
  /** For so many runs. Default: all from now on. */
  readonly count?: number | null;
  /** From a run's start to its end. Default: 2 s. */
  readonly duration_seconds?: number | null;
}

/** POST /sandbox/outcomes: how runs are to end, and how long they take. */
export const setOutcome: Operation = (world, call) => {
  const read = readBody(call, RULE, 'required');
  if (!read.ok) return read.refusal;
  const rule = ruleOf(read.value as OutcomeRule);
  if (rule.trigger_id !== null && rule.cluster_id !== null) {
    return invalid([
      { field: 'cluster_id', message: 'is given beside trigger_id: give one of them, or neither' },
    ]);
  }
  const found = rule.trigger_id === null ? null : findTrigger(world, rule.trigger_id);
  if (found !== null && !found.ok) return found.refusal;
  const rules = withRule(world.rules ?? [], rule);
  return done({ ...world, rules }, { outcomes: rules.map(ruleView) });
};

export function ruleOf(given: OutcomeRule): RunRule {
  const { trigger_id = null, cluster_id = null, outcome = 'completed', error = null, count = null } = given;
  const end = ENDS[outcome];
  return {
    trigger_id,
    cluster_id,
    end,
    error: error ?? (end === 'FAILED' ? 'The sandbox was told to let this run fail' : null),
    duration: given.duration_seconds == null ? RUNNING_MS : given.duration_seconds * 1000,
    left: count,
  };
}

const ruleView = ({ trigger_id, cluster_id, end, error, left, duration }: RunRule): JsonObject => ({
  trigger_id,
  cluster_id,
  outcome: end.toLowerCase(),
  error,
  count: left,
  duration_seconds: duration / 1000,
});
