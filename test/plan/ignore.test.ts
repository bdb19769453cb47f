import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../src/domain/json.ts';
import type { Desired } from '../../src/domain/manifest.ts';
import type { LiveTrigger } from '../../src/domain/trigger.ts';
import { applied, inShort, manifest, plan } from './world.ts';

const POINTER = '/action_config/filters/status';
const config = (filters?: JsonObject): JsonObject => ({
  cluster_id: 'clust_abc123',
  ...(filters === undefined ? {} : { filters }),
});
const withFilters = (filters?: JsonObject) => manifest({ action_config: config(filters), ignore: [POINTER] });

describe('lifecycle.ignore below an object', () => {
  it.each<[string, JsonObject | undefined, JsonObject | undefined]>([
    ['that neither side has', undefined, undefined],
    ['that only the manifest has, with nothing else in it', { status: 'a' }, undefined],
    ['that only the manifest has, empty', {}, undefined],
    ['that only live has', undefined, { status: 'a' }],
    ['that both have', { status: 'a' }, { status: 'b' }],
  ])('%s: nothing differs', (_, declared, live) => {
    const desired = withFilters(declared);
    expect(inShort(plan([desired], [applied(desired, { action_config: config(live) })]))).toEqual([]);
  });

  it('says what differs beside it, and nothing of itself', () => {
    const before = withFilters(undefined);
    expect(inShort(plan([withFilters({ kind: 'x' })], [applied(before)]))).toEqual([
      expect.stringMatching(/^replace nightly \(manifest\) .*\| \/action_config\/filters\/kind null→"x"$/),
    ]);
  });

  it('sends live’s value along, though the manifest does not have the object', () => {
    const desired = manifest({ action_config: { cluster_id: 'clust_new' }, ignore: [POINTER] });
    const live = applied(withFilters(), { action_config: config({ status: 'by hand', kind: 'x' }) });
    const [operation] = plan([desired], [live]).operations;
    expect(operation?.requests[0]?.body).toMatchObject({
      action_config: { cluster_id: 'clust_new', filters: { status: 'by hand' } },
    });
  });
});

const event = (schedule_config: JsonObject, ignore: string[] = []) =>
  manifest({
    trigger_type: 'event',
    schedule_config: { event_type: 'documents_added', ...schedule_config },
    ignore,
  });
const TITLED = { title: 'Nightly clusters' };

