import { deleteTrigger, pauseTrigger, resumeTrigger } from '../operations/change-trigger.ts';
import { sendEvents, sendMetric, setOutcome } from '../operations/control-endpoints.ts';
import { createCollection } from '../operations/create-collection.ts';
import { createTrigger } from '../operations/create-trigger.ts';
import { getTrigger, listTriggers } from '../operations/list-triggers.ts';
import { getHealth, getOrganization } from '../operations/organization.ts';
import { patchTrigger } from '../operations/patch-trigger.ts';
import { deleteCluster, getResource, listResources } from '../operations/resources.ts';
import { type Control, getClock, moveClock } from '../operations/sandbox-clock.ts';
import { executeTrigger, getHistory, getTask } from '../operations/tasks.ts';
import type { ApiVersion } from '../variants/names.ts';
import type { Operation } from './operation.ts';

interface Address {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** `{id}` stands for one segment. */
  readonly path: string;
}

/** About one namespace. */
export interface NamespaceRoute extends Address {
  /** Whether it may change the world: only then the file is locked. */
  readonly writes: boolean;
  readonly operation: Operation;
  /** Whether it finds what it is asked for in whatever namespace, where none is named. */
  readonly anywhere?: true;
  /** Whether the API of February lacks it. */
  readonly recent?: true;
}

/** About the organisation, or the sandbox itself: no header names a namespace. */
export interface ControlRoute extends Address {
  readonly control: Control;
  /** Whether it asks for no key. */
  readonly open?: true;
}

export type Route = NamespaceRoute | ControlRoute;

const reads = (method: Address['method'], path: string, operation: Operation): NamespaceRoute => ({
  method,
  path,
  writes: false,
  operation,
});
const writes = (method: Address['method'], path: string, operation: Operation): NamespaceRoute => ({
  method,
  path,
  writes: true,
  operation,
});

const ROUTES: readonly Route[] = [
  writes('POST', '/v1/triggers', createTrigger),
  // An alias for clients whose GET can carry a body. Most cannot.
  { ...reads('GET', '/v1/triggers', listTriggers), recent: true },
  reads('POST', '/v1/triggers/list', listTriggers),
  reads('GET', '/v1/triggers/{id}', getTrigger),
  writes('PATCH', '/v1/triggers/{id}', patchTrigger),
  writes('DELETE', '/v1/triggers/{id}', deleteTrigger),
  writes('POST', '/v1/triggers/{id}/pause', pauseTrigger),
  writes('POST', '/v1/triggers/{id}/resume', resumeTrigger),
  writes('POST', '/v1/triggers/{id}/execute', executeTrigger),
  reads('GET', '/v1/triggers/{id}/history', getHistory),
  { ...reads('GET', '/v1/tasks/{id}', getTask), anywhere: true },
  reads('POST', '/v1/clusters/list', listResources('cluster')),
  reads('GET', '/v1/clusters/{id}', getResource('cluster')),
  writes('DELETE', '/v1/clusters/{id}', deleteCluster),
  writes('POST', '/v1/collections', createCollection),
  reads('POST', '/v1/collections/list', listResources('collection')),
  reads('GET', '/v1/collections/{id}', getResource('collection')),
  reads('POST', '/v1/taxonomies/list', listResources('taxonomy')),
  reads('GET', '/v1/taxonomies/{id}', getResource('taxonomy')),
  reads('POST', '/v1/retrievers/list', listResources('retriever')),
  reads('GET', '/v1/retrievers/{id}', getResource('retriever')),
  { method: 'GET', path: '/v1/organizations', control: getOrganization },
  { method: 'GET', path: '/v1/health/beat', control: getHealth, open: true },
  { method: 'GET', path: '/sandbox/clock', control: getClock },
  { method: 'POST', path: '/sandbox/clock', control: moveClock },
  writes('POST', '/sandbox/events', sendEvents),
  writes('POST', '/sandbox/metrics', sendMetric),
  writes('POST', '/sandbox/outcomes', setOutcome),
];

const COMPILED = ROUTES.map((route) => ({
  route,
  pattern: new RegExp(`^${route.path.replace('{id}', '([^/]+)')}$`),
}));

export type Match =
  | { readonly kind: 'route'; readonly route: Route; readonly id: string }
  | { readonly kind: 'wrong-method'; readonly allowed: readonly string[] }
  | { readonly kind: 'unknown' };

/** A path that is written out beats one with a place in it: `/list` is no id. */
export function matchRoute(method: string, pathname: string, api: ApiVersion): Match {
  const known = COMPILED.filter(({ route }) => api !== '0.81' || !('recent' in route));
  const written = known.filter(({ route }) => route.path === pathname);
  const fitting = (written.length > 0 ? written : known).flatMap(({ route, pattern }) => {
    const match = pattern.exec(pathname);
    return match === null ? [] : [{ route, segment: match[1] ?? '' }];
  });
  if (fitting.length === 0) return { kind: 'unknown' };
  const chosen = fitting.find(({ route }) => route.method === method);
  if (chosen === undefined) {
    return { kind: 'wrong-method', allowed: [...new Set(fitting.map(({ route }) => route.method))] };
  }
  const id = decode(chosen.segment);
  return id === null ? { kind: 'unknown' } : { kind: 'route', route: chosen.route, id };
}

function decode(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}
