import { expect } from 'vitest';
import type { JsonObject } from '../../src/domain/json.ts';
import type { Desired } from '../../src/domain/manifest.ts';
import type { LiveTrigger } from '../../src/domain/trigger.ts';
import type { PlanInput } from '../../src/plan/plan.ts';
import { applied, labelOf, manifest } from './world.ts';

interface Case {
  readonly title: string;
  readonly desired?: readonly Desired[];
  readonly live?: readonly LiveTrigger[];
  readonly input?: Partial<PlanInput>;
  readonly expected: readonly string[];
  /** What is blocked once it is applied, where that is not what was blocked at first. */
  readonly left?: readonly string[];
}

const it1 = manifest();
const seen = (of: Desired, live: Desired) => ({
  label: {
    lastObserved: labelOf(applied(live).description).spec,
    spec: labelOf(applied(of).description).spec,
  },
});

const EVENT = {
  trigger_type: 'event',
  schedule_config: { event_type: 'documents_added', event_threshold: 5 },
};

const ODD_KEYS = {
  valueOf: 'x',
  toString: 1,
  constructor: null,
  hasOwnProperty: [],
  toJSON: {},
} as unknown as JsonObject;

export const CASES: readonly Case[] = [
  { title: 'nothing at all', expected: [] },
  { title: 'a manifest without a trigger', desired: [it1], expected: ['create nightly (new) | create'] },
  { title: 'equal', desired: [it1], live: [applied(it1)], expected: [] },
  { title: 'ours without a manifest', live: [applied(it1)], expected: ['delete nightly (removed) | delete'] },
  {
    title: 'a disabled leftover is nobody’s',
    desired: [it1],
    live: [applied(it1, { status: 'disabled' })],
    expected: ['create nightly (new) | create'],
  },
  {
    title: 'the schedule changed in Git',
    desired: [manifest({ schedule_config: { cron_expression: '0 3 * * *' } })],
    live: [applied(it1)],
    expected: [
      'update nightly (manifest) | patch | /schedule_config/cron_expression "0 2 * * *"→"0 3 * * *"',
    ],
  },
  {
    title: 'the schedule changed outside Git',
    desired: [it1],
    live: [applied(it1, { schedule_config: { cron_expression: '*/5 * * * *' } })],
    expected: ['update nightly (drift) | patch | /schedule_config/cron_expression "*/5 * * * *"→"0 2 * * *"'],
  },
  {
    title: 'both changed',
    desired: [manifest({ schedule_config: { cron_expression: '0 3 * * *' } })],
    live: [applied(it1, { schedule_config: { cron_expression: '*/5 * * * *' } })],
    expected: ['update nightly (both) | patch | /schedule_config/cron_expression "*/5 * * * *"→"0 3 * * *"'],
  },
  {
    title: 'both changed to the same',
    desired: [manifest({ schedule_config: { cron_expression: '0 3 * * *' } })],
    live: [applied(it1, { schedule_config: { cron_expression: '0 3 * * *' } })],
    expected: ['relabel nightly (label) | patch'],
  },
  {
    title: 'a known property was added to the schedule outside Git',
    desired: [it1],
    live: [applied(it1, { schedule_config: { cron_expression: '0 2 * * *', timezone: 'Europe/Paris' } })],
    expected: ['update nightly (drift) | patch | /schedule_config/timezone "Europe/Paris"→null'],
  },
  {
    title: 'the service added properties that the schema does not know, defaults and nulls',
    desired: [it1],
    live: [
      applied(it1, {
        action_config: { output_collection_ids: null, cluster_id: 'clust_abc123', engine: 'v2' },
        schedule_config: { jitter: 5, timezone: 'UTC', cron_expression: '0 2 * * *' },
      }),
    ],
    expected: [],
  },
  {
    title: 'the text changed in Git, where the service had filled in nulls and defaults',
    desired: [
      manifest({ ...EVENT, name: 'e', description: 'New' }),
      manifest({ name: 'c', description: 'New' }),
    ],
    live: [
      applied(manifest({ ...EVENT, name: 'e' }), {
        schedule_config: { ...EVENT.schedule_config, collection_id: null, cooldown_seconds: null },
      }),
      applied(manifest({ name: 'c' }), {
        schedule_config: { cron_expression: '0 2 * * *', timezone: 'UTC' },
      }),
    ],
    expected: [
      'update c (manifest) | patch | /description "Nightly clustering"→"New"',
      'update e (manifest) | patch | /description "Nightly clustering"→"New"',
    ],
  },
  {
    title: 'the service added a known optional property to the action',
    desired: [it1],
    live: [applied(it1, { action_config: { cluster_id: 'clust_abc123', output_collection_ids: ['col_x'] } })],
    expected: [],
  },
  {
    title: 'the action changed in Git',
    desired: [manifest({ action_config: { cluster_id: 'clust_other' } })],
    live: [applied(it1)],
    expected: [
      'replace nightly (manifest) | create delete resume patch | /action_config/cluster_id "clust_abc123"→"clust_other"',
    ],
  },
  {
    title: 'an optional property of the action left the manifest',
    desired: [it1],
    live: [
      applied(manifest({ action_config: { cluster_id: 'clust_abc123', output_collection_ids: ['col_x'] } })),
    ],
    expected: [
      'replace nightly (manifest) | create delete resume patch | /action_config/output_collection_ids ["col_x"]→null',
    ],
  },
  {
    title: 'an unknown property that was ours left the schedule',
    desired: [it1],
    live: [applied(manifest({ schedule_config: { cron_expression: '0 2 * * *', jitter: 5 } }))],
    expected: ['update nightly (manifest) | patch | /schedule_config/jitter 5→null'],
  },
  {
    title: 'null inside filters is a value',
    desired: [manifest({ action_config: { cluster_id: 'c', filters: { a: null } } })],
    live: [applied(manifest({ action_config: { cluster_id: 'c', filters: {} } }))],
    expected: [
      'replace nightly (manifest) | create delete resume patch | /action_config/filters {}→null | /action_config/filters/a null→null',
    ],
  },
  {
    title: 'keys that JavaScript’s own objects have are data like any other',
    desired: [manifest({ action_config: { cluster_id: 'c', filters: ODD_KEYS } })],
    live: [
      applied(manifest({ action_config: { cluster_id: 'c', filters: ODD_KEYS } }), {
        action_config: {
          filters: { toString: 1, valueOf: 'x', hasOwnProperty: [], constructor: null, toJSON: {} },
          cluster_id: 'c',
        },
      }),
    ],
    expected: [],
  },
  {
    title: 'a declared value moved where nobody can edit',
    desired: [it1],
    live: [applied(it1, { action_config: { cluster_id: 'clust_moved' } })],
    expected: [
      'blocked replace by immutable nightly (drift) | - | /action_config/cluster_id "clust_moved"→"clust_abc123"',
    ],
  },
  {
    title: 'equal, and --replace names it: made anew, as it was asked for',
    desired: [it1],
    live: [applied(it1)],
    input: { replace: new Set(['nightly']) },
    expected: ['replace nightly (requested) | create delete resume patch'],
  },
  {
    title: 'equal and protected, and --replace names it: the protection stands',
    desired: [manifest({ protect: true })],
    live: [applied(manifest({ protect: true }))],
    input: { replace: new Set(['nightly']) },
    expected: ['blocked replace by protected nightly (requested) | -'],
    left: [],
  },
  {
    title: 'the same, lifted by --replace',
    desired: [it1],
    live: [applied(it1, { action_config: { cluster_id: 'clust_moved' } })],
    input: { replace: new Set(['nightly']) },
    expected: [
      'replace nightly (requested) | create delete resume patch | /action_config/cluster_id "clust_moved"→"clust_abc123"',
    ],
  },
  {
    title: 'the same, lifted by lifecycle.ignore',
    desired: [manifest({ ignore: ['/action_config/cluster_id'] })],
    live: [applied(it1, { action_config: { cluster_id: 'clust_moved' } })],
    expected: ['relabel nightly (label) | patch'],
  },
  {
    title: 'an ignore that grew says nothing new, though the service filled in a known property',
    desired: [manifest({ ignore: ['/action_config/filters', '/schedule_config/timezone'] })],
    live: [
      applied(manifest({ ignore: ['/action_config/filters'] }), {
        action_config: { cluster_id: 'clust_abc123', output_collection_ids: ['col_auto'] },
      }),
    ],
    expected: ['relabel nightly (label) | patch'],
  },
  {
    title: 'an ignore that came beside what the service had rewritten',
    desired: [manifest({ ignore: ['/schedule_config/timezone'] })],
    live: [
      applied(it1, {
        ...seen(it1, manifest({ action_config: { cluster_id: 'CLUST' } })),
        action_config: { cluster_id: 'CLUST' },
      }),
    ],
    expected: ['relabel nightly (label) | patch'],
  },
  {
    title: 'what the service filled in is shown beside what left the manifest: no hash tells the two apart',
    desired: [it1],
    live: [
      applied(manifest({ action_config: { cluster_id: 'clust_abc123', filters: { a: 1 } } }), {
        action_config: { cluster_id: 'clust_abc123', filters: { a: 1 }, output_collection_ids: ['col_auto'] },
      }),
    ],
    expected: [
      'replace nightly (both) | create delete resume patch | /action_config/filters/a 1→null | /action_config/output_collection_ids ["col_auto"]→null',
    ],
  },
  {
    title: 'what left the manifest is told from what the service adds of its own',
    desired: [it1],
    live: [
      applied(manifest({ action_config: { cluster_id: 'clust_abc123', filters: { a: 1 } } }), {
        action_config: { cluster_id: 'clust_abc123', filters: { a: 1 }, added_by_service: 7 },
      }),
    ],
    expected: [
      'replace nightly (manifest) | create delete resume patch | /action_config/added_by_service 7→null | /action_config/filters/a 1→null',
    ],
  },
  {
    title: 'a cut-off replacement is not finished once the manifest protects the trigger',
    desired: [manifest({ action_config: { cluster_id: 'clust_other' }, protect: true })],
    live: [
      applied(it1),
      applied(manifest({ action_config: { cluster_id: 'clust_other' } }), {
        trigger_id: 'trg_new',
        created_at: '2026-11-05T00:00:00Z',
        updated_at: '2026-11-05T00:00:00Z',
        status: 'paused',
        label: { replaces: 'trg_nightly', was: 'active' },
      }),
    ],
    expected: [
      'blocked replace by protected nightly (manifest) | - | /action_config/cluster_id "clust_abc123"→"clust_other" | /lifecycle/protect null→true',
      'delete nightly (recovery) | delete',
    ],
  },
  {
    title: 'another zone by hand is shown, though the manifest changes its text in the same plan',
    desired: [manifest({ description: 'New text' })],
    live: [applied(it1, { schedule_config: { cron_expression: '0 2 * * *', timezone: 'Europe/Berlin' } })],
    expected: [
      'update nightly (both) | patch | /description "Nightly clustering"→"New text" | /schedule_config/timezone "Europe/Berlin"→null',
    ],
  },
  {
    title: 'a cooldown by hand that the manifest lacks is shown, though the manifest changes',
    desired: [
      manifest({
        trigger_type: 'event',
        schedule_config: { event_type: 'documents_added', event_threshold: 2 },
        description: 'New text',
      }),
    ],
    live: [
      applied(
        manifest({
          trigger_type: 'event',
          schedule_config: { event_type: 'documents_added', event_threshold: 2 },
        }),
        { schedule_config: { event_type: 'documents_added', event_threshold: 2, cooldown_seconds: 60 } },
      ),
    ],
    expected: [
      'update nightly (both) | patch | /description "Nightly clustering"→"New text" | /schedule_config/cooldown_seconds 60→null',
    ],
  },
  {
    title: 'a property leaves the action in the commit that ignores another one',
    desired: [manifest({ ignore: ['/action_config/filters'] })],
    live: [
      applied(manifest({ action_config: { cluster_id: 'clust_abc123', output_collection_ids: ['col_x'] } })),
    ],
    expected: [
      'replace nightly (manifest) | create delete resume patch | /action_config/output_collection_ids ["col_x"]→null',
    ],
  },
  {
    title: 'an unknown property leaves the schedule while the text drifted',
    desired: [it1],
    live: [
      applied(manifest({ schedule_config: { cron_expression: '0 2 * * *', jitter: 5 } }), {
        text: 'Edited in the console',
      }),
    ],
    expected: [
      'update nightly (both) | patch | /description "Edited in the console"→"Nightly clustering" | /schedule_config/jitter 5→null',
    ],
  },
  {
    title: 'a replacement shows what it does to status and protection too',
    desired: [manifest({ status: 'paused', action_config: { cluster_id: 'x' } })],
    live: [applied(manifest({ status: 'active', protect: true }))],
    expected: [
      'replace nightly (manifest) | create delete patch | /action_config/cluster_id "clust_abc123"→"x" | /status "active"→"paused" | /lifecycle/protect true→null',
    ],
  },
  {
    title: 'the same on a trigger never written since it was made: the service’s rewriting',
    desired: [it1],
    live: [
      applied(it1, { action_config: { cluster_id: 'clust_moved' }, updated_at: '2026-11-01T00:00:02Z' }),
    ],
    expected: ['relabel nightly (label) | patch'],
  },
  {
    title: 'rewritten by the service, and recorded: believed',
    desired: [manifest({ schedule_config: { cron_expression: '0 2 * * *' } })],
    live: [
      applied(it1, {
        ...seen(it1, manifest({ schedule_config: { cron_expression: '00 02 * * *' } })),
        schedule_config: { cron_expression: '00 02 * * *' },
      }),
    ],
    expected: [],
  },
  {
    title: 'rewritten, recorded, and the user edits the text alone',
    desired: [manifest({ description: 'New text' })],
    live: [
      applied(it1, {
        ...seen(it1, manifest({ schedule_config: { cron_expression: '00 02 * * *' } })),
        schedule_config: { cron_expression: '00 02 * * *' },
      }),
    ],
    expected: ['update nightly (manifest) | patch | /description "Nightly clustering"→"New text"'],
  },
  {
    title: 'rewritten, recorded, and somebody edits the text alone',
    desired: [it1],
    live: [
      applied(it1, {
        ...seen(it1, manifest({ schedule_config: { cron_expression: '00 02 * * *' } })),
        schedule_config: { cron_expression: '00 02 * * *' },
        text: 'Edited in the console',
      }),
    ],
    expected: ['update nightly (drift) | patch | /description "Edited in the console"→"Nightly clustering"'],
  },
  {
    title: 'paused in Git',
    desired: [manifest({ status: 'paused' })],
    live: [applied(manifest({ status: 'active' }))],
    expected: ['pause nightly (manifest) | pause patch | /status "active"→"paused"'],
  },
  {
    title: 'paused outside Git',
    desired: [manifest({ status: 'active' })],
    live: [applied(manifest({ status: 'active' }), { status: 'paused' })],
    expected: ['resume nightly (drift) | resume | /status "paused"→"active"'],
  },
  {
    title: 'paused outside Git, and the manifest does not say',
    desired: [it1],
    live: [applied(it1, { status: 'paused' })],
    expected: [],
  },
  {
    title: 'the manifest begins to say what is so already',
    desired: [manifest({ status: 'active' })],
    live: [applied(it1)],
    expected: ['relabel nightly (label) | patch'],
  },
  {
    title: 'schedule and status together: pause first',
    desired: [manifest({ status: 'paused', schedule_config: { cron_expression: '0 3 * * *' } })],
    live: [applied(it1)],
    expected: [
      'update nightly (manifest) | pause patch | /schedule_config/cron_expression "0 2 * * *"→"0 3 * * *" | /status "active"→"paused"',
    ],
  },
  {
    title: 'schedule and status together: resume last',
    desired: [manifest({ status: 'active', schedule_config: { cron_expression: '0 3 * * *' } })],
    live: [applied(manifest({ status: 'paused' }))],
    expected: [
      'update nightly (manifest) | patch resume | /schedule_config/cron_expression "0 2 * * *"→"0 3 * * *" | /status "paused"→"active"',
    ],
  },
  {
    title: 'failed is no difference',
    desired: [manifest({ status: 'active' })],
    live: [applied(manifest({ status: 'active' }), { status: 'failed' })],
    expected: [],
  },
  {
    title: 'failed, wanted paused',
    desired: [manifest({ status: 'paused' })],
    live: [applied(manifest({ status: 'paused' }), { status: 'failed' })],
    expected: ['pause nightly (drift) | pause | /status "failed"→"paused"'],
  },
  {
    title: 'failed, --resume-failed',
    desired: [manifest({ status: 'active' })],
    live: [applied(manifest({ status: 'active' }), { status: 'failed' })],
    input: { resumeFailed: true },
    expected: ['resume nightly (requested) | resume | /status "failed"→"active"'],
  },
  {
    title: 'no status at all means active',
    desired: [manifest({ status: 'active' })],
    live: [applied(manifest({ status: 'active' }), { status: null })],
    expected: [],
  },
  {
    title: 'the label stands in the middle',
    desired: [it1],
    live: [applied(it1, { description: `${applied(it1).description}\n\n` })],
    expected: ['relabel nightly (label) | patch'],
  },
  {
    title: 'text was added behind the label',
    desired: [it1],
    live: [applied(it1, { description: `${applied(it1).description}\nand more` })],
    expected: [
      'update nightly (drift) | patch | /description "Nightly clustering\\n\\nand more"→"Nightly clustering"',
    ],
  },
  {
    title: 'protection is added',
    desired: [manifest({ protect: true })],
    live: [applied(it1)],
    expected: ['update nightly (manifest) | patch | /lifecycle/protect null→true'],
  },
  {
    title: 'a protected trigger is not replaced',
    desired: [manifest({ protect: true, action_config: { cluster_id: 'clust_other' } })],
    live: [applied(manifest({ protect: true }))],
    expected: [
      'blocked replace by protected nightly (manifest) | - | /action_config/cluster_id "clust_abc123"→"clust_other"',
    ],
  },
  {
    title: 'removing the manifest does not remove the protection',
    live: [applied(manifest({ protect: true }))],
    expected: [
      expect.stringMatching(/^blocked delete by protected nightly \(removed\) \| -/) as unknown as string,
    ],
  },
  {
    title: 'an ignored path keeps its live value when the rest is sent',
    desired: [
      manifest({
        trigger_type: 'event',
        schedule_config: { event_type: 'documents_added', event_threshold: 200, cooldown_seconds: 60 },
        ignore: ['/schedule_config/cooldown_seconds'],
      }),
    ],
    live: [
      applied(
        manifest({
          trigger_type: 'event',
          schedule_config: { event_type: 'documents_added', event_threshold: 100, cooldown_seconds: 60 },
          ignore: ['/schedule_config/cooldown_seconds'],
        }),
        { schedule_config: { event_type: 'documents_added', event_threshold: 100, cooldown_seconds: 999 } },
      ),
    ],
    expected: ['update nightly (manifest) | patch | /schedule_config/event_threshold 100→200'],
  },
  {
    title: 'a held trigger is updated and left paused',
    desired: [manifest({ status: 'active', schedule_config: { cron_expression: '0 3 * * *' } })],
    live: [
      applied(manifest({ status: 'active' }), { status: 'paused', label: { hold: 'cost', was: 'active' } }),
    ],
    expected: [
      'update nightly (manifest) | patch | /schedule_config/cron_expression "0 2 * * *"→"0 3 * * *"',
    ],
    left: ['resume nightly by hold'],
  },
  {
    title: 'a held trigger that differs in nothing else',
    desired: [manifest({ status: 'active' })],
    live: [
      applied(manifest({ status: 'active' }), { status: 'paused', label: { hold: 'cost', was: 'active' } }),
    ],
    expected: ['blocked resume by hold nightly (hold) | - | /status "paused"→"active"'],
  },
  {
    title: 'a manifest sets active what is held, and was paused before',
    desired: [manifest({ status: 'active' })],
    live: [
      applied(manifest({ status: 'paused' }), { status: 'paused', label: { hold: 'cost', was: 'paused' } }),
    ],
    expected: ['relabel nightly (manifest) | patch'],
    left: ['resume nightly by hold'],
  },
  {
    title: 'a manifest pauses what is held, and was active before',
    desired: [manifest({ status: 'paused' })],
    live: [
      applied(manifest({ status: 'active' }), { status: 'paused', label: { hold: 'cost', was: 'active' } }),
    ],
    expected: ['relabel nightly (manifest) | patch'],
  },
  {
    title: 'a manifest no longer says the status of what is held',
    desired: [manifest({ status: null })],
    live: [
      applied(manifest({ status: 'active' }), { status: 'paused', label: { hold: 'cost', was: 'active' } }),
    ],
    expected: ['relabel nightly (manifest) | patch'],
  },
  {
    title: 'a manifest ignores more of what is held',
    desired: [manifest({ status: 'active', ignore: ['/schedule_config/cron_expression'] })],
    live: [
      applied(manifest({ status: 'active' }), { status: 'paused', label: { hold: 'cost', was: 'active' } }),
    ],
    expected: ['relabel nightly (label) | patch'],
    left: ['resume nightly by hold'],
  },
  {
    title: 'a hold has ended',
    desired: [it1],
    live: [
      applied(it1, {
        status: 'paused',
        label: { hold: 'cost', was: 'active', until: '2026-11-24T11:59:59Z' },
      }),
    ],
    expected: ['resume nightly (hold) | resume patch | /status "paused"→"active"'],
  },
  {
    title: 'a held trigger is replaced and not resumed',
    desired: [manifest({ action_config: { cluster_id: 'clust_other' } })],
    live: [applied(it1, { status: 'paused', label: { hold: 'cost', was: 'active' } })],
    expected: [
      'replace nightly (manifest) | create delete patch | /action_config/cluster_id "clust_abc123"→"clust_other"',
    ],
  },
  {
    title: 'a trigger that an operator paused is replaced and stays paused',
    desired: [manifest({ action_config: { cluster_id: 'clust_other' } })],
    live: [applied(it1, { status: 'paused' })],
    expected: [
      'replace nightly (manifest) | create delete patch | /action_config/cluster_id "clust_abc123"→"clust_other"',
    ],
  },
  {
    title: 'upsert-only neither deletes nor replaces',
    desired: [manifest({ name: 'a', action_config: { cluster_id: 'x' } })],
    live: [applied(manifest({ name: 'a' })), applied(manifest({ name: 'b' }))],
    input: { policy: 'upsert-only' },
    expected: [
      'blocked replace by policy a (manifest) | - | /action_config/cluster_id "clust_abc123"→"x"',
      expect.stringMatching(/^blocked delete by policy b \(removed\)/) as unknown as string,
    ],
  },
  {
    title: 'create-only touches nothing that exists',
    desired: [manifest({ name: 'a', description: 'x' }), manifest({ name: 'c' })],
    live: [applied(manifest({ name: 'a' }))],
    input: { policy: 'create-only' },
    expected: [
      'blocked update by policy a (manifest) | - | /description "Nightly clustering"→"x"',
      'create c (new) | create',
    ],
  },
  {
    title: 'operations stand in the order of apply',
    desired: [
      manifest({ name: 'create' }),
      manifest({ name: 'replace', action_config: { cluster_id: 'x' } }),
      manifest({ name: 'pause', status: 'paused' }),
      manifest({ name: 'update', description: 'x' }),
      manifest({ name: 'resume', status: 'active' }),
    ],
    live: [
      applied(manifest({ name: 'delete' })),
      applied(manifest({ name: 'replace' })),
      applied(manifest({ name: 'pause' })),
      applied(manifest({ name: 'update' })),
      applied(manifest({ name: 'resume', status: 'paused' })),
    ],
    expected: [
      'pause pause (manifest) | pause patch | /status "active"→"paused"',
      'update update (manifest) | patch | /description "Nightly clustering"→"x"',
      'create create (new) | create',
      'replace replace (manifest) | create delete resume patch | /action_config/cluster_id "clust_abc123"→"x"',
      'resume resume (manifest) | resume patch | /status "paused"→"active"',
      'delete delete (removed) | delete',
    ],
  },
];