/** Each row: what a write does that is due to something else, and what it leaves alone. */
const WRITES: readonly {
  readonly title: string;
  readonly desired: Desired;
  readonly live: LiveTrigger;
  readonly plan: string;
  readonly sent: object;
}[] = [
  {
    title: 'the whole schedule, where the action is replaced',
    desired: manifest({ action_config: { cluster_id: 'clust_new' }, ignore: ['/schedule_config'] }),
    live: applied(manifest({ ignore: ['/schedule_config'] }), {
      schedule_config: { cron_expression: '5 5 * * *' },
    }),
    plan: 'replace nightly (manifest) | create delete resume patch | /action_config/cluster_id "clust_abc123"→"clust_new"',
    sent: { action_config: { cluster_id: 'clust_new' }, schedule_config: { cron_expression: '5 5 * * *' } },
  },
  {
    title:
      'the whole action, where the kind of schedule is another: the schedule’s own values mean nothing then',
    desired: manifest({
      trigger_type: 'interval',
      schedule_config: { interval_seconds: 600 },
      action_config: { cluster_id: 'clust_new' },
      ignore: ['/action_config', '/schedule_config'],
    }),
    live: applied(manifest({ ignore: ['/action_config', '/schedule_config'] })),
    plan:
      'replace nightly (manifest) | create delete resume patch | /trigger_type "cron"→"interval" | ' +
      '/schedule_config/cron_expression "0 2 * * *"→null | /schedule_config/interval_seconds null→600 | ' +
      '/schedule_config/timezone "UTC"→null',
    sent: { action_config: { cluster_id: 'clust_abc123' }, schedule_config: { interval_seconds: 600 } },
  },
  {
    title: 'text and title, where the schedule changes',
    desired: manifest({
      ...TITLED,
      schedule_config: { cron_expression: '0 3 * * *' },
      ignore: ['/description', '/title'],
    }),
    live: applied(manifest({ ...TITLED, ignore: ['/description', '/title'] }), {
      name: 'Renamed in the console',
      text: 'Edited in the console',
    }),
    plan: 'update nightly (manifest) | patch | /schedule_config/cron_expression "0 2 * * *"→"0 3 * * *"',
    sent: {
      schedule_config: { cron_expression: '0 3 * * *' },
      description: expect.stringMatching(/^Edited in the console\n\n\[mxt:1 /),
    },
  },
  {
    title: 'what live does not have is the manifest’s, and is shown',
    desired: event({ event_threshold: 200, cooldown_seconds: 60 }, ['/schedule_config/cooldown_seconds']),
    live: applied(
      event({ event_threshold: 100, cooldown_seconds: 60 }, ['/schedule_config/cooldown_seconds']),
      {
        schedule_config: { event_type: 'documents_added', event_threshold: 100, cooldown_seconds: null },
      },
    ),
    plan:
      'update nightly (manifest) | patch | /schedule_config/cooldown_seconds null→60 | ' +
      '/schedule_config/event_threshold 100→200',
    sent: { schedule_config: { event_type: 'documents_added', event_threshold: 200, cooldown_seconds: 60 } },
  },
  {
    title: 'what is at its documented default stays there, stated or not',
    desired: manifest({
      schedule_config: { cron_expression: '0 3 * * *', timezone: 'Europe/Paris' },
      ignore: ['/schedule_config/timezone'],
    }),
    live: applied(manifest({ ignore: ['/schedule_config/timezone'] }), {
      schedule_config: { cron_expression: '0 2 * * *' },
    }),
    plan: 'update nightly (manifest) | patch | /schedule_config/cron_expression "0 2 * * *"→"0 3 * * *"',
    sent: { schedule_config: { cron_expression: '0 3 * * *' } },
  },
  {
    title: 'a condition keeps its value where live has no such condition',
    desired: manifest({
      action_config: config({ status: { operator: 'eq', value: 'active' } }),
      ignore: ['/action_config/filters/status/value'],
    }),
    live: applied(manifest({ ignore: ['/action_config/filters/status/value'] })),
    plan:
      'replace nightly (manifest) | create delete resume patch | /action_config/filters/status/operator null→"eq" | ' +
      '/action_config/filters/status/value null→"active"',
    sent: { action_config: config({ status: { operator: 'eq', value: 'active' } }) },
  },
  {
    title: 'keys with a tilde or a slash',
    desired: manifest({
      action_config: { cluster_id: 'clust_new', filters: { 'a/b': { 'm~n': 1, other: 2 } } },
      ignore: ['/action_config/filters/a~1b/m~0n'],
    }),
    live: applied(
      manifest({
        action_config: config({ 'a/b': { 'm~n': 1, other: 2 } }),
        ignore: ['/action_config/filters/a~1b/m~0n'],
      }),
      { action_config: config({ 'a/b': { 'm~n': 9, other: 2 } }) },
    ),
    plan: 'replace nightly (manifest) | create delete resume patch | /action_config/cluster_id "clust_abc123"→"clust_new"',
    sent: { action_config: { cluster_id: 'clust_new', filters: { 'a/b': { 'm~n': 9, other: 2 } } } },
  },
  {
    title: 'nothing below a list that only live has: a key of an object is no place in it',
    desired: manifest({
      action_config: { cluster_id: 'clust_new', filters: { status: { '1': 'x' } } },
      ignore: ['/action_config/filters/status/1'],
    }),
    live: applied(
      manifest({
        action_config: config({ status: { '1': 'x' } }),
        ignore: ['/action_config/filters/status/1'],
      }),
      { action_config: config({ status: ['a', 'b', 'c'] }) },
    ),
    plan:
      'replace nightly (both) | create delete resume patch | /action_config/cluster_id "clust_abc123"→"clust_new" | ' +
      '/action_config/filters/status ["a","b","c"]→null | /action_config/filters/status/1 null→"x"',
    sent: { action_config: { cluster_id: 'clust_new', filters: { status: { '1': 'x' } } } },
  },
];

describe('a write leaves alone', () => {
  it.each(WRITES)('$title', ({ desired, live, plan: expected, sent }) => {
    const made = plan([desired], [live]);
    expect(inShort(made)).toEqual([expected]);
    const { action_config, schedule_config } = sent as Record<string, object>;
    const body = made.operations[0]?.requests[0]?.body;
    expect(body).toMatchObject(sent);
    // Whole: nothing else, and no null, stands in what is sent.
    if (action_config !== undefined) expect(body).toHaveProperty('action_config', action_config);
    if (schedule_config !== undefined) expect(body).toHaveProperty('schedule_config', schedule_config);
  });
});

describe('a place that live cannot have', () => {
  const ignoring = (live: Json) => {
    const desired = manifest({
      action_config: config({ status: { in: 'x' } }),
      ignore: ['/action_config/filters/status/in'],
    });
    return plan([desired], [applied(desired, { action_config: config({ status: live }) })]);
  };

  it.each<[string, Json, string]>([
    ['a list', ['x', 'y'], 'a list'],
    ['a text', 'x', 'no object'],
  ])('where live has %s on the way: it differs, and a warning says why', (_, live, what) => {
    const made = ignoring(live);
    expect(inShort(made)).toEqual([
      `blocked replace by immutable nightly (drift) | - | /action_config/filters/status ${JSON.stringify(live)}→null | ` +
        '/action_config/filters/status/in null→"x"',
    ]);
    expect(made.warnings).toEqual([
      {
        code: 'ignore_in_list',
        name: 'nightly',
        message:
          `lifecycle.ignore ignores nothing at /action_config/filters/status/in: live has ${what} at ` +
          '/action_config/filters/status, so ignore all of /action_config/filters/status',
      },
    ]);
  });

  it('is none where live has an object, or nothing', () => {
    expect(ignoring({ in: 'y', other: 1 }).warnings).toEqual([]);
    expect(ignoring({}).operations).toEqual([]);
  });
});
