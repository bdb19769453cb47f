import type { Plan as PlanJson } from '../../generated/plan.d.ts';
import type { Operation, Plan } from '../domain/plan.ts';
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
    operations: plan.operations.map(operationJson),
    guards: plan.guards.map((guard) => ({ ...guard })),
    unmanaged: plan.unmanaged,
    foreign: plan.foreign,
    damaged: plan.damaged,
    warnings: plan.warnings.map((warning) => ({ ...warning })),
    digest: plan.digest,
  };
}

function operationJson(operation: Operation): PlanJson['operations'][number] {
  const blocked = operation.kind === 'blocked';
  return {
    kind: operation.kind,
    name: operation.name,
    trigger_id: operation.managed?.id ?? null,
    source: operation.source && { file: operation.source.file, line: operation.source.line },
    cause: operation.cause,
    blocked_by: blocked ? operation.blocked_by : null,
    intended: blocked ? operation.intended : null,
    changes: operation.changes.map((change) => ({ ...change })),
    requests: operation.requests.map(({ method, path, body }) => ({
      method,
      path,
      body: body && { ...body },
    })),
    warnings: operation.warnings.map((warning) => ({ ...warning })),
    digest: operation.digest,
    pending: operation.pending,
  };
}
