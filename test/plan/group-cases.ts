import { expect } from 'vitest';
import type { Desired } from '../../src/domain/manifest.ts';
import type { LiveTrigger } from '../../src/domain/trigger.ts';
import type { PlanInput } from '../../src/plan/plan.ts';
import { applied, manifest } from './world.ts';

const it1 = manifest();
const moved = manifest({ action_config: { cluster_id: 'clust_new' } });
const old = applied(it1, { trigger_id: 'trg_old', created_at: '2026-11-01T00:00:00Z' });
/** What the POST of a replacement leaves: paused, tied to the old one. */
const made = (of: Desired, since: Parameters<typeof applied>[1] = {}) =>
  applied(of, {
    trigger_id: 'trg_new',
    created_at: '2026-11-20T00:00:00Z',
    updated_at: '2026-11-20T00:00:00Z',
    status: 'paused',
    ...since,
    label: { replaces: 'trg_old', was: 'active', ...since.label },
  });
const copy = (since: Parameters<typeof applied>[1] = {}) =>
  applied(it1, { trigger_id: 'trg_copy', created_at: '2026-11-10T00:00:00Z', ...since });

interface Case {
  readonly title: string;
  readonly desired?: readonly Desired[];
  readonly live: readonly LiveTrigger[];
  readonly input?: Partial<PlanInput>;
  readonly expected: readonly string[];
  /** The calls in full, where their order or target is the point. */
  readonly calls?: readonly string[];
}

