import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { Json, JsonObject } from '../../src/domain/json.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/http/server.ts';

export const NAMESPACE = 'ns_test';

/** The guide's own create request. */
export const CRON = {
  action_type: 'cluster',
  action_config: { cluster_id: 'clust_abc123' },
  trigger_type: 'cron',
  schedule_config: { cron_expression: '0 2 * * *', timezone: 'UTC' },
  description: 'Daily clustering at 2am',
};

export const INTERVAL = {
  action_type: 'taxonomy_enrichment',
  action_config: { collection_id: 'col_inventory', taxonomy_id: 'tax_products', incremental: true },
  trigger_type: 'interval',
  schedule_config: { interval_seconds: 3600 },
  description: 'Hourly incremental enrichment (only new docs)',
};

export interface Got {
  readonly status: number;
  readonly headers: Headers;
  // Tests read into answers freely: what they expect of them is what they test.
  readonly json: JsonObject & {
    readonly results: readonly JsonObject[];
    readonly error: JsonObject;
    readonly detail: readonly JsonObject[];
    readonly executions: readonly JsonObject[];
    readonly pagination: JsonObject;
  };
}

export type Client = (
  method: string,
  path: string,
  body?: Json,
  headers?: Record<string, string>,
) => Promise<Got>;

/** A client that knows nothing but HTTP. A header given as '' is not sent. */
export function clientOf(url: string, namespace = NAMESPACE): Client {
  return async (method, path, body, extra = {}) => {
    const headers = { Authorization: 'Bearer sk_test', 'X-Namespace': namespace, ...extra };
    const response = await fetch(`${url}${path}`, {
      method,
      headers: Object.entries({ 'Content-Type': 'application/json', ...headers }).filter(
        ([, value]) => value !== '',
      ),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      json: text === '' ? null : JSON.parse(text),
    };
  };
}

/** A clock that stands still until it is moved. */
export function handClock(start = '2026-03-01T12:00:00.000Z') {
  let now = Date.parse(start);
  return {
    now: () => new Date(now),
    forward: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of opened.splice(0).reverse()) await end();
});

/** A sandbox in memory, unless told otherwise, that ends with the test. */
export async function open(
  options: Partial<SandboxOptions> = {},
): Promise<{ sandbox: Sandbox; call: Client }> {
  const sandbox = await startSandbox({ file: null, ...options });
  opened.push(() => sandbox.close());
  return { sandbox, call: clientOf(sandbox.url) };
}

/** The path of a file that is not there yet, in a folder of its own. */
export function freshFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mxt-sandbox-'));
  opened.push(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'nested', 'sandbox.json');
}

/** A new trigger as it reads from then on: in the answer to the create its next run is naive, and means UTC. */
export async function create(call: Client, body: Json = CRON): Promise<JsonObject & { trigger_id: string }> {
  const { status, json } = await call('POST', '/v1/triggers', body);
  if (status !== 200 && status !== 201) throw new Error(`create answered ${status}: ${JSON.stringify(json)}`);
  const next = json['next_scheduled_at'];
  const next_scheduled_at =
    typeof next === 'string' ? new Date(next.endsWith('Z') ? next : `${next}Z`).toISOString() : null;
  return { ...json, next_scheduled_at } as unknown as JsonObject & { trigger_id: string };
}

/** What a 422 complains of. */
export const problemsOf = ({ json }: Got): readonly JsonObject[] =>
  (json.error['details'] as unknown as { validation_errors: readonly JsonObject[] }).validation_errors;
