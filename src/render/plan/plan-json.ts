import type { Plan as PlanJson, Schedule as ScheduleJson } from '../../../generated/plan.d.ts';
import type { Forecast, MonthlyLoad, ScheduleForecast } from '../../domain/forecast.ts';
import { healthJson } from '../../domain/health.ts';
import { type Operation, type Plan, selectionJson, warningJson } from '../../domain/plan.ts';
import { asHttp } from '../../domain/request.ts';
import { countKinds } from './plan-words.ts';

/** `1.x`: members may be added; a change of what is there would make it 2. */
export const FORMAT_VERSION = '1.0';

/** A plan as `schemas/plan.schema.json` describes it: what `--format json`, `--out` and saved plans hold. */
export function planJson(plan: Plan): PlanJson {
  return {
    format_version: FORMAT_VERSION,
    owner: plan.owner,
    environment: plan.environment,
    namespace: plan.namespace,
    api_url: plan.api_url,
    git: { ...plan.git },
    summary: countKinds(plan),
    operations: plan.operations.map((operation) => operationJson(operation, plan)),
    guards: plan.guards.map((guard) => ({ ...guard })),
    unmanaged: plan.unmanaged,
    foreign: plan.foreign,
    damaged: plan.damaged,
    attached: plan.attached,
    selection: selectionJson(plan.selection),
    warnings: plan.warnings.map((warning) => warningJson(warning, null)),
    health: healthJson(plan.health),
    ...(plan.forecast === null ? {} : { forecast: forecastJson(plan.forecast) }),
    ...(plan.resources.size === 0 ? {} : { resources: Object.fromEntries(plan.resources) }),
    digest: plan.digest,
  };
}

function operationJson(operation: Operation, plan: Plan): PlanJson['operations'][number] {
  const blocked = operation.kind === 'blocked';
  return {
    kind: operation.kind,
    name: operation.name,
    trigger_id: operation.managed?.id ?? null,
    source: operation.source && { file: operation.source.file, line: operation.source.line },
    cause: operation.cause,
    blocked_by: blocked ? operation.blocked_by : null,
    intended: blocked ? operation.intended : null,
    changes: operation.changes.map(({ source, ...change }) => ({
      ...change,
      ...(source === undefined ? {} : { source: { file: source.file, line: source.line } }),
    })),
    requests: operation.requests.map((request) => {
      const { method, path, body } = asHttp(request);
      return { method, path, body: body && { ...body } };
    }),
    warnings: operation.warnings.map((warning) => warningJson(warning, operation.source)),
    ...(plan.forecast === null
      ? {}
      : { schedule: scheduleJson(plan.forecast.schedules.get(operation.digest)) }),
    hazard: operation.hazard && { ...operation.hazard },
    digest: operation.digest,
    pending: operation.pending,
  };
}

/** What becomes of a schedule; null where neither side has a clock. */
export function scheduleJson(schedule: ScheduleForecast | null | undefined): ScheduleJson {
  if (schedule == null) return null;
  const { before, after, today, written } = schedule;
  return {
    words: (after ?? before)?.words ?? '',
    timezone: (after ?? before)?.zone ?? 'UTC',
    words_before: before?.words ?? null,
    timezone_before: before?.zone ?? null,
    next_before: (before?.next ?? []).map((at) => at.toISOString()),
    next_after: (after?.next ?? []).map((at) => at.toISOString()),
    ...loadsJson({ before: before ?? NOTHING, after: after ?? NOTHING }),
    today,
    written,
  };
}

const NOTHING: MonthlyLoad = { runs: 0, credits: null, unpricedRuns: 0 };

function loadsJson({ before, after }: { readonly before: MonthlyLoad; readonly after: MonthlyLoad }) {
  return {
    runs_per_month_before: before.runs,
    runs_per_month_after: after.runs,
    credits_per_month_before: before.credits && { ...before.credits },
    credits_per_month_after: after.credits && { ...after.credits },
  };
}

/** What runs in the whole namespace, and what bounds it. */
export function forecastJson(forecast: Forecast): NonNullable<PlanJson['forecast']> {
  const { before, after, counted, uncounted, budget } = forecast;
  return {
    ...loadsJson(forecast),
    unpriced_runs_per_month_before: before.unpricedRuns,
    unpriced_runs_per_month_after: after.unpricedRuns,
    counted_triggers: counted,
    uncounted_triggers: uncounted,
    budget: budget && {
      credits_per_month: budget.credits_per_month ?? null,
      increase: budget.increase ?? null,
      by_flag: budget.byFlag,
    },
  };
}

/** Plans of several environments. */
export function plansJson(plans: readonly Plan[]): { format_version: string; plans: PlanJson[] } {
  return { format_version: FORMAT_VERSION, plans: plans.map(planJson) };
}