export const CASES: readonly Case[] = [
  {
    title: 'an untouched copy of ours: the older one stays',
    desired: [it1],
    live: [copy(), old],
    expected: ['delete nightly (duplicate) | delete'],
    calls: ['DELETE /v1/triggers/trg_copy'],
  },
  {
    title: 'the one that equals the manifest stays, though it is younger',
    desired: [it1],
    live: [applied(manifest({ description: 'older' }), { trigger_id: 'trg_old' }), copy()],
    expected: ['delete nightly (duplicate) | delete'],
    calls: ['DELETE /v1/triggers/trg_old'],
  },
  {
    title: 'an edited copy is not deleted',
    desired: [it1],
    live: [old, copy({ schedule_config: { cron_expression: '0 9 * * *' } })],
    expected: [
      expect.stringMatching(/^blocked delete by duplicate nightly \(duplicate\)/) as unknown as string,
    ],
  },
  {
    title: 'an edited copy is not deleted where no manifest names it either, nor in the run after that',
    live: [old, copy({ text: 'my own' })],
    expected: [
      expect.stringMatching(/^blocked delete by duplicate nightly \(duplicate\)/) as unknown as string,
      expect.stringMatching(/^blocked delete by duplicate nightly \(removed\)/) as unknown as string,
    ],
  },
  {
    title: 'neither protection nor policy keeps a copy that nobody touched',
    desired: [manifest({ protect: true })],
    live: [
      applied(manifest({ protect: true }), { trigger_id: 'trg_old' }),
      applied(manifest({ protect: true }), { trigger_id: 'trg_copy', created_at: '2026-11-10T00:00:00Z' }),
    ],
    input: { policy: 'create-only' },
    expected: ['delete nightly (duplicate) | delete'],
    calls: ['DELETE /v1/triggers/trg_copy'],
  },
  {
    title: 'a held copy of one that is not held is somebody’s decision',
    desired: [it1],
    live: [old, copy({ status: 'paused', label: { hold: 'cost', was: 'active' } })],
    expected: [expect.stringMatching(/^blocked delete by duplicate nightly/) as unknown as string],
  },
  {
    title: 'cut off after the POST: finished',
    desired: [moved],
    live: [old, made(moved)],
    expected: [
      'replace nightly (recovery) | delete resume patch | /action_config/cluster_id "clust_abc123"→"clust_new"',
    ],
    calls: ['DELETE /v1/triggers/trg_old', 'POST /v1/triggers/trg_new/resume', 'PATCH /v1/triggers/trg_new'],
  },
  {
    title: 'cut off after the POST, and an operator paused the old one since: it stays paused',
    desired: [moved],
    live: [{ ...old, status: 'paused' }, made(moved)],
    expected: [
      'replace nightly (recovery) | delete patch | /action_config/cluster_id "clust_abc123"→"clust_new"',
    ],
  },
  {
    title: 'cut off after the POST, and the manifest went back: the new one, which never ran, goes',
    desired: [it1],
    live: [old, made(moved)],
    expected: ['delete nightly (recovery) | delete'],
    calls: ['DELETE /v1/triggers/trg_new'],
  },
  {
    title: 'cut off after the POST, and the manifest moved on: replaced from the old one',
    desired: [manifest({ action_config: { cluster_id: 'clust_third' } })],
    live: [old, made(moved)],
    expected: [
      'replace nightly (manifest) | create delete resume patch | /action_config/cluster_id "clust_abc123"→"clust_third"',
      'delete nightly (recovery) | delete',
    ],
  },
  {
    title: 'cut off after the POST, and the manifest is gone',
    live: [old, made(moved)],
    expected: ['delete nightly (recovery) | delete', 'delete nightly (removed) | delete'],
    calls: ['DELETE /v1/triggers/trg_new', 'DELETE /v1/triggers/trg_old'],
  },
  {
    title: 'cut off after the DELETE: resumed, then the label is cleaned',
    desired: [moved],
    live: [made(moved)],
    expected: ['resume nightly (recovery) | resume patch | /status "paused"→"active"'],
  },
  {
    title: 'cut off after the DELETE of one that was paused',
    desired: [moved],
    live: [made(moved, { label: { was: 'paused' } })],
    expected: ['relabel nightly (recovery) | patch'],
  },
  {
    title: 'cut off after the resume',
    desired: [moved],
    live: [made(moved, { status: 'active' })],
    expected: ['relabel nightly (recovery) | patch'],
  },
  {
    title:
      'cut off after the DELETE, and the schedule changed: the record stays until the resume has answered',
    desired: [manifest({ ...{ action_config: { cluster_id: 'clust_new' } }, description: 'x' })],
    live: [made(moved)],
    expected: [
      'update nightly (manifest) | patch resume patch | /description "Nightly clustering"→"x" | /status "paused"→"active"',
    ],
  },
  {
    title: 'two runs replaced the same one: one pair is finished, the other new one goes',
    desired: [moved],
    live: [old, made(moved), made(moved, { trigger_id: 'trg_new2', created_at: '2026-11-20T00:00:01Z' })],
    expected: [
      'replace nightly (recovery) | delete resume patch | /action_config/cluster_id "clust_abc123"→"clust_new"',
      'delete nightly (duplicate) | delete',
    ],
  },
  {
    title: 'the service rewrote what the POST of a replacement declared: believed, and finished',
    desired: [moved],
    live: [
      old,
      made(moved, {
        action_config: { cluster_id: 'CLUST_NEW' },
        schedule_config: { cron_expression: '00 2 * * *' },
      }),
    ],
    expected: [
      'replace nightly (recovery) | delete resume patch | /action_config/cluster_id "clust_abc123"→"clust_new"',
    ],
  },
  {
    title:
      'cut off after the POST, and the old one was paused by a hold that has ended: its status afterwards: what it was',
    desired: [moved],
    live: [
      {
        ...old,
        ...applied(it1, {
          trigger_id: 'trg_old',
          status: 'paused',
          label: { hold: 'x', was: 'active', until: '2026-01-01T00:00:00Z' },
        }),
      },
      made(moved),
    ],
    expected: [
      'replace nightly (recovery) | delete resume patch | /action_config/cluster_id "clust_abc123"→"clust_new"',
    ],
  },
  {
    title: 'cut off after the POST, the manifest went back, and the service had rewritten the new one',
    desired: [it1],
    live: [old, made(moved, { schedule_config: { cron_expression: '00 2 * * *' } })],
    expected: ['delete nightly (recovery) | delete'],
  },
  {
    title: 'which is older is told by the moment, not by its notation',
    desired: [it1],
    live: [
      copy({ trigger_id: 'trg_younger', created_at: '2026-11-01T00:00:00.5Z' }),
      copy({ trigger_id: 'trg_older', created_at: '2026-11-01T01:00:00+01:00' }),
    ],
    expected: ['delete nightly (duplicate) | delete'],
    calls: ['DELETE /v1/triggers/trg_younger'],
  },
  {
    title: 'two copies that nobody touched, of a removed manifest, at a service that adds properties',
    live: [old, copy()].map((one) => ({ ...one, action_config: { ...one.action_config, engine: 'v2' } })),
    expected: ['delete nightly (duplicate) | delete', 'delete nightly (removed) | delete'],
  },
  {
    title: 'somebody edited the new one meanwhile: it is left alone, and the old one replaced anew',
    desired: [moved],
    live: [
      old,
      made(moved, { schedule_config: { cron_expression: '1 1 * * *' }, updated_at: '2026-11-21T00:00:00Z' }),
    ],
    expected: [
      'replace nightly (manifest) | create delete resume patch | /action_config/cluster_id "clust_abc123"→"clust_new"',
      expect.stringMatching(/^blocked delete by duplicate nightly \(recovery\)/) as unknown as string,
    ],
  },
  {
    title:
      'an edited copy that equals the manifest by now does not take the place of the one that nobody touched',
    desired: [manifest({ schedule_config: { cron_expression: '0 3 * * *' } })],
    live: [
      applied(manifest({ description: 'older' }), { trigger_id: 'trg_old' }),
      copy({ schedule_config: { cron_expression: '0 3 * * *' } }),
    ],
    expected: [
      'update nightly (manifest) | patch | /description "older"→"Nightly clustering" | /schedule_config/cron_expression "0 2 * * *"→"0 3 * * *"',
      expect.stringMatching(/^blocked delete by duplicate nightly \(duplicate\)/) as unknown as string,
    ],
  },
  {
    title: 'cut off after the POST, under upsert-only: finished all the same',
    desired: [moved],
    live: [old, made(moved)],
    input: { policy: 'upsert-only' },
    expected: [
      'replace nightly (recovery) | delete resume patch | /action_config/cluster_id "clust_abc123"→"clust_new"',
    ],
  },
  {
    title: 'cut off after the DELETE, under create-only: resumed all the same',
    desired: [moved],
    live: [made(moved)],
    input: { policy: 'create-only' },
    expected: ['resume nightly (recovery) | resume patch | /status "paused"→"active"'],
  },
  {
    title: 'cut off after the DELETE, under create-only, and the manifest moved on: resumed as it was made',
    desired: [manifest({ ...{ action_config: { cluster_id: 'clust_new' } }, description: 'x' })],
    live: [made(moved)],
    input: { policy: 'create-only' },
    expected: [
      'blocked update by policy nightly (manifest) | - | /description "Nightly clustering"→"x" | /status "paused"→"active"',
      'resume nightly (recovery) | resume patch | /status "paused"→"active"',
    ],
  },
  {
    title: 'cut off after the DELETE, under upsert-only, and the manifest is gone: resumed as it was made',
    live: [made(moved)],
    input: { policy: 'upsert-only' },
    expected: [
      'resume nightly (recovery) | resume patch | /status "paused"→"active"',
      expect.stringMatching(/^blocked delete by policy nightly \(removed\)/) as unknown as string,
    ],
  },
  {
    title: 'cut off after the DELETE of one that was paused, and a person resumed the new one: it stays so',
    desired: [moved],
    live: [made(moved, { status: 'active', label: { was: 'paused' } })],
    expected: ['relabel nightly (recovery) | patch'],
  },
  {
    title: 'cut off after the POST of one that was paused, and a person resumed the new one: it stays so',
    desired: [moved],
    live: [{ ...old, status: 'paused' }, made(moved, { status: 'active', label: { was: 'paused' } })],
    expected: [
      'replace nightly (recovery) | delete patch | /action_config/cluster_id "clust_abc123"→"clust_new"',
    ],
    calls: ['DELETE /v1/triggers/trg_old', 'PATCH /v1/triggers/trg_new'],
  },
  {
    title: 'a label that replaces its own trigger replaces nothing',
    desired: [it1],
    live: [applied(it1, { label: { replaces: 'trg_nightly', was: 'active' } })],
    expected: ['relabel nightly (recovery) | patch'],
  },
  {
    title: 'a copy of one that is being replaced under its own id is a copy',
    desired: [it1],
    live: [applied(it1, { label: { replaces: 'trg_nightly' } }), copy()],
    expected: ['delete nightly (duplicate) | delete'],
    calls: ['DELETE /v1/triggers/trg_copy'],
  },
];
