import TinyQueue from 'tinyqueue';
import type { Measurement, NamespaceState, StoredTask } from '../store/namespace-state.ts';
import type { RunCause } from './engine-event.ts';
import type { Engine, EngineOptions } from './engine-types.ts';
import { takeRule } from './run-rules.ts';
import { clockFor, clockRunAfter } from './sandbox-schedule.ts';
import { newTask, refusedTask } from './sandbox-task.ts';
import { inOrder, Step } from './step.ts';
import { type OwnTask, taskLogOf } from './task-log.ts';
import {
  exceeds,
  measurementOf,
  nextCheck,
  setting,
  storedOf,
  type TriggerRuntime,
  triggerRuntimeOf,
} from './trigger-runtime.ts';

/** So many failures in a row make a trigger `failed`. The documents have the status, and no number. */
export const FAILURES_TO_FAIL = 5;

export function createEngine(
  before: NamespaceState,
  { timedId, note, readAs, keptTasks }: EngineOptions,
): Engine {
  const lives = before.triggers.map(triggerRuntimeOf);
  const byId = new Map(lives.map((live) => [live.stored.trigger_id, live]));
  const executing = new Map<string, StoredTask>();
  const steps = new TinyQueue<Step>([], inOrder);
  const metrics = new Map(Object.entries(before.metrics ?? {}));
  let rules = before.rules ?? [];
  let ordered = 0;

  const push = (
    kind: Step['kind'],
    at: number | null,
    live: TriggerRuntime,
    task: OwnTask | null = null,
  ): void => {
    if (at !== null) steps.push(new Step(kind, at, task === null ? live.order : ordered++, live, task));
  };
  const pushCheck = (live: TriggerRuntime): void =>
    push('check', nextCheck(live, measurementOf(live, metrics)), live);

  const watch = (task: OwnTask, live: TriggerRuntime): void => {
    push('end', task.ends, live, task);
    live.busy = Math.max(live.busy, task.ends);
    if (live.cluster !== null) executing.set(live.cluster, task);
  };

  const open = before.tasks.map((task): OwnTask => {
    const live = byId.get(task.trigger_id);
    if (task.settled) return task;
    // Nobody is left to hear of its end.
    if (live === undefined) return { ...task, settled: true };
    const own = { ...task };
    watch(own, live);
    return own;
  });
  const ledger = taskLogOf(open, before.dropped, keptTasks);
  for (const live of lives) {
    push('due', live.due, live);
    if (live.stored.trigger_type === 'conditional' && metrics.size > 0) pushCheck(live);
  }

  /** Runs a trigger, unless its cluster is being executed. */
  const fire = (live: TriggerRuntime, at: number, cause: RunCause, id: string): boolean => {
    const trigger_id = live.stored.trigger_id;
    const busy = live.cluster === null ? undefined : executing.get(live.cluster);
    live.changed = true;
    live.triggered = at;
    live.taskId = id;
    if (live.cluster !== null && busy !== undefined && busy.ends > at) {
      const task = refusedTask(live.stored, id, at, busy);
      ledger.add(task);
      live.taskStatus = task.end;
      live.error = task.error;
      note({
        kind: 'refused',
        at,
        trigger_id,
        cause,
        task_id: id,
        cluster_id: live.cluster,
        busy_with: busy.task_id,
        busy_trigger_id: busy.trigger_id,
        until: busy.ends,
      });
      return false;
    }
    const taken = takeRule(rules, { trigger_id, cluster_id: live.cluster });
    rules = taken.rules;
    const task: OwnTask = newTask(live.stored, id, at, taken.rule);
    ledger.add(task);
    watch(task, live);
    live.taskStatus = 'PENDING';
    live.error = null;
    const { starts, ends, end, error } = task;
    note({ kind: 'run', at, trigger_id, cause, task_id: id, starts, ends, end, error });
    return true;
  };

  const ended = (live: TriggerRuntime, task: OwnTask): void => {
    task.settled = true;
    live.changed = true;
    if (live.taskId === task.task_id) {
      live.taskStatus = task.end;
      live.error = task.error;
    }
    // "Total successful executions", by the OpenAPI document: so it moves when one has ended.
    if (task.end === 'COMPLETED' || task.end === 'COMPLETED_WITH_ERRORS') {
      live.executions += 1;
      live.failures = 0;
      if (live.stored.trigger_type === 'conditional') capture(live, task.ends);
    } else if (task.end === 'FAILED') {
      live.failures += 1;
      if (live.active && live.failures >= FAILURES_TO_FAIL) giveUp(live, task);
    }
  };

  /** "Captured after successful execution": what was measured before is measured against something else. */
  const capture = (live: TriggerRuntime, at: number): void => {
    live.baselineAt = at;
    const { metric = null, value = null } = live.measurement ?? {};
    live.baseline = { metric, value, captured_at: new Date(at).toISOString() };
  };

  const giveUp = (live: TriggerRuntime, { task_id, ends, error }: StoredTask): void => {
    live.active = false;
    live.due = null;
    const { trigger_id } = live.stored;
    note({ kind: 'failed', at: ends, trigger_id, task_id, consecutive_failures: live.failures, error });
  };

  const due = (step: Step): void => {
    const { live, at } = step;
    const { trigger_type, trigger_id, schedule_config } = live.stored;
    if (!live.active || live.due !== at) return;
    live.clock ??= clockFor(trigger_type, schedule_config, readAs);
    live.due = live.clock && clockRunAfter(live.clock, at);
    if (live.due !== null) {
      step.at = live.due;
      steps.push(step);
    }
    fire(live, at, trigger_type, timedId(trigger_id, at));
  };

  const evaluate = (live: TriggerRuntime, measurement: Measurement, at: number, id: () => string): void => {
    const { threshold = null, metric = null } = live.stored.schedule_config;
    const exceeded = exceeds(live, measurement);
    live.changed = true;
    live.checkedAt = at;
    live.measurement = {
      metric,
      value: measurement.value,
      threshold,
      exceeded,
      measured_at: new Date(measurement.at).toISOString(),
    };
    // A run that is under way is about to answer for it.
    if (exceeded && live.busy <= at) fire(live, at, 'conditional', id());
    pushCheck(live);
  };

  const check = (live: TriggerRuntime, at: number): void => {
    const measurement = measurementOf(live, metrics);
    // Put off, or done, since this step was planned.
    if (measurement === null || nextCheck(live, measurement) !== at) return;
    evaluate(live, measurement, at, () => timedId(live.stored.trigger_id, at));
  };

  const count = (live: TriggerRuntime, at: number, added: number, newId: () => string): void => {
    live.changed = true;
    live.counter += added;
    if (live.counter < (setting(live, 'event_threshold') ?? 1)) return;
    const cooldown = (setting(live, 'cooldown_seconds') ?? 0) * 1000;
    const until = (live.cooldownAt ?? -Infinity) + cooldown;
    if (at < until) {
      const { trigger_id } = live.stored;
      note({ kind: 'suppressed', at, trigger_id, event_counter: live.counter, until });
    } else if (fire(live, at, 'event', newId())) {
      live.counter = 0;
      if (cooldown > 0) live.cooldownAt = at;
    }
  };

  return {
    advance(to, limit = Number.POSITIVE_INFINITY) {
      let taken = 0;
      for (let step = steps.peek(); step !== undefined && step.at <= to; step = steps.peek()) {
        if (taken >= limit) return { at: step.at - 1, steps: taken };
        steps.pop();
        taken += 1;
        if (step.task !== null) ended(step.live, step.task);
        else if (step.kind === 'due') due(step);
        else check(step.live, step.at);
      }
      return { at: to, steps: taken };
    },
    event(at, { event_type, collection_id, count: added }, newId) {
      for (const live of lives) {
        if (!live.active || live.stored.trigger_type !== 'event') continue;
        const { event_type: wanted, collection_id: of = null } = live.stored.schedule_config;
        const reaches = of === null || collection_id === undefined || of === collection_id;
        if (wanted === event_type && reaches) count(live, at, added, newId);
      }
    },
    measure(at, metric, value, newId) {
      const measurement = { value, at };
      metrics.delete(metric);
      metrics.set(metric, measurement);
      for (const live of lives) {
        if (!live.active || live.stored.trigger_type !== 'conditional') continue;
        if ((live.stored.schedule_config['metric'] ?? metric) !== metric) continue;
        const interval = (setting(live, 'check_interval_seconds') ?? 0) * 1000;
        if (live.checkedAt === null || at >= live.checkedAt + interval)
          evaluate(live, measurement, at, newId);
        else pushCheck(live);
      }
    },
    world() {
      return {
        ...before,
        triggers: lives.map(storedOf),
        ...ledger.kept(),
        ...(rules.length > 0 || before.rules ? { rules } : {}),
        ...(metrics.size > 0 ? { metrics: Object.fromEntries(metrics) } : {}),
      };
    },
  };
}
