import type { Operation } from '../../domain/plan.ts';
import { asHttp } from '../../domain/request.ts';
import { canonicalJson, sha256 } from '../../lib/canonical.ts';
import type { Draft } from './draft.ts';
import { hazardOf } from './hazard.ts';

/** What `rev` looks like at the end of a label, in a description that we wrote. */
const REV = / rev=[0-9a-f]{12}\]$/;

/** What the digest of an operation covers, whether it was just planned or read from a file. */
interface Covered {
  readonly kind: string;
  readonly name: string;
  readonly trigger_id: string | null;
  /** Where each is written is nothing of what it changes. */
  readonly changes: readonly { readonly source?: object | undefined }[];
  /** As HTTP: what a saved plan holds. */
  readonly requests: readonly { readonly body: object | null }[];
}

/**
 * Adds what it destroys, and the digest: the same change to the same live state has the same one on every machine
 * and commit.
 *
 * @param liveIdsAtPlan every id that is live, disabled ones too: what apply makes is none of them
 */
export function seal(draft: Draft, owner: string, liveIdsAtPlan: ReadonlySet<string>): Operation {
  const requests = draft.requests.map(asHttp);
  const digest = digestOperation({ ...draft, requests, trigger_id: draft.managed?.id ?? null });
  return { ...draft, liveIdsAtPlan, hazard: hazardOf(draft, owner), digest, pending: false };
}

export function digestOperation({ kind, name, trigger_id, changes, requests }: Covered): string {
  const covered = changes.map(({ source: _, ...change }) => change);
  return digestOf({ kind, name, trigger_id, changes: covered, requests: requests.map(withoutRev) });
}

/** Of a whole plan: where it would be applied, for whom, and what. */
export function digestPlan(plan: {
  api_url: string;
  owner: string;
  namespace: string;
  operations: readonly { readonly digest: string }[];
}): string {
  const { api_url, owner, namespace, operations } = plan;
  return digestOf({ api_url, owner, namespace, operations: operations.map(({ digest }) => digest) });
}

function digestOf(value: object): string {
  return `sha256:${sha256(canonicalJson(value))}`;
}

function withoutRev<T extends { readonly body: object | null }>(request: T): object {
  const { description } = (request.body ?? {}) as { description?: unknown };
  if (typeof description !== 'string') return request;
  return { ...request, body: { ...request.body, description: description.replace(REV, ']') } };
}
