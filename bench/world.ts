import type { Desired } from '../src/domain/manifest.ts';
import { formatDescription } from '../src/label/format-label.ts';
import { asManifest } from '../src/plan/compare/normalise.ts';
import { freshLabel } from '../src/plan/operation/next-label.ts';

export const OWNER = 'acme/bench';

/** The manifests of a made-up repository, as text by file name, and the live triggers that equal them. */
export function makeWorld(count: number): { files: Map<string, string>; live: object[] } {
  const all = Array.from({ length: count }, (_, at) => trigger(at));
  const files = new Map(all.map((desired) => [`${desired.name}.yaml`, yaml(desired)]));
  return { files, live: all.map(asLive) };
}

/** The same triggers twice: a file each, and one file of some twenty lines with `for_each`. */
export function makeEachWorld(count: number): {
  files: Map<string, string>;
  forEach: Map<string, string>;
  live: object[];
} {
  const keys = Array.from({ length: count }, (_, at) => `k${at.toString().padStart(4, '0')}`);
  const all = keys.map(eachTrigger);
  const lines = [];
  for (let at = 0; at < keys.length; at += Math.ceil(count / 10)) {
    lines.push(`  ${keys.slice(at, at + Math.ceil(count / 10)).join(', ')},`);
  }
  const text = yaml(eachTrigger('${{ each.key }}')).replace(
    'description:',
    `for_each: [\n${lines.join('\n')}\n  ]\ndescription:`,
  );
  return {
    files: new Map(all.map((desired) => [`${desired.name}.yaml`, yaml(desired)])),
    forEach: new Map([['all.yaml', text]]),
    live: all.map(asLive),
  };
}

function eachTrigger(key: string): Desired {
  return {
    ...trigger(0),
    name: `trigger-${key}`,
    fixed: {
      action_type: 'cluster',
      action_config: { cluster_id: `clust_${key}`, filters: { status: 'active' } },
      trigger_type: 'cron',
    },
    patchable: {
      schedule_config: { cron_expression: '30 4 * * *', timezone: 'America/New_York' },
      description: `Keeps number ${key} of the catalogue current`,
    },
  };
}

/** What the service shows of a trigger that equals its manifest. */
function asLive(desired: Desired, at: number): object {
  const created_at = new Date(Date.UTC(2026, 0, 1) + at * 1000).toISOString();
  return {
    trigger_id: `trg_${at.toString(16).padStart(12, '0')}`,
    namespace_id: 'ns_bench',
    internal_id: 'org_bench',
    ...desired.fixed,
    schedule_config: desired.patchable.schedule_config,
    description: formatDescription(
      desired.patchable.description,
      freshLabel(asManifest(desired), { owner: OWNER, rev: null }),
    ),
    status: 'active',
    last_triggered_at: null,
    next_scheduled_at: null,
    execution_count: 0,
    consecutive_failures: 0,
    created_at,
    updated_at: created_at,
    created_by: null,
  };
}

function trigger(at: number): Desired {
  const cron = at % 2 === 0;
  return {
    name: `trigger-${at.toString().padStart(6, '0')}`,
    title: null,
    fixed: {
      action_type: cron ? 'cluster' : 'taxonomy_enrichment',
      action_config: cron
        ? { cluster_id: `clust_${at}`, filters: { status: 'active', tenant: at } }
        : { collection_id: `col_${at}`, taxonomy_id: 'tax_products', incremental: true, batch_size: 500 },
      trigger_type: cron ? 'cron' : 'interval',
    },
    patchable: {
      schedule_config: cron
        ? { cron_expression: `${at % 60} ${at % 24} * * ${at % 7}`, timezone: 'America/New_York' }
        : { interval_seconds: 3600 + at },
      description: `Keeps number ${at} of the catalogue current`,
    },
    status: null,
    protect: false,
    ignore: [],
    adopt: null,
    renamedFrom: [],
    release: false,
    secrets: [],
    tags: [],
    accepts: [],
    source: { file: '', line: 1 },
  };
}

function yaml({ name, fixed, patchable }: Desired): string {
  const config = fixed.action_config;
  const flow = (object: object) =>
    `{ ${Object.entries(object)
      .map(([key, value]) => `${key}: ${value}`)
      .join(', ')} }`;
  const scalar = (value: unknown) => (typeof value === 'string' ? `"${value}"` : String(value));
  const lines = (object: object) =>
    Object.entries(object).map(
      ([key, value]) => `  ${key}: ${typeof value === 'object' ? flow(value) : scalar(value)}`,
    );
  return [
    `# Made for the benchmark.`,
    `name: ${name}`,
    `description: ${patchable.description}`,
    `action_type: ${fixed.action_type}`,
    'action_config:',
    ...lines(config),
    `trigger_type: ${fixed.trigger_type}`,
    'schedule_config:',
    ...lines(patchable.schedule_config),
    '',
  ].join('\n');
}
