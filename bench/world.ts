import type { Desired } from '../src/domain/manifest.ts';
import { formatDescription } from '../src/label/format-label.ts';
import { asManifest } from '../src/plan/compare/normalise.ts';
import { freshLabel } from '../src/plan/operation/next-label.ts';

export const OWNER = 'acme/bench';

/** The manifests of a made-up repository, as text by file name, and the live triggers that equal them. */
export function makeWorld(count: number): { files: Map<string, string>; live: object[] } {
  const files = new Map<string, string>();
  const live: object[] = [];
  for (let at = 0; at < count; at++) {
    const desired = trigger(at);
    files.set(`${desired.name}.yaml`, yaml(desired));
    const created_at = new Date(Date.UTC(2026, 0, 1) + at * 1000).toISOString();
    live.push({
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
    });
  }
  return { files, live };
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
