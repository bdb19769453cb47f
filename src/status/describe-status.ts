import type { Trigger } from '../../generated/status.d.ts';
import type { Source } from '../domain/manifest.ts';
import type { Cause, Managed, Operation } from '../domain/plan.ts';

/** Of one trigger: at least one of the two is there. */
export type StatusSubject =
  | { readonly managed: Managed; readonly operation: Operation | null }
  | { readonly managed: null; readonly operation: Operation };

export function describeStatus(
  subject: StatusSubject & { readonly sources: ReadonlyMap<string, Source> },
): Trigger {
  const { managed, operation, sources } = subject;
  const name = operation?.name ?? managed?.label.name ?? '';
  const source = sources.get(name);
  const held = managed?.held ?? false;
  return {
    name,
    trigger_id: managed?.id ?? null,
    source: source === undefined ? null : { file: source.file, line: source.line },
    sync: syncOf(operation),
    operation: operation === null ? null : operation.kind === 'blocked' ? operation.intended : operation.kind,
    cause: operation?.cause ?? null,
    blocked_by: operation?.kind === 'blocked' ? operation.blocked_by : null,
    health: managed?.status ?? null,
    unhealthy: managed === null ? [] : unhealthyOf(managed),
    failures: managed?.live.consecutive_failures ?? null,
    hold:
      managed === null || !held
        ? null
        : { reason: managed.label.hold ?? '', by: managed.label.by, until: managed.label.until },
    last_run: managed && lastRun(managed),
    next_run: managed && nextRun(managed),
    rev: managed?.label.rev ?? null,
  };
}

function unhealthyOf({ status, overdueSince, holdEnded }: Managed): NonNullable<Trigger['unhealthy']> {
  return [
    ...(status === 'failed' ? (['failed'] as const) : []),
    ...(overdueSince === null ? [] : (['overdue'] as const)),
    ...(holdEnded ? (['hold_ended'] as const) : []),
  ];
}

/** What a hold keeps from Git's status is as Git and somebody want it: who holds it is the other axis. */
function syncOf(operation: Operation | null): Trigger['sync'] {
  if (operation === null) return 'in_sync';
  if (operation.kind === 'blocked') return operation.blocked_by === 'hold' ? 'in_sync' : 'blocked';
  return SYNC_OF[operation.cause];
}

/** Who moved: Git, or somebody or something else. Where both did, what would be overwritten is worth more words. */
const SYNC_OF: Readonly<Record<Cause, Trigger['sync']>> = {
  new: 'missing',
  requested: 'changed',
  manifest: 'changed',
  removed: 'changed',
  drift: 'drifted',
  both: 'drifted',
  duplicate: 'drifted',
  label: 'drifted',
  hold: 'drifted',
  recovery: 'drifted',
};

function lastRun(managed: Managed): Trigger['last_run'] {
  const { last_triggered_at: at, last_execution_status, last_execution_error } = managed.live;
  if (!at) return null;
  return {
    at,
    time_zone: zoneOf(managed),
    status: last_execution_status ?? null,
    error: last_execution_error ?? null,
  };
}

/** Of a trigger that stands still the service may still name one. */
function nextRun(managed: Managed): Trigger['next_run'] {
  const at = managed.live.next_scheduled_at;
  if (!at || managed.status !== 'active') return null;
  return { at, time_zone: zoneOf(managed) };
}

function zoneOf({ fixed, patchable }: Managed): string {
  const { timezone } = patchable.schedule_config;
  return fixed.trigger_type === 'cron' && typeof timezone === 'string' ? timezone : 'UTC';
}
