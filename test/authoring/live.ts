import fc from 'fast-check';
import type { Json, JsonObject } from '../../src/domain/json.ts';
import type { StoredTrigger } from '../../src/sandbox/store/namespace-state.ts';

/** Live triggers as people and the service leave them, and as nobody should. */

const text = fc.oneof(
  fc.constantFrom(
    '',
    'Nightly re-cluster of active products',
    'Nightly re-cluster of active products',
    'Crème brûlée: “every” day',
    '夜間の再クラスタ',
    'two\nlines',
    'ends with a line\n',
    'CRLF\r\nin\rhere',
    ' leading and trailing \n  blanks  \n\n',
    '\ttab\u0000\u0007\u001b[31m\u0085\u2028\ufeff\uffff',
    '${{ vars.x }} and $${{ y }} and ${{ broken',
    '# no comment',
    '- no list: "quoted" \'single\'',
    'no',
    '1.0',
    '---',
    '...\n--- x',
    '|\n  x',
    'x'.repeat(300),
    'mxt_no_key sk_products_nightly',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }).filter((one) => !one.includes('[mxt:')),
);

const key = fc.constantFrom(
  'status',
  'a b',
  'no',
  '<<',
  '1',
  'null',
  '${{ x }}',
  'é',
  '',
  '- a',
  '?',
  '"',
  'k\u0001',
);
const json: fc.Arbitrary<Json> = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    text,
    fc.constantFrom<Json>(null, true, 0, -0, 1.5, 1e21, -7, 2 ** 53, 0.1),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(key, tie('json'), { maxKeys: 3 }) as fc.Arbitrary<Json>,
  ),
})).json;
const filters = fc.dictionary(key, json, { maxKeys: 3 }) as unknown as fc.Arbitrary<JsonObject>;
const id = fc.constantFrom('clust_abc123', 'clust_1', 'col_inv', '123', 'true', '${{ x }}', 'a: b', 'é #c');

const some = <T>(shape: { [K in keyof T]: fc.Arbitrary<T[K]> }, required: (keyof T & string)[]) =>
  fc.record(shape, { requiredKeys: required as never }) as unknown as fc.Arbitrary<JsonObject>;

const action = fc.oneof(
  some(
    {
      cluster_id: id,
      filters: fc.option(filters),
      output_collection_ids: fc.option(fc.array(id)),
      engine: fc.constant('v2'),
    },
    ['cluster_id'],
  ).map((action_config) => ({ action_type: 'cluster' as const, action_config })),
  some(
    {
      taxonomy_id: id,
      collection_id: id,
      target_collection_id: fc.option(id),
      incremental: fc.option(fc.boolean()),
      batch_size: fc.constantFrom<Json>(null, 1, 500),
      parallelism: fc.constantFrom<Json>(null, 8),
    },
    ['taxonomy_id', 'collection_id'],
  ).map((action_config) => ({ action_type: 'taxonomy_enrichment' as const, action_config })),
  some({ collection_id: fc.constant(null), batch_id: id }, ['batch_id']).map((action_config) => ({
    action_type: 'batch_rerun' as const,
    action_config,
  })),
  some({ collection_id: id, added: json }, ['collection_id']).map((action_config) => ({
    action_type: 'collection_trigger' as const,
    action_config,
  })),
);
const schedule = fc.oneof(
  some(
    {
      cron_expression: fc.constantFrom('0 2 * * *', '*/15 8-18 * * MON-FRI', '5 4 1 JAN *'),
      timezone: fc.constantFrom<Json>('UTC', 'Europe/Paris', null),
      jitter: json,
    },
    ['cron_expression'],
  ).map((schedule_config) => ({ trigger_type: 'cron' as const, schedule_config })),
  some(
    {
      interval_seconds: fc.constantFrom<Json>(60, 3600),
      start_immediately: fc.constantFrom<Json>(true, false, null),
    },
    ['interval_seconds'],
  ).map((schedule_config) => ({ trigger_type: 'interval' as const, schedule_config })),
  some(
    {
      event_type: text.filter((one) => one !== ''),
      event_threshold: fc.option(fc.constant(5)),
      collection_id: fc.option(id),
      cooldown_seconds: fc.constantFrom<Json>(0, null),
    },
    ['event_type'],
  ).map((schedule_config) => ({ trigger_type: 'event' as const, schedule_config })),
  some(
    {
      condition_type: fc.constant('drift'),
      threshold: fc.constantFrom<Json>(0, 0.15, null),
      metric: fc.option(fc.constant('cosine_drift')),
      check_interval_seconds: fc.constant(3600),
    },
    ['condition_type'],
  ).map((schedule_config) => ({ trigger_type: 'conditional' as const, schedule_config })),
);

export const unmanaged = (at: number): fc.Arbitrary<StoredTrigger> =>
  fc
    .tuple(
      action,
      schedule,
      fc.option(text),
      fc.constantFrom('active', 'paused', 'failed', 'disabled' as const),
    )
    .map(([does, when, description, status]) =>
      stored(at, { ...does, ...when, description, status: status as 'active' }),
    );

/** A trigger as the service keeps it. */
export function stored(at: number, what: Partial<StoredTrigger> = {}): StoredTrigger {
  return {
    trigger_id: `trg_${at}`,
    namespace_id: 'ns_test',
    internal_id: 'int_1',
    action_type: 'cluster',
    action_config: { cluster_id: 'clust_abc123' },
    trigger_type: 'cron',
    schedule_config: { cron_expression: '0 2 * * *' },
    status: 'active',
    description: null,
    last_triggered_at: null,
    last_execution_task_id: null,
    next_scheduled_at: null,
    execution_count: 0,
    consecutive_failures: 0,
    last_execution_status: null,
    last_execution_error: null,
    event_counter: 0,
    last_cooldown_at: null,
    baseline_snapshot: null,
    last_drift_measurement: null,
    last_condition_check_at: null,
    created_at: `2026-11-0${at + 1}T00:00:00.000000Z`,
    updated_at: '2026-11-10T00:00:00.000000Z',
    created_by: null,
    ...what,
  } as StoredTrigger;
}

export const liveState: fc.Arbitrary<StoredTrigger[]> = fc
  .integer({ min: 1, max: 4 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, at) => unmanaged(at))));
