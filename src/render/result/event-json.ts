import type { ApplyEvent } from '../../../generated/events.d.ts';
import type { Outcome } from '../../apply/outcome.ts';
import type { Plan } from '../../domain/plan.ts';
import { FORMAT_VERSION } from '../plan/plan-json.ts';

/** A line of `apply --events`. It names its environment: a file may hold the runs of several. */
export function eventJson(
  { operation, trigger_id, outcome, error, attempts }: Outcome,
  { environment, namespace, digest }: Pick<Plan, 'environment' | 'namespace' | 'digest'>,
  at: Date,
): ApplyEvent {
  const { kind, name } = operation;
  return {
    format_version: FORMAT_VERSION,
    at: at.toISOString(),
    environment,
    namespace,
    plan_digest: digest,
    kind,
    name,
    trigger_id,
    intended: kind === 'blocked' ? operation.intended : null,
    blocked_by: kind === 'blocked' ? operation.blocked_by : null,
    outcome,
    error: error && { ...error },
    attempts,
    digest: operation.digest,
  };
}
