import type { ParsedManifest } from '../manifest/read-manifests.ts';
import type { Selectable } from '../plan/match/selection.ts';

/** A manifest as patterns see it where it is not resolved: with its tags in an environment, or those that it has in any. */
export function taggedManifest(
  { name, value, compositionIn }: ParsedManifest,
  environment?: string | null,
): Selectable {
  const { tags } = (environment === undefined ? null : compositionIn(environment)?.value) ?? value;
  return { name, tags: Array.isArray(tags) ? tags.map(String) : [] };
}
