import type { JsonObject } from '../../domain/json.ts';
import type { ActionType, LiveTrigger, TriggerStatus, TriggerType } from '../../domain/trigger.ts';
import { type OutcomeRule, ruleOf } from '../operations/control-endpoints.ts';
import type { NamespaceState, RunRule, StoredTrigger } from '../store/namespace-state.ts';
import { INTERNAL_ID, newNamespaceState } from '../store/seed.ts';
import { createEngine } from './engine.ts';
import type { EngineEvent } from './engine-event.ts';
import type { NamespaceEvent } from './engine-types.ts';
import { withRule } from './run-rules.ts';
import { firstRun, type ReadAs } from './sandbox-schedule.ts';
import { dueOf } from './trigger-runtime.ts';

/** What comes from outside in a simulation, and when. */
export type Feed =
  | ({ readonly at: Date } & Omit<NamespaceEvent, 'count'> & {
        /** Default: 1. */
        readonly count?: number;
      })
  | { readonly at: Date; readonly metric: string; readonly value: number };

export interface Scenario {
  /** What there is at `from`: a world of the sandbox, as it stands there. */
  readonly world?: NamespaceState;
  /**
   * Or triggers as the service answers them, or as they would be created: without `created_at` they are made at
   * `from`, which is when `start_immediately` counts. The rest of what the service keeps starts at nothing.
   */
  readonly triggers?: readonly LiveTrigger[];
  readonly from: Date;
  /** That moment included. */
  readonly to: Date;
  /** How runs end and how long they take, as POST /sandbox/outcomes takes it; a later one replaces one for the same. */
  readonly outcomes?: readonly OutcomeRule[];
  /** Events and measurements, in any order. */
  readonly feeds?: readonly Feed[];
  /** So much work at most: a run is two steps. Default: 5 million, some seconds. */
  readonly limit?: number;
  /** How the service reads schedules, where that is known to be otherwise than here. */
  readonly readAs?: ReadAs;
  /** Hears of each event as it happens, for who wants nothing else: neither timeline nor tasks are kept then. */
  readonly onEvent?: (event: EngineEvent) => void;
}

export interface Simulation {
  /** In the order of time, and where that is equal, of creation. */
  readonly timeline: readonly EngineEvent[];
  /** The world at `reached`; put together where it is asked for. */
  readonly world: NamespaceState;
  /** `to`, or where the limit was reached before. Milliseconds since 1970. */
  readonly reached: number;
  readonly totals: Readonly<Record<EngineEvent['kind'], number>>;
}

const LIMIT = 5_000_000;
/** Taken out so many at once, a week of 10,000 triggers pays little for it. */
const FEW_TASKS = 1_000;

/**
 * Runs the schedules of a world from one moment to another, without a server, a file or chance: the same scenario has
 * the same timeline, down to the ids of its tasks. Whatever is overdue at `from` is scheduled anew from there, as it is
 * the future that is asked for.
 */
export function simulate(scenario: Scenario): Simulation {
  const { from, to, feeds = [], limit = LIMIT } = scenario;
  const [start, end] = [from.getTime(), to.getTime()];
  const timeline: EngineEvent[] = [];
  const totals = { run: 0, refused: 0, suppressed: 0, failed: 0 };
  let made = 0;
  const newId = (): string => {
    made += 1;
    return `task_${made}`;
  };
  const engine = createEngine(worldAt(scenario), {
    timedId: newId,
    ...(scenario.onEvent === undefined ? {} : { keptTasks: FEW_TASKS }),
    ...(scenario.readAs === undefined ? {} : { readAs: scenario.readAs }),
    note: (happening) => {
      if (happening.at < start) return;
      if (scenario.onEvent === undefined) timeline.push(happening);
      else scenario.onEvent(happening);
      totals[happening.kind] += 1;
    },
  });

  let left = limit;
  const advance = (until: number): number => {
    const { at, steps } = engine.advance(until, left);
    left -= steps;
    return at;
  };
  const coming = feeds
    .filter(({ at }) => at.getTime() >= start && at.getTime() <= end)
    .toSorted((a, b) => a.at.getTime() - b.at.getTime());
  let reached = start;
  for (const feed of coming) {
    const at = feed.at.getTime();
    reached = advance(at);
    if (reached < at) break;
    if ('metric' in feed) engine.measure(at, feed.metric, feed.value, newId);
    else engine.event(at, { count: 1, ...feed }, newId);
  }
  reached = advance(end);
  return {
    timeline,
    get world() {
      return engine.world();
    },
    reached,
    totals,
  };
}

function worldAt({ world, triggers, from, outcomes = [], readAs }: Scenario): NamespaceState {
  const base = world ?? {
    ...newNamespaceState('ns_simulation'),
    triggers: (triggers ?? []).map((trigger) => storedTrigger(trigger, from, readAs)),
  };
  const rules = outcomes.map(ruleOf).reduce<readonly RunRule[]>(withRule, base.rules ?? []);
  return { ...base, rules, triggers: base.triggers.map((trigger) => scheduledFrom(trigger, from, readAs)) };
}

function scheduledFrom(trigger: StoredTrigger, from: Date, readAs?: ReadAs): StoredTrigger {
  const due = dueOf(trigger);
  if (due === null || due >= from.getTime()) return trigger;
  return {
    ...trigger,
    next_scheduled_at: firstRun(trigger.trigger_type, trigger.schedule_config, from, false, readAs),
  };
}

function storedTrigger(live: LiveTrigger, from: Date, readAs?: ReadAs): StoredTrigger {
  const trigger_type = live.trigger_type as TriggerType;
  const schedule_config = live.schedule_config ?? {};
  const status = (live.status ?? 'active') as TriggerStatus;
  const at = from.toISOString();
  const fresh = (live.created_at ?? null) === null;
  return {
    namespace_id: 'ns_simulation',
    internal_id: INTERNAL_ID,
    name: null,
    last_triggered_at: null,
    last_execution_task_id: null,
    last_execution_status: null,
    last_execution_error: null,
    execution_count: 0,
    consecutive_failures: 0,
    event_counter: 0,
    last_cooldown_at: null,
    baseline_snapshot: null,
    last_drift_measurement: null,
    last_volume_measurement: null,
    last_condition_check_at: null,
    created_by: null,
    ...(withoutNulls(live) as { trigger_id: string }),
    action_type: live.action_type as ActionType,
    action_config: live.action_config ?? {},
    trigger_type,
    schedule_config,
    status,
    description: live.description ?? null,
    created_at: live.created_at ?? at,
    updated_at: live.updated_at ?? at,
    next_scheduled_at:
      status === 'active'
        ? (live.next_scheduled_at ?? firstRun(trigger_type, schedule_config, from, fresh, readAs))
        : null,
  };
}

const withoutNulls = (live: LiveTrigger): JsonObject =>
  Object.fromEntries(Object.entries(live).filter(([, value]) => (value ?? null) !== null)) as JsonObject;
