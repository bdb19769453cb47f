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
  /** What is blocked once it is applied. */
  readonly left?: string[];
  /** What is destroyed, where the guards must count it. */
  readonly hazards?: string[];
}

export const PREVIOUS = { previousOwners: ['acme/old'] };
export const old = manifest({ name: 'old' });
export const unlabelled = (trigger: LiveTrigger): LiveTrigger => ({
  ...trigger,
  description: 'Nightly clustering',
});
export const theirs = (desired: Desired, owner = 'acme/old', more: Partial<LiveTrigger> = {}) =>
  applied(desired, { label: { owner }, ...more });

/** What goes with an edited copy. */
const GONE =
  '/description "edited"→null | /action_type "cluster"→null | /action_config/cluster_id "clust_abc123"→null | /trigger_type "cron"→null | /schedule_config/cron_expression "0 2 * * *"→null | /schedule_config/timezone "UTC"→null | /status "active"→null';

/** Two that do different things. */
const blue = manifest({ name: 'blue', description: 'Blue', action_config: { cluster_id: 'clust_blue' } });
const red = manifest({ name: 'red', description: 'Red', action_config: { cluster_id: 'clust_red' } });
const GONE_BLUE = GONE.replace('edited', 'Blue').replace('clust_abc123', 'clust_blue');

