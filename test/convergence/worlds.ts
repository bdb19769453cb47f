import fc from 'fast-check';
import type { Json, JsonObject } from '../../src/domain/json.ts';
import type { Desired } from '../../src/domain/manifest.ts';
import type { LiveTrigger } from '../../src/domain/trigger.ts';
import { isObject } from '../../src/lib/is-object.ts';
import { toPointer } from '../../src/lib/pointer.ts';
import { hashLive } from '../../src/plan/compare/compare.ts';
import { readLabelled } from '../../src/plan/observe/observe.ts';
import { observedUnlessSpec } from '../../src/plan/operation/next-label.ts';
import type { StoredTrigger } from '../../src/sandbox/store/namespace-state.ts';
import { applied as appliedTo, type ManifestInit, manifest, OWNER } from '../plan/world.ts';

/** Random desired and live states of a few names, small enough that every combination comes up. */

const NAMES = ['a', 'b', 'c', 'd'];

const cluster = fc.record(
  {
    cluster_id: fc.constantFrom('clust_1', 'clust_2'),
    filters: fc.constantFrom<JsonObject>(
      {},
      { status: 'active' },
      { deep: { list: [1, 2], none: null } },
      { 'a/b': { 'm~n': 1, '01': 'x' }, status: { in: 'x' } },
      { status: ['active', 'new'], deep: null },
    ),
    output_collection_ids: fc.constantFrom(['col_1'], ['col_2', 'col_1']),
  },
  { requiredKeys: ['cluster_id'] },
);
const enrichment = fc.record(
  {
    taxonomy_id: fc.constant('tax_1'),
    collection_id: fc.constantFrom('col_1', 'col_2'),
    incremental: fc.boolean(),
    batch_size: fc.constantFrom(100, 500),
  },
  { requiredKeys: ['taxonomy_id', 'collection_id'] },
);
const action = fc.oneof(
  cluster.map((action_config) => ({
    action_type: 'cluster',
    action_config: action_config as unknown as JsonObject,
  })),
  enrichment.map((action_config) => ({
    action_type: 'taxonomy_enrichment',
    action_config: action_config as unknown as JsonObject,
  })),
);
const cron = fc.record(
  {
    cron_expression: fc.constantFrom('0 2 * * *', '*/15 * * * *'),
    timezone: fc.constantFrom('UTC', 'Europe/Paris'),
  },
  { requiredKeys: ['cron_expression'] },
);
const interval = fc.record(
  { interval_seconds: fc.constantFrom(600, 3600), start_immediately: fc.boolean() },
  { requiredKeys: ['interval_seconds'] },
);
const schedule = fc.oneof(
  cron.map((schedule_config) => ({
    trigger_type: 'cron',
    schedule_config: schedule_config as unknown as JsonObject,
  })),
  interval.map((schedule_config) => ({
    trigger_type: 'interval',
    schedule_config: schedule_config as unknown as JsonObject,
  })),
);
const text = fc.oneof(
  fc.constantFrom('', 'one', 'two\n', 'a\r\nb', ' \t', 'ends\n\n'),
  fc.string({ unit: 'binary', maxLength: 8 }).filter((one) => !one.includes('[mxt:')),
);
export const manifestOf = (name: string): fc.Arbitrary<Desired> =>
  fc
    .tuple(
      action,
      schedule,
      text,
      fc.constantFrom('active' as const, 'paused' as const, null),
      fc.integer({ max: 9, min: 0 }),
      fc.array(fc.nat(3), { minLength: 20, maxLength: 20 }),
    )
    .map(([does, when, description, status, dice, picks]) =>
      manifest({
        name,
        ...does,
        ...when,
        description,
        status,
        protect: dice === 0,
        ignore: dice > 3 ? [] : placesToIgnore({ ...does, ...when }).filter((_, at) => picks[at] === 0),
      }),
    );

