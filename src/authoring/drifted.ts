import type { Json, JsonObject } from '../domain/json.ts';
import type { Desired } from '../domain/manifest.ts';
import type { Managed } from '../domain/plan.ts';
import type { ParsedManifest } from '../manifest/load-manifests.ts';
import { compare } from '../plan/compare/compare.ts';
import { asManifest, normaliseLive } from '../plan/compare/normalise.ts';
import { type MergeContext, mergeLiveObject, mergeLiveValue } from './merge-live-values.ts';

/** A manifest, what it comes to in an environment, and its live trigger. */
export interface Drifted {
  readonly written: ParsedManifest;
  readonly desired: Desired;
  readonly managed: Managed;
}

/** What a manifest is to say so that live needs nothing. The same object where it needs nothing now. */
export function asLive(drifted: Drifted, words: MergeContext): JsonObject {
  const { written, desired, managed } = drifted;
  const { fixed, patchable } = halvesToPull(desired, managed);
  const status = statusToPull(desired, managed);
  if (!fixed && !patchable && status === null) return written.value;
  const said = written.value;
  const want = asManifest(desired).halves;
  // As much of live as counts once the manifest changed: what the schema knows, declared or not.
  const have = normaliseLive(desired, managed, 'known');
  const section = (name: 'action_config' | 'schedule_config', half: 'fixed' | 'patchable') =>
    mergeLiveObject(
      objectIn(said, name),
      objectIn(want[half], name),
      objectIn(have[half], name),
      objectIn({ ...managed.fixed, ...managed.patchable }, name),
      [name],
      words,
    );
  const { action_type, trigger_type } = managed.fixed;
  const description = () =>
    mergeLiveValue(
      said['description'] ?? '',
      want.patchable['description'] ?? null,
      have.patchable['description'] ?? null,
      ['description'],
      words,
    );
  return {
    ...said,
    ...(fixed ? { action_type, action_config: section('action_config', 'fixed'), trigger_type } : {}),
    ...(patchable ? { schedule_config: section('schedule_config', 'patchable') } : {}),
    ...(patchable ? withoutEmpty({ description: description() }, said) : {}),
    ...(status === null ? {} : { status }),
  };
}

/** No text is nothing to say where nothing was said. */
function withoutEmpty(text: { description: Json }, said: JsonObject): JsonObject {
  return text.description === '' && !Object.hasOwn(said, 'description') ? {} : text;
}

/** Whether a manifest says what is live: what `pull` is to bring about. */
export function isAsLive(desired: Desired, managed: Managed): boolean {
  const { fixed, patchable } = halvesToPull(desired, managed);
  return !fixed && !patchable && statusToPull(desired, managed) === null;
}

/** Whether the manifest had changed since it was last applied: then what it says is lost. */
export function overwrites(desired: Desired, managed: Managed): boolean {
  const { fixed, patchable } = compare(asManifest(desired), managed);
  return [fixed, patchable].some(({ manifestChanged, changes }) => manifestChanged && changes.length > 0);
}

/** As the plan sees it: a difference that is the service's own normalisation is accepted, and needs no other manifest. */
function halvesToPull(desired: Desired, managed: Managed): { fixed: boolean; patchable: boolean } {
  const { fixed, patchable } = compare(asManifest(desired), managed);
  const accepted =
    !fixed.manifestChanged && (managed.label.replaces !== null || managed.unmodifiedSinceCreate);
  return { fixed: fixed.changes.length > 0 && !accepted, patchable: patchable.changes.length > 0 };
}

/** Where the manifest says one. A hold, or a replacement that was cut off, paused it for a time only. */
function statusToPull({ status }: Desired, { status: live, label }: Managed): string | null {
  if (status === null || label.hold !== null || label.was !== null) return null;
  return live !== status && (live === 'active' || live === 'paused') ? live : null;
}

function objectIn(holder: object, name: string): JsonObject {
  return (holder as Record<string, JsonObject>)[name] ?? {};
}
