import type { Desired } from '../../src/domain/manifest.ts';
import type { LiveTrigger } from '../../src/domain/trigger.ts';
import type { PlanInput } from '../../src/plan/plan.ts';
import { applied, manifest } from './world.ts';

interface Case {
  readonly what: string;
  readonly desired: Desired[];
  readonly live: LiveTrigger[];
  readonly input?: Partial<PlanInput>;
  readonly plan: string[];
  /** A part of what stands in the way. */
  readonly says?: string;
}

export const PREVIOUS = { previousOwners: ['acme/old'] };
export const old = manifest({ name: 'old' });
const unlabelled = (trigger: LiveTrigger): LiveTrigger => ({ ...trigger, description: 'Nightly clustering' });
export const theirs = (desired: Desired, owner = 'acme/old', more: Partial<LiveTrigger> = {}) =>
  applied(desired, { label: { owner }, ...more });

/** What goes with an edited copy. */
const GONE =
  '/description "edited"→null | /action_type "cluster"→null | /action_config/cluster_id "clust_abc123"→null | /trigger_type "cron"→null | /schedule_config/cron_expression "0 2 * * *"→null | /schedule_config/timezone "UTC"→null | /status "active"→null';

export const CASES: Case[] = [
  {
    what: 'a trigger without a label is adopted with its label alone',
    desired: [manifest({ adopt: 'trg_x' })],
    live: [unlabelled(applied(manifest(), { trigger_id: 'trg_x' }))],
    plan: ['adopt nightly (requested) | patch'],
  },
  {
    what: 'and with what can be changed in place',
    desired: [
      manifest({
        adopt: 'trg_x',
        status: 'paused',
        protect: true,
        schedule_config: { cron_expression: '0 3 * * *' },
      }),
    ],
    live: [unlabelled(applied(manifest(), { trigger_id: 'trg_x' }))],
    plan: [
      'adopt nightly (requested) | pause patch | /schedule_config/cron_expression "0 2 * * *"→"0 3 * * *" | /status "active"→"paused" | /lifecycle/protect null→true',
    ],
  },
  {
    what: 'never replaced for it',
    desired: [manifest({ adopt: 'trg_x', action_config: { cluster_id: 'clust_other' } })],
    live: [unlabelled(applied(manifest(), { trigger_id: 'trg_x' }))],
    plan: [
      'blocked adopt by immutable nightly (requested) | - | /action_config/cluster_id "clust_abc123"→"clust_other"',
    ],
    says: 'differs in fields that no call can change',
  },
  {
    what: 'not asked for any more once the name is live, whatever the id is',
    desired: [manifest({ adopt: 'trg_gone' })],
    live: [applied(manifest())],
    plan: [],
  },
  {
    what: 'a trigger of another owner is not adopted',
    desired: [manifest({ adopt: 'trg_x' })],
    live: [theirs(manifest({ name: 'x' }), 'other/team', { trigger_id: 'trg_x' })],
    plan: ['blocked adopt by foreign nightly (requested) | -'],
    says: 'belongs to other/team',
  },
  {
    what: 'nor one with a damaged label',
    desired: [manifest({ adopt: 'trg_x' })],
    live: [{ ...applied(manifest(), { trigger_id: 'trg_x' }), description: '[mxt:1 owner=]' }],
    plan: [
      'blocked adopt by lookalike nightly (requested) | - | /description "[mxt:1 owner=]"→"Nightly clustering"',
    ],
    says: 'damaged ownership label',
  },
  {
    what: 'one that is ours under an old name is neither adopted nor removed',
    desired: [manifest({ adopt: 'trg_old' })],
    live: [applied(old)],
    plan: ['blocked rename by conflict nightly (requested) | - | /name "old"→"nightly"'],
    says: 'write renamed_from: old',
  },
  {
    what: 'two manifests that adopt one trigger both wait',
    desired: [manifest({ name: 'a', adopt: 'trg_x' }), manifest({ name: 'b', adopt: 'trg_x' })],
    live: [unlabelled(applied(manifest(), { trigger_id: 'trg_x' }))],
    plan: ['blocked adopt by conflict a (requested) | -', 'blocked adopt by conflict b (requested) | -'],
    says: 'claimed by a and b',
  },
  {
    what: 'a rename writes the label alone',
    desired: [manifest({ renamedFrom: 'old' })],
    live: [applied(old)],
    plan: ['rename nightly (requested) | patch | /name "old"→"nightly"'],
  },
  {
    what: 'together with an edit and a status',
    desired: [manifest({ renamedFrom: 'old', description: 'New', status: 'paused' })],
    live: [applied(old)],
    plan: [
      'rename nightly (requested) | pause patch | /name "old"→"nightly" | /description "Nightly clustering"→"New" | /status "active"→"paused"',
    ],
  },
  {
    what: 'with a change that no call can make it is a replacement under the new name',
    desired: [manifest({ renamedFrom: 'old', action_config: { cluster_id: 'clust_other' } })],
    live: [applied(old)],
    plan: [
      'replace nightly (manifest) | create delete resume patch | /name "old"→"nightly" | /action_config/cluster_id "clust_abc123"→"clust_other"',
    ],
  },
  {
    what: 'that is finished where it was cut off',
    desired: [manifest({ renamedFrom: 'old', action_config: { cluster_id: 'clust_other' } })],
    live: [
      applied(old),
      applied(manifest({ action_config: { cluster_id: 'clust_other' } }), {
        trigger_id: 'trg_new',
        status: 'paused',
        label: { replaces: 'trg_old', was: 'active' },
      }),
    ],
    plan: [
      'replace nightly (recovery) | delete resume patch | /action_config/cluster_id "clust_abc123"→"clust_other"',
    ],
  },
  {
    what: 'or taken back where the manifest went on',
    desired: [manifest({ renamedFrom: 'old' })],
    live: [
      applied(old),
      applied(manifest({ action_config: { cluster_id: 'clust_other' } }), {
        trigger_id: 'trg_new',
        status: 'paused',
        label: { replaces: 'trg_old', was: 'active' },
      }),
    ],
    plan: [
      'rename nightly (requested) | patch | /name "old"→"nightly"',
      'delete nightly (recovery) | delete',
    ],
  },
  {
    what: 'renamed_from is over once the new name is live: the old one is removed',
    desired: [manifest({ renamedFrom: 'old' })],
    live: [applied(manifest()), applied(old)],
    plan: ['delete old (removed) | delete'],
  },
  {
    what: 'where neither is live it is made',
    desired: [manifest({ renamedFrom: 'old' })],
    live: [],
    plan: ['create nightly (new) | create'],
  },
  {
    what: 'an old name that another manifest has is nobody’s to take',
    desired: [manifest({ renamedFrom: 'old' }), manifest({ name: 'old', description: 'Edited' })],
    live: [applied(old)],
    plan: [
      'blocked rename by conflict nightly (requested) | - | /name "old"→"nightly"',
      'blocked update by conflict old (manifest) | - | /description "Nightly clustering"→"Edited"',
    ],
    says: 'manifests/old.yaml:1 still has that name',
  },
  {
    what: 'a chain of renames waits whole, and removes nothing',
    desired: [manifest({ name: 'a', renamedFrom: 'b' }), manifest({ name: 'b', renamedFrom: 'c' })],
    live: [applied(manifest({ name: 'b' })), applied(manifest({ name: 'c' }))],
    plan: ['blocked rename by conflict a (requested) | - | /name "b"→"a"'],
  },
  {
    what: 'however long it is, and changes nothing',
    desired: [
      manifest({ name: 'a', renamedFrom: 'b' }),
      manifest({ name: 'b', renamedFrom: 'c' }),
      manifest({ name: 'c', renamedFrom: 'd', action_config: { cluster_id: 'clust_other' } }),
    ],
    live: ['b', 'c', 'd'].map((name) => applied(manifest({ name }))),
    plan: [
      'blocked rename by conflict a (requested) | - | /name "b"→"a"',
      'blocked replace by conflict c (manifest) | - | /action_config/cluster_id "clust_abc123"→"clust_other"',
    ],
    says: 'b says renamed_from: c, and manifests/c.yaml:1 still has that name',
  },
  {
    what: 'what two claim waits whole, a replacement under way included',
    desired: [manifest(), manifest({ name: 'b', adopt: 'trg_nightly' })],
    live: [
      applied(manifest({ action_config: { cluster_id: 'clust_before' } })),
      applied(manifest(), {
        trigger_id: 'trg_2',
        status: 'paused',
        label: { replaces: 'trg_nightly', was: 'active' },
      }),
    ],
    plan: [
      'blocked replace by conflict b (manifest) | - | /name "nightly"→"b" | /action_config/cluster_id "clust_before"→"clust_abc123"',
      'blocked replace by conflict nightly (recovery) | - | /action_config/cluster_id "clust_before"→"clust_abc123"',
    ],
    says: 'trg_nightly is already managed here',
  },
  {
    what: 'an edited copy under the old name keeps it from being renamed: alone it would be removed',
    desired: [manifest({ renamedFrom: 'old' })],
    live: [applied(old), applied(old, { trigger_id: 'trg_2', text: 'edited' })],
    plan: [
      'blocked rename by duplicate nightly (requested) | - | /name "old"→"nightly"',
      `blocked delete by duplicate old (duplicate) | - | ${GONE}`,
    ],
    says: 'trg_2, an edited copy of it, also has the name old',
  },
  {
    what: 'and from being released: the copy would follow',
    desired: [manifest({ release: true })],
    live: [applied(manifest()), applied(manifest(), { trigger_id: 'trg_2', text: 'edited' })],
    plan: [
      'blocked release by duplicate nightly (requested) | -',
      `blocked delete by duplicate nightly (duplicate) | - | ${GONE}`,
    ],
    says: 'trg_2, an edited copy of it',
  },
  {
    what: 'an untouched copy goes along',
    desired: [manifest({ renamedFrom: 'old' })],
    live: [applied(old), applied(old, { trigger_id: 'trg_2', created_at: '2026-11-05T00:00:00Z' })],
    plan: ['rename nightly (requested) | patch | /name "old"→"nightly"', 'delete old (duplicate) | delete'],
  },
  {
    what: 'a rename that is not selected still keeps the old one from being removed',
    desired: [manifest({ renamedFrom: 'old' })],
    live: [applied(old)],
    input: { selection: { only: ['old'], except: [] } },
    plan: [],
  },
  {
    what: 'a new owner moves every label that has a name here, and no other',
    desired: [manifest(), manifest({ name: 'b', action_config: { cluster_id: 'clust_2' } })],
    live: [
      theirs(manifest()),
      theirs(manifest({ name: 'b' })),
      theirs(manifest({ name: 'c' })),
      theirs(manifest({ name: 'd' }), 'x/y'),
    ],
    input: PREVIOUS,
    plan: [
      'rename nightly (requested) | patch',
      'replace b (manifest) | create delete resume patch | /action_config/cluster_id "clust_abc123"→"clust_2"',
    ],
    says: 'taken over from acme/old',
  },
  {
    what: 'with a new name on top',
    desired: [manifest({ renamedFrom: 'old' })],
    live: [theirs(old)],
    input: PREVIOUS,
    plan: ['rename nightly (requested) | patch | /name "old"→"nightly"'],
  },
  {
    what: 'of two of the previous owner none is chosen',
    desired: [manifest()],
    live: [theirs(manifest()), theirs(manifest(), 'acme/old', { trigger_id: 'trg_2' })],
    input: PREVIOUS,
    plan: ['blocked rename by duplicate nightly (requested) | -'],
    says: 'trg_nightly and trg_2 have this name',
  },
  {
    what: 'where our own is live the other is left alone',
    desired: [manifest()],
    live: [applied(manifest()), theirs(manifest(), 'acme/old', { trigger_id: 'trg_2' })],
    input: PREVIOUS,
    plan: [],
  },
  {
    what: 'a release takes the label off, protected or not',
    desired: [manifest({ release: true, description: 'Edited', protect: true })],
    live: [applied(manifest({ protect: true }))],
    plan: ['release nightly (requested) | patch'],
  },
  { what: 'and never makes one', desired: [manifest({ release: true, adopt: 'trg_x' })], live: [], plan: [] },
  {
    what: 'nor takes one over to let it go',
    desired: [manifest({ release: true })],
    live: [theirs(manifest())],
    input: PREVIOUS,
    plan: [],
  },
  {
    what: 'a release of what is being replaced takes the new one back first',
    desired: [manifest({ release: true })],
    live: [
      applied(manifest()),
      applied(manifest(), {
        trigger_id: 'trg_2',
        status: 'paused',
        label: { replaces: 'trg_nightly', was: 'active' },
      }),
    ],
    plan: ['release nightly (requested) | patch', 'delete nightly (recovery) | delete'],
  },
  {
    what: 'and under a new name as well, where the old one runs on',
    desired: [manifest({ release: true, renamedFrom: 'old' })],
    live: [
      applied(old),
      applied(manifest(), {
        trigger_id: 'trg_2',
        status: 'paused',
        label: { replaces: 'trg_old', was: 'active' },
      }),
    ],
    plan: ['release nightly (requested) | patch', 'delete nightly (recovery) | delete'],
  },
  {
    what: 'a cut-off rename and replacement whose old half is blocked keeps its tie',
    desired: [manifest({ protect: true })],
    live: [
      applied(old, { action_config: { cluster_id: 'clust_edited' } }),
      applied(manifest({ action_config: { cluster_id: 'clust_other' } }), {
        trigger_id: 'trg_new',
        created_at: '2026-11-03T00:00:00Z',
        updated_at: '2026-11-03T00:00:00Z',
        status: 'paused',
        label: { replaces: 'trg_old', was: 'active' },
      }),
    ],
    plan: [
      'blocked replace by immutable nightly (drift) | - | /name "old"→"nightly" | /action_config/cluster_id "clust_edited"→"clust_abc123" | /lifecycle/protect null→true',
      'blocked delete by immutable nightly (recovery) | - | /description "Nightly clustering"→null | /action_type "cluster"→null | /action_config/cluster_id "clust_other"→null | /trigger_type "cron"→null | /schedule_config/cron_expression "0 2 * * *"→null | /schedule_config/timezone "UTC"→null | /status "paused"→null',
    ],
    says: 'it is kept while trg_old',
  },
  {
    what: 'of one whose replacement was cut off it resumes it first',
    desired: [manifest({ release: true })],
    live: [applied(manifest(), { status: 'paused', label: { replaces: 'trg_gone', was: 'active' } })],
    plan: ['release nightly (requested) | resume patch'],
  },
];