/** Every place that `lifecycle.ignore` may name in a manifest. */
export function placesToIgnore({
  action_config,
  schedule_config,
}: Pick<ManifestInit, 'action_config' | 'schedule_config'>): string[] {
  const below = (value: Json | undefined, at: string): string[] =>
    isObject(value)
      ? Object.keys(value).flatMap((key) => {
          const place = `${at}${toPointer([key])}`;
          return [place, ...below(value[key], place)];
        })
      : [];
  const declared = [
    ...('cluster_id' in (action_config ?? {})
      ? ['/action_config/filters', '/action_config/output_collection_ids']
      : ['/action_config/batch_size', '/action_config/parallelism']),
    'cron_expression' in (schedule_config ?? {})
      ? '/schedule_config/timezone'
      : '/schedule_config/start_immediately',
  ];
  const sections = ['/description', '/action_config', '/schedule_config'];
  const said = [...below(action_config, '/action_config'), ...below(schedule_config, '/schedule_config')];
  return [...new Set([...sections, ...declared, ...said])];
}

/** What happened to a live trigger since we wrote it. */
const edit = fc.constantFrom(
  'none',
  'none',
  'none',
  'paused',
  'failed',
  'schedule',
  'text',
  'action',
  'label-moved',
  'crlf',
  'damaged',
  'held',
  'hold-ended',
  'seen',
  'disabled',
  'unlabelled',
  'foreign',
  'copied',
  'copied-edited',
  'half-replaced',
  'half-resumed',
);

const SERVICE_NAMES = ['honest', 'adds', 'adds-known', 'rewrites', 'newline', 'crlf', 'reflows'] as const;

export interface WorldCase {
  readonly desired: readonly Desired[];
  readonly live: readonly LiveTrigger[];
  readonly service: keyof typeof SERVICES;
}

export const worldCase: fc.Arbitrary<WorldCase> = fc
  .tuple(
    fc.tuple(
      ...NAMES.map((name) =>
        fc.tuple(
          fc.option(manifestOf(name), { freq: 4 }),
          fc.option(manifestOf(name), { freq: 4 }),
          fc.boolean(),
          edit,
        ),
      ),
    ),
    fc.constantFrom(...SERVICE_NAMES),
  )
  .map(([names, service]) => ({
    desired: names.flatMap(([desired]) => desired ?? []),
    // As often as not, live was made from the very manifest that is desired now.
    live: names.flatMap(([desired, other, same, what]) => {
      const made = same ? desired : other;
      return made === null ? [] : edited(made, what, service);
    }),
    service,
  }));

function edited(made: Desired, what: string, service: keyof typeof SERVICES): LiveTrigger[] {
  const applied = (desired: Desired, since: Parameters<typeof appliedTo>[1] = {}) =>
    madeBy(service, desired, since);
  const live = applied(made);
  const description = live.description ?? '';
  const line = description.split('\n').at(-1) ?? '';
  const copy = { trigger_id: `${live.trigger_id}_copy`, created_at: '2026-11-05T00:00:00Z' };
  const elsewhere = {
    action_config: { ...live.action_config, cluster_id: 'clust_9', collection_id: 'col_9' },
  };
  switch (what) {
    case 'paused':
    case 'failed':
    case 'disabled':
      return [{ ...live, status: what }];
    case 'schedule':
      return [
        {
          ...live,
          schedule_config: { ...live.schedule_config, timezone: 'Asia/Tokyo', interval_seconds: 7 },
        },
      ];
    case 'text':
      return [applied(made, { text: 'edited by hand' })];
    case 'action':
      return [{ ...live, action_config: { ...live.action_config, cluster_id: 'clust_moved' } }];
    case 'label-moved':
      return [{ ...live, description: `${description}\nadded after it` }];
    case 'crlf':
      return [{ ...live, description: `${description}\r\n` }];
    case 'damaged':
      return [{ ...live, description: description.slice(0, -4) }];
    case 'held':
      return [applied(made, { status: 'paused', label: { hold: 'costs', by: 'ada', was: 'active' } })];
    case 'hold-ended':
      return [
        applied(made, {
          status: 'paused',
          label: { hold: 'costs', was: 'active', until: '2020-01-01T00:00:00Z' },
        }),
      ];
    case 'seen':
      return [applied(made, { label: { lastObserved: { fixed: '00000000', patchable: '11111111' } } })];
    case 'unlabelled':
      return [{ ...live, description: 'by hand' }];
    case 'foreign':
      return [
        {
          ...live,
          description: line.replace(OWNER, 'someone/else').replace(/spec=\w+/, 'spec=0123456789abcdef'),
        },
      ];
    case 'copied':
      return [live, { ...live, ...copy }];
    case 'copied-edited':
      return [live, { ...live, ...copy, ...elsewhere }];
    case 'half-replaced':
      return [
        { ...live, ...elsewhere },
        applied(made, { ...copy, status: 'paused', label: { replaces: live.trigger_id, was: 'active' } }),
      ];
    case 'half-resumed':
      return [applied(made, { status: 'paused', label: { replaces: 'trg_gone', was: 'active' } })];
    default:
      return [live];
  }
}

