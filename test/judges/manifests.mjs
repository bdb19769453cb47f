// Manifests and configurations, right and wrong, drawn from one seed: what validators are to agree on.
import fc from 'fast-check';

const SEED = 20261129;
const word = fc.constantFrom(
  'a',
  'clust_abc123',
  '',
  'Nightly Clusters',
  'nightly-products',
  '${{ vars.x }}',
  '${{',
  'a\nb',
  'é'.repeat(70),
);
const scalar = fc.oneof(
  word,
  fc.integer({ min: -2, max: 120 }),
  fc.constantFrom(0.5, true, false, null, 1e9),
);
const anything = fc.oneof(scalar, fc.constantFrom([], [1], ['a', 'b'], {}, { a: null }));
const SENTENCES = ['1 to 63 of a-z, 0-9 and -, beginning with a letter or a digit'];

/** Each with the members that the schema knows for it; what is drawn for one may stand in another. */
const ACTIONS = {
  cluster: {
    cluster_id: 'c',
    mode: 'assign',
    assignment_threshold: 0.5,
    filters: {},
    output_collection_ids: ['o'],
  },
  taxonomy_enrichment: {
    taxonomy_id: 't',
    collection_id: 'c',
    incremental: true,
    batch_size: 100,
    parallelism: 2,
  },
  batch_rerun: { batch_id: 'b', retry_failed_only: true, filters: null },
  collection_trigger: { collection_id: 'c', include_buckets: ['b'], source_filters: {} },
  retriever_execution: {
    retriever_id: 'r',
    acceptance: { min_results: 1, min_pass_ratio: '${{ vars.ratio }}' },
    notification_config: { channels: [{ channel_type: 'slack', config: {} }], notify_on: 'failure' },
  },
  alert_evaluation: { anything: [1] },
};
const SCHEDULES = {
  cron: { cron_expression: '0 2 * * *', timezone: 'UTC' },
  interval: { interval_seconds: 60, start_immediately: false },
  event: { event_type: 'documents_added', event_threshold: 1, cooldown_seconds: 0, collection_id: null },
  conditional: {
    condition_type: 'drift',
    metric: 'cosine_drift',
    threshold: 0.1,
    check_interval_seconds: 60,
  },
};

const sound = fc
  .tuple(fc.constantFrom(...Object.keys(ACTIONS)), fc.constantFrom(...Object.keys(SCHEDULES)))
  .map(([action, trigger]) => ({
    name: 'nightly',
    title: 'Nightly',
    description: 'x',
    action_type: action,
    action_config: ACTIONS[action],
    trigger_type: trigger,
    schedule_config: SCHEDULES[trigger],
    status: 'active',
    lifecycle: { protect: true, ignore: ['/description', '/schedule_config/timezone'] },
  }));

const CONFIG = {
  owner: 'acme/search',
  previous_owner: ['acme/old', 'acme/older'],
  manifests: ['manifests'],
  policy: 'sync',
  guard: { max_deletes: 5, max_delete_percent: 30 },
  allow_unknown: ['action_config.new_option', 'action_type.new'],
  check_refs: true,
  vars: { a: 'x', b: 1, c: true },
  credits: { cluster: [50, 500], batch_rerun: 3 },
  rules: { min_interval_seconds: 60, allowed_hours: ['22-5', 7], timezones: ['UTC'] },
  lint: { dst: 'off' },
  environments: { production: { namespace: 'ns_1', api_key_env: 'MP_API_KEY_PROD', vars: { a: 'y' } } },
};

/** A place in a value, any of them. */
function pathsIn(value, path = []) {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, [...path, key]))];
}

/** One place is given another value, taken away, or given a member that nobody knows. */
function spoiled(value, { at, with: other, how }) {
  const paths = pathsIn(value).filter((path) => path.length > 0);
  if (paths.length === 0) return value;
  const path = paths[at % paths.length];
  const copy = structuredClone(value);
  const holder = path.slice(0, -1).reduce((inner, key) => inner[key], copy);
  if (how === 'remove') delete holder[path.at(-1)];
  else if (how === 'add') holder[Array.isArray(holder) ? holder.length : 'new_member'] = other;
  else holder[path.at(-1)] = other;
  return copy;
}

const damage = fc.record({
  at: fc.nat(200),
  with: fc.oneof(
    { weight: 9, arbitrary: anything },
    fc.constantFrom(...SENTENCES, 'MP_API_URL', 'GITHUB_TOKEN', '24', '5-', 'a b'),
  ),
  how: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'add'),
});
const drawn = (of) =>
  fc.tuple(of, fc.array(damage, { maxLength: 2 })).map(([value, damages]) => damages.reduce(spoiled, value));

/** @returns {{ schema: string, value: unknown }[]} lists of manifests and other documents among them */
export function documents() {
  const triggers = fc.sample(
    fc.oneof({ weight: 9, arbitrary: drawn(sound) }, fc.array(drawn(sound), { maxLength: 3 }), anything),
    { seed: SEED, numRuns: 600 },
  );
  const configs = fc.sample(drawn(fc.constant(CONFIG)), { seed: SEED, numRuns: 300 });
  return [
    ...triggers.map((value) => ({ schema: 'trigger', value })),
    ...configs.map((value) => ({ schema: 'config', value })),
  ];
}
