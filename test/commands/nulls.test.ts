import { expect, it } from 'vitest';
import type { Json } from '../../src/domain/json.ts';
import type { VariantName } from '../../src/sandbox/variants/names.ts';
import { makeRepository, manifestYaml, withSandbox } from '../support/cli.ts';
import { isWrite } from '../support/running.ts';

const HEAD = { title: 'null', status: 'null', description: 'null' };
/** Each declared member of every depth as null, beside what must be there; nulls of open objects are the user's. */
const MANIFESTS: Record<string, Record<string, string>> = {
  cluster: {
    ...HEAD,
    action_config:
      '{ cluster_id: c, filters: null, output_collection_ids: null, mode: null, assignment_threshold: null, source_execution_ids: null }',
    schedule_config: '{ cron_expression: "0 2 * * *", timezone: null }',
  },
  taxonomy: {
    ...HEAD,
    action_type: 'taxonomy_enrichment',
    action_config:
      '{ taxonomy_id: t, collection_id: c, target_collection_id: null, filters: null, incremental: null, batch_size: null, parallelism: null }',
    trigger_type: 'interval',
    schedule_config: '{ interval_seconds: 600, start_immediately: null }',
  },
  batch: {
    ...HEAD,
    action_type: 'batch_rerun',
    action_config: '{ batch_id: b, collection_id: null, filters: null, retry_failed_only: null }',
    trigger_type: 'event',
    schedule_config:
      '{ event_type: documents_added, event_threshold: null, collection_id: null, cooldown_seconds: null }',
    lifecycle: '{ ignore: [/action_config/filters] }',
  },
  collection: {
    ...HEAD,
    action_type: 'collection_trigger',
    action_config:
      '{ collection_id: c, include_buckets: null, include_collections: null, source_filters: { a: null } }',
    trigger_type: 'conditional',
    schedule_config: '{ condition_type: drift, threshold: null, metric: null, check_interval_seconds: null }',
  },
  canary: {
    ...HEAD,
    action_type: 'retriever_execution',
    action_config:
      '{ retriever_id: r, filters: null, inputs: { q: null, deep: { x: [null] } }, skip_cache: null, ' +
      'acceptance: { max_total_time_ms: null, max_stage_latency_breaches: null, min_results: 1, judge_field: null, min_pass_ratio: null }, ' +
      'notification_config: { channels: [{ channel_type: slack, config: { mute: null } }], notify_on: null, include_internal_diagnostics: null } }',
  },
  quiet: {
    ...HEAD,
    action_type: 'retriever_execution',
    action_config: '{ retriever_id: r, inputs: null, acceptance: null, notification_config: null }',
  },
  added: {
    ...HEAD,
    action_config: '{ cluster_id: added, filters: null, later: x }',
    schedule_config: '{ cron_expression: "0 7 * * *", timezone: null, jitter: 5 }',
  },
};
const LATER = { schedule_config: '{ cron_expression: "0 4 * * *" }' };
const ALLOW = 'owner: acme/search\nallow_unknown: [action_config.later, schedule_config.jitter]\n';

/** Paths of nulls, those in open objects aside. */
function nulls(value: Json, path = ''): string[] {
  if (value === null) return [path];
  if (typeof value !== 'object' || /(?:filters|inputs|\.config)$/.test(path)) return [];
  return Object.entries(value).flatMap(([name, member]) => nulls(member, `${path}.${name}`));
}

/** The same with another schedule, and one to be replaced. */
const EDITS: readonly [was: RegExp, is: string][] = [
  [/"0 (\d) \* \* \*"/, '"5 $1 * * *"'],
  [/interval_seconds: 600/, 'interval_seconds: 900'],
  [/documents_added/, 'documents_updated'],
  [/batch_id: b,/, 'batch_id: another,'],
  [/condition_type: drift/, 'condition_type: volume'],
];
const files = (edits: typeof EDITS) =>
  Object.entries(MANIFESTS).map(([name, more]) => {
    const text = manifestYaml(name, { ...more, ...(name === 'quiet' ? LATER : {}) });
    return [`manifests/${name}.yaml`, edits.reduce((now, [was, is]) => now.replace(was, is), text)] as const;
  });

it.each<[VariantName[]]>([[[]], [['typed-defaults']], [['merge-schedules']]])(
  'null for a declared member is neither sent nor shown nor compared: a service with %j',
  async (variants) => {
    const { sandbox, env } = await withSandbox({ variants });
    const { mxt, write } = makeRepository({ 'mxt.yaml': ALLOW, ...Object.fromEntries(files([])) }, env);
    expect(await mxt('apply --yes')).toMatchObject({ code: 0 });
    expect(await mxt('plan --detailed-exitcode')).toMatchObject({ code: 0 });
    for (const [path, text] of files(EDITS)) write(path, text);
    const { operations } = JSON.parse((await mxt('plan --format json')).stdout) as {
      operations: { changes: { before: Json; after: Json }[] }[];
    };
    expect(operations).toHaveLength(files([]).length);
    for (const { changes } of operations) {
      expect(changes.length).toBeGreaterThan(0);
      expect(nulls(changes as unknown as Json)).toEqual([]);
    }
    expect(await mxt('apply --yes')).toMatchObject({ code: 0 });
    expect(await mxt('plan --detailed-exitcode')).toMatchObject({ code: 0 });
    const sent = sandbox.requests.filter(isWrite);
    expect(sent.map(({ method }) => method)).toContain('PATCH');
    expect(sent.flatMap(({ body }) => (body === null ? [] : nulls(body)))).toEqual([]);
    const canary = sent.find(({ body }) =>
      JSON.stringify(body).includes('"retriever_id":"r","inputs"'),
    )?.body;
    expect(canary).toMatchObject({
      action_config: {
        inputs: { q: null, deep: { x: [null] } },
        acceptance: { min_results: 1 },
        notification_config: { channels: [{ channel_type: 'slack', config: { mute: null } }] },
      },
    });
  },
);