/** What our write left at a service that rewrites: its schedule, and the record of it. */
function madeBy(
  service: keyof typeof SERVICES,
  desired: Desired,
  since: Parameters<typeof appliedTo>[1] = {},
): LiveTrigger {
  const store = (trigger: LiveTrigger) => SERVICES[service](trigger as StoredTrigger) as LiveTrigger;
  const answered = readLabelled(store(appliedTo(desired)));
  if (answered === null) return appliedTo(desired, since);
  const lastObserved = observedUnlessSpec(answered.label.spec, hashLive(desired, answered));
  return store(appliedTo(desired, { ...since, label: { lastObserved, ...since.label } }));
}

/** What a service may make of what it is sent. */
export const SERVICES = {
  honest: (trigger: StoredTrigger) => trigger,
  /** Properties that nobody has heard of, and nulls for what was left out. */
  adds: (trigger: StoredTrigger) => ({
    ...trigger,
    action_config: { output_collection_ids: null, ...trigger.action_config, engine: 'v2' },
    schedule_config: { ...trigger.schedule_config, jitter_seconds: 3 },
  }),
  /** A known optional property of the half that nobody can edit, and the documented defaults. */
  'adds-known': (trigger: StoredTrigger) => ({
    ...trigger,
    action_config:
      trigger.action_type === 'cluster'
        ? { output_collection_ids: ['col_auto'], ...trigger.action_config }
        : { parallelism: 4, ...trigger.action_config },
    schedule_config:
      trigger.trigger_type === 'cron'
        ? { timezone: 'UTC', ...trigger.schedule_config }
        : { start_immediately: false, ...trigger.schedule_config },
  }),
  /** Declared values, written its own way: what nobody can edit only when it is made. */
  rewrites: (trigger: StoredTrigger) => ({
    ...trigger,
    action_config:
      trigger.created_at === trigger.updated_at && typeof trigger.action_config['cluster_id'] === 'string'
        ? { ...trigger.action_config, cluster_id: trigger.action_config['cluster_id'].toUpperCase() }
        : trigger.action_config,
    schedule_config:
      trigger.schedule_config['cron_expression'] === '0 2 * * *'
        ? { ...trigger.schedule_config, cron_expression: '00 02 * * *' }
        : trigger.schedule_config,
  }),
  /** Descriptions, written its own way. */
  newline: (trigger: StoredTrigger) => describedAs(trigger, (text) => `${text.replace(/\n+$/, '')}\n`),
  crlf: (trigger: StoredTrigger) => describedAs(trigger, (text) => text.replace(/\r?\n/g, '\r\n')),
  reflows: (trigger: StoredTrigger) => describedAs(trigger, (text) => text.trim().replace(/\n{2,}/g, '\n')),
} as const;

function describedAs(trigger: StoredTrigger, write: (text: string) => string): StoredTrigger {
  return trigger.description == null ? trigger : { ...trigger, description: write(trigger.description) };
}
