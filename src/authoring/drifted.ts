import type { Json, JsonObject } from '../domain/json.ts';
import type { Desired } from '../domain/manifest.ts';
import type { Managed } from '../domain/plan.ts';
import { takeLiveSecrets } from '../lib/live-secrets.ts';
import type { Composition } from '../manifest/compose/compose.ts';
import type { ParsedManifest } from '../manifest/read-manifests.ts';
import { compare } from '../plan/compare/compare.ts';
import { ignoredFrom, withoutObstructed } from '../plan/compare/ignored.ts';
import { asManifest, type Halves, normaliseDesired, normaliseLive } from '../plan/compare/normalise.ts';
import { isUnmodifiedSinceCreate } from '../plan/observe/observe.ts';
import { replaceSecrets } from '../schema/secret-places.ts';
import { type MergeContext, mergeLiveObject, mergeLiveValue } from './merge-live-values.ts';

/** A manifest, what it comes to in an environment, and its live trigger. */
export interface Drifted {
  readonly parsed: ParsedManifest;
  /** What it comes to here, references not resolved. */
  readonly composition: Composition;
  readonly desired: Desired;
  readonly managed: Managed;
}

/** What the manifest must come to, so that live needs no change; the same object where it needs none now. */
export function asLive(drifted: Drifted, context: MergeContext): JsonObject {
  const { composition, desired, managed } = drifted;
  const { fixed, patchable } = halvesToPull(desired, managed);
  const status = statusToPull(desired, managed);
  const authored = composition.value;
  if (!fixed && !patchable && status === null) return authored;
  const resolved = normaliseDesired(desired, false);
  const live = liveToPull(desired, managed, resolved);
  const section = (name: 'action_config' | 'schedule_config', half: 'fixed' | 'patchable') =>
    mergeLiveObject(
      objectIn(authored, name),
      objectIn(resolved[half], name),
      objectIn(live[half], name),
      objectIn({ ...managed.fixed, ...managed.patchable }, name),
      [name],
      context,
    );
  const { action_type, trigger_type } = managed.fixed;
  const action = () => {
    const merged = section('action_config', 'fixed');
    const live = new Set<string>();
    replaceSecrets(action_type, managed.fixed.action_config, (digest) => {
      live.add(digest);
      return digest;
    });
    return (
      context.secretNames?.withReferences(action_type, merged, desired.name, (text) => live.has(text)) ??
      merged
    );
  };
  const text = (name: 'description' | 'title') =>
    mergeLiveValue(
      authored[name] ?? '',
      resolved.patchable[name] ?? null,
      live.patchable[name] ?? null,
      [name],
      context,
    );
  // Without a title live's is left alone, and so is one that a service does not know.
  const titled = desired.title !== null && Object.hasOwn(live.patchable, 'title');
  const { title: _, ...untitled } = authored;
  const title = titled && patchable ? text('title') : null;
  return {
    ...(title === '' ? untitled : authored),
    ...(title === null || title === '' ? {} : { title }),
    ...(fixed ? { action_type, action_config: action(), trigger_type } : {}),
    ...(patchable ? { schedule_config: section('schedule_config', 'patchable') } : {}),
    ...(patchable ? withoutEmpty({ description: text('description') }, authored) : {}),
    ...(status === null ? {} : { status }),
  };
}

/**
 * As much of live as counts once the manifest changed: what the schema knows, declared or not. What the manifest
 * ignores is as the manifest has it.
 */
function liveToPull(desired: Desired, managed: Managed, ours: Halves): Halves {
  const { fixed, patchable } = normaliseLive({ ...desired, ignore: [] }, managed, 'known');
  const { ignore } = withoutObstructed(desired, managed);
  return {
    fixed: ignoredFrom(ours.fixed, fixed, ignore),
    patchable: ignoredFrom(ours.patchable, patchable, ignore),
  };
}

/** An empty description is not written where none was authored. */
function withoutEmpty(text: { description: Json }, authored: JsonObject): JsonObject {
  return text.description === '' && !Object.hasOwn(authored, 'description') ? {} : text;
}

/** Whether a manifest equals live: what `pull` brings about. */
export function isAsLive(desired: Desired, managed: Managed): boolean {
  const { fixed, patchable } = halvesToPull(takeLiveSecrets(desired, managed.fixed.action_config), managed);
  return !fixed && !patchable && statusToPull(desired, managed) === null;
}

/** Whether the manifest changed since it was last applied: pulling overwrites those changes. */
export function overwrites(desired: Desired, managed: Managed): boolean {
  const { fixed, patchable } = compare(asManifest(desired), managed);
  return [fixed, patchable].some(({ manifestChanged, changes }) => manifestChanged && changes.length > 0);
}

/** As the plan sees it: the service's own normalisation is accepted and needs no other manifest. */
function halvesToPull(desired: Desired, managed: Managed): { fixed: boolean; patchable: boolean } {
  const { fixed, patchable } = compare(asManifest(desired), managed);
  const accepted =
    !fixed.manifestChanged && (managed.label.replaces !== null || isUnmodifiedSinceCreate(managed));
  return { fixed: fixed.changes.length > 0 && !accepted, patchable: patchable.changes.length > 0 };
}

/** Where the manifest says one. A hold or an interrupted replacement paused it only for a time. */
function statusToPull({ status }: Desired, { status: live, label }: Managed): string | null {
  if (status === null || label.hold !== null || label.was !== null) return null;
  return live !== status && (live === 'active' || live === 'paused') ? live : null;
}

function objectIn(holder: object, name: string): JsonObject {
  return (holder as Record<string, JsonObject>)[name] ?? {};
}