/** `old` was to be renamed to this manifest and replaced: the new half is there, the old one runs on. */
const cutOff = (made: Desired) => [
  applied(old),
  applied(made, { trigger_id: 'trg_2', status: 'paused', label: { replaces: 'trg_old', was: 'active' } }),
];

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
    what: 'where both names are live and both were written for the manifest, a person decides',
    desired: [manifest({ renamedFrom: 'old' })],
    live: [applied(manifest()), applied(old)],
    plan: ['blocked rename by conflict nightly (requested) | - | /name "old"→"nightly"'],
    says: 'the labels cannot tell which of trg_nightly and trg_old is meant',
  },
  {
    what: 'or neither was',
    desired: [manifest({ renamedFrom: 'old', action_config: { cluster_id: 'clust_other' } })],
    live: [applied(manifest()), applied(old)],
    plan: [
      'blocked replace by conflict nightly (manifest) | - | /name "old"→"nightly" | /action_config/cluster_id "clust_abc123"→"clust_other"',
    ],
    says: 'the labels cannot tell',
  },
  {
    what: 'a rename that is done says nothing, and what it names is never removed',
    desired: [manifest({ renamedFrom: 'old' })],
    live: [applied(manifest()), applied(blue, { trigger_id: 'trg_old', label: { name: 'old' } })],
    plan: [`blocked delete by conflict old (removed) | - | ${GONE_BLUE}`],
    says: 'manifests/nightly.yaml:1 says renamed_from: old',
  },
  {
    what: 'blue retires and red takes its name: what had it is removed, in the guards',
    desired: [{ ...red, name: 'blue', renamedFrom: ['red'] }],
    live: [applied(blue), applied(red)],
    plan: ['rename blue (requested) | patch | /name "red"→"blue"', 'delete blue (removed) | delete'],
    hazards: ['blue: the trigger and its run history are lost'],
  },
  {
    what: 'with a change of the schedule on top: the half that cannot be patched decides',
    desired: [
      { ...red, name: 'blue', renamedFrom: ['red'], patchable: { ...red.patchable, description: 'Red now' } },
    ],
    live: [applied(blue), applied(red)],
    plan: [
      'rename blue (requested) | patch | /name "red"→"blue" | /description "Red"→"Red now"',
      'delete blue (removed) | delete',
    ],
  },
  {
    what: 'a protected one does not make way, and nothing takes its name',
    desired: [{ ...red, name: 'blue', renamedFrom: ['red'] }],
    live: [applied({ ...blue, protect: true }), applied(red)],
    plan: [
      'blocked rename by protected blue (requested) | - | /name "red"→"blue"',
      `blocked delete by protected blue (removed) | - | ${GONE_BLUE}`,
    ],
    says: 'trg_blue has the name blue and stays',
  },
  {
    what: 'nor does one that a policy keeps',
    desired: [{ ...red, name: 'blue', renamedFrom: ['red'] }],
    live: [applied(blue), applied(red)],
    input: { policy: 'upsert-only' },
    plan: [
      'blocked rename by policy blue (requested) | - | /name "red"→"blue"',
      `blocked delete by policy blue (removed) | - | ${GONE_BLUE}`,
    ],
  },
  {
    what: 'two names are swapped',
    desired: [
      { ...red, name: 'blue', renamedFrom: ['red'] },
      { ...blue, name: 'red', renamedFrom: ['blue'] },
    ],
    live: [applied(blue), applied(red)],
    plan: [
      'rename blue (requested) | patch | /name "red"→"blue"',
      'rename red (requested) | patch | /name "blue"→"red"',
    ],
  },
  {
    what: 'a swap that was cut off in the middle goes on: what a manifest does not keep goes to the other one',
    desired: [
      { ...red, name: 'blue', renamedFrom: ['red'] },
      { ...blue, name: 'red', renamedFrom: ['blue'] },
    ],
    live: [applied({ ...red, name: 'blue' }, { trigger_id: 'trg_red' }), applied(blue)],
    plan: ['rename red (requested) | patch | /name "blue"→"red"'],
  },
  {
    what: 'and once it is done it is over',
    desired: [
      { ...red, name: 'blue', renamedFrom: ['red'] },
      { ...blue, name: 'red', renamedFrom: ['blue'] },
    ],
    live: [applied({ ...red, name: 'blue' }), applied({ ...blue, name: 'red' })],
    plan: [],
  },
  {
    what: 'names that shift by one all move at once',
    desired: [
      { ...red, name: 'blue', renamedFrom: ['red'] },
      { ...blue, name: 'green', renamedFrom: ['blue'] },
    ],
    live: [applied(blue), applied(red)],
    plan: [
      'rename blue (requested) | patch | /name "red"→"blue"',
      'rename green (requested) | patch | /name "blue"→"green"',
    ],
  },
  {
    what: 'where one of them cannot move, none does',
    desired: [
      { ...red, name: 'blue', renamedFrom: ['red'] },
      { ...blue, name: 'green', renamedFrom: ['blue'] },
      { ...blue, name: 'lime', renamedFrom: ['blue'] },
    ],
    live: [applied(blue), applied(red)],
    plan: [
      'blocked rename by conflict blue (requested) | - | /name "red"→"blue"',
      'blocked rename by conflict green (requested) | - | /name "blue"→"green"',
      'blocked rename by conflict lime (requested) | - | /name "blue"→"lime"',
    ],
    says: 'trg_blue is claimed by green and lime',
  },
  {
    what: 'an environment that is two renames behind keeps its trigger',
    desired: [manifest({ renamedFrom: ['newer', 'old'] })],
    live: [applied(old)],
    plan: ['rename nightly (requested) | patch | /name "old"→"nightly"'],
  },
  {
    what: 'of several old names that are live the newest is taken, and the others stay',
    desired: [manifest({ renamedFrom: ['newer', 'old'] })],
    live: [applied(manifest({ name: 'newer' })), applied({ ...blue, name: 'old' })],
    plan: [
      'rename nightly (requested) | patch | /name "newer"→"nightly"',
      `blocked delete by conflict old (removed) | - | ${GONE_BLUE}`,
    ],
  },
  {
    what: 'a manifest that says the same as the renamed one keeps its own trigger',
    desired: [manifest({ renamedFrom: 'old' }), old],
    live: [applied(manifest()), applied(old)],
    plan: [],
  },
  {
    what: 'a second trigger of an old name, which its manifest does not keep, is the renamed one',
    desired: [manifest({ renamedFrom: 'blue' }), blue],
    live: [applied(blue), applied(manifest(), { trigger_id: 'trg_2', label: { name: 'blue' } })],
    plan: ['rename nightly (requested) | patch | /name "blue"→"nightly"'],
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
    plan: [
      'blocked rename by conflict a (requested) | - | /name "b"→"a"',
      'blocked rename by conflict b (requested) | - | /name "c"→"b"',
    ],
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
      'blocked rename by conflict b (requested) | - | /name "c"→"b"',
      'blocked replace by conflict c (manifest) | - | /name "d"→"c" | /action_config/cluster_id "clust_abc123"→"clust_other"',
    ],
    says: 'a says renamed_from: b, and manifests/b.yaml:1 still has that name',
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
    what: 'a flag selects by the name that the plan shows: the copy under the old name',
    desired: [manifest({ renamedFrom: 'old' })],
    live: [applied(old), applied(old, { trigger_id: 'trg_2', created_at: '2026-11-05T00:00:00Z' })],
    input: { selection: { only: ['old'], except: [] } },
    plan: ['delete old (duplicate) | delete'],
  },
  {
    what: 'or the one that is renamed',
    desired: [manifest({ renamedFrom: 'old' })],
    live: [applied(old), applied(old, { trigger_id: 'trg_2', created_at: '2026-11-05T00:00:00Z' })],
    input: { selection: { only: [], except: ['old'] } },
    left: ['rename nightly by conflict'],
    plan: ['rename nightly (requested) | patch | /name "old"→"nightly"'],
  },
  {
    what: 'a damaged label under the old name stops a second copy, though all else changed',
    desired: [manifest({ renamedFrom: 'old', action_config: { cluster_id: 'clust_other' } })],
    live: [{ ...applied(old), description: '[mxt:1 owner=acme/search name=old spec=zz]' }],
    plan: [
      'blocked create by lookalike nightly (new) | - | /description null→"Nightly clustering" | /action_type null→"cluster" | /action_config/cluster_id null→"clust_other" | /trigger_type null→"cron" | /schedule_config/cron_expression null→"0 2 * * *" | /schedule_config/timezone null→"UTC"',
    ],
    says: 'trg_old may be this trigger, and it has a damaged ownership label',
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
    says: 'trg_2 and trg_nightly have this name',
  },
  {
    what: 'where our own is live a person decides which of the two is meant',
    desired: [manifest()],
    live: [applied(manifest()), theirs(manifest(), 'acme/old', { trigger_id: 'trg_2' })],
    input: PREVIOUS,
    plan: ['blocked rename by duplicate nightly (requested) | -'],
    says: 'trg_2 of acme/old has this name too, and trg_nightly has its place already',
  },
  {
    what: 'and ours goes on meanwhile',
    desired: [manifest({ description: 'New' })],
    live: [applied(manifest()), theirs(manifest(), 'acme/old', { trigger_id: 'trg_2' })],
    input: PREVIOUS,
    plan: [
      'blocked rename by duplicate nightly (requested) | - | /description "Nightly clustering"→"New"',
      'update nightly (manifest) | patch | /description "Nightly clustering"→"New"',
    ],
  },
  {
    what: 'a replacement of the previous owner that was cut off is taken over, and finished',
    desired: [manifest()],
    live: [
      theirs(manifest({ action_config: { cluster_id: 'clust_before' } })),
      applied(manifest(), {
        trigger_id: 'trg_new',
        status: 'paused',
        label: { owner: 'acme/old', replaces: 'trg_nightly', was: 'active' },
      }),
    ],
    input: PREVIOUS,
    plan: [
      'replace nightly (recovery) | delete resume patch | /action_config/cluster_id "clust_before"→"clust_abc123"',
    ],
  },
  {
    what: 'or taken back',
    desired: [manifest({ action_config: { cluster_id: 'clust_before' } })],
    live: [
      theirs(manifest({ action_config: { cluster_id: 'clust_before' } })),
      applied(manifest(), {
        trigger_id: 'trg_new',
        status: 'paused',
        label: { owner: 'acme/old', replaces: 'trg_nightly', was: 'active' },
      }),
    ],
    input: PREVIOUS,
    plan: ['rename nightly (requested) | patch', 'delete nightly (recovery) | delete'],
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
  {
    what: 'a cut-off rename and replacement lets its old half go to the manifest that names it',
    desired: [blue, manifest({ name: 'other', renamedFrom: ['old'] })],
    live: cutOff(blue),
    plan: [
      'rename other (requested) | patch | /name "old"→"other"',
      'resume blue (recovery) | resume patch | /status "paused"→"active"',
    ],
  },
  {
    what: 'and is nobody’s where its own manifest names it as well',
    desired: [{ ...blue, renamedFrom: ['old'] }, manifest({ name: 'other', renamedFrom: ['old'] })],
    live: cutOff(blue),
    plan: [
      'blocked rename by conflict other (requested) | - | /name "old"→"other"',
      'blocked replace by conflict blue (manifest) | - | /name "old"→"blue" | /description "Nightly clustering"→"Blue" | /action_config/cluster_id "clust_abc123"→"clust_blue"',
    ],
  },
  {
    what: 'and stays with the manifest that has its name and made it',
    desired: [{ ...blue, renamedFrom: ['old'] }, old],
    live: cutOff(blue),
    plan: ['resume blue (recovery) | resume patch | /status "paused"→"active"'],
  },
  {
    what: 'and is replaced where the manifest of its name is another one',
    desired: [
      { ...blue, renamedFrom: ['old'] },
      { ...old, fixed: red.fixed },
    ],
    live: cutOff(blue),
    plan: [
      'create old (new) | create',
      'replace blue (recovery) | delete resume patch | /action_config/cluster_id "clust_abc123"→"clust_blue"',
    ],
  },
  {
    what: 'a previous owner’s trigger whose replacement is under way is no other manifest’s to take',
    desired: [
      { ...blue, renamedFrom: ['old'] },
      { ...old, fixed: red.fixed },
    ],
    live: cutOff(blue).map((one) => (one.trigger_id === 'trg_old' ? theirs(old) : one)),
    input: PREVIOUS,
    plan: [
      'create old (new) | create',
      'replace blue (recovery) | delete resume patch | /action_config/cluster_id "clust_abc123"→"clust_blue"',
    ],
  },
  {
    what: 'of two replacements under way for one trigger, the manifest that names it goes on with its own',
    desired: [blue, { ...red, renamedFrom: ['old'] }],
    live: [
      ...cutOff(blue),
      ...cutOff(red)
        .slice(1)
        .map((one) => ({ ...one, trigger_id: 'trg_3' })),
    ],
    plan: [
      'replace red (recovery) | delete resume patch | /action_config/cluster_id "clust_abc123"→"clust_red"',
      'resume blue (recovery) | resume patch | /status "paused"→"active"',
    ],
  },
];
