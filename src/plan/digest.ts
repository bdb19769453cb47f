import type { Operation } from '../domain/plan.ts';
import type { WriteRequest } from '../domain/request.ts';
import { canonicalJson, sha256 } from '../lib/canonical.ts';
import type { Draft } from './draft.ts';

/** What `rev` looks like at the end of a label, in a description that we wrote. */
const REV = / rev=[0-9a-f]{12}\]$/;

/** Adds the digest: the same change to the same live state has the same one on every machine and commit. */
export function seal(draft: Draft, known: ReadonlySet<string>): Operation {
  const digest = digestOf({
    kind: draft.kind,
    name: draft.name,
    trigger_id: draft.managed?.id ?? null,
    changes: draft.changes,
    requests: draft.requests.map(withoutRev),
  });
  return { ...draft, known, digest, pending: false };
}

/** Of a whole plan: where it would be applied, for whom, and what. */
export function digestPlan(plan: {
  api_url: string;
  owner: string;
  namespace: string;
  operations: readonly Operation[];
}): string {
  const { api_url, owner, namespace, operations } = plan;
  return digestOf({ api_url, owner, namespace, operations: operations.map(({ digest }) => digest) });
}

function digestOf(value: object): string {
  return `sha256:${sha256(canonicalJson(value))}`;
}

function withoutRev(request: WriteRequest): object {
  const { body } = request;
  if (body === null || body.description === undefined) return request;
  return { ...request, body: { ...body, description: body.description.replace(REV, ']') } };
}
