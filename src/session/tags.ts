import type { Warning } from '../domain/plan.ts';
import { asText } from '../lib/as-text.ts';
import { nearest } from '../lib/suggest.ts';
import { compositionIn, type ParsedManifest } from '../manifest/read-manifests.ts';
import type { Selectable } from '../plan/match/selection.ts';
import { settingAt } from './placed-warnings.ts';
import type { Repository } from './repository.ts';

/** A manifest as patterns see it where it is not resolved: with its tags in an environment, or those that it has in any. */
export function taggedManifest(parsed: ParsedManifest, environment?: string | null): Selectable {
  const composed = environment === undefined ? null : compositionIn(parsed, environment);
  const { tags } = composed?.value ?? parsed.value;
  return { name: parsed.name, tags: Array.isArray(tags) ? tags.map(asText) : [] };
}

/** A rule for a tag that no manifest has holds for nothing; one that manifests of another environment have is meant for those. */
export function unusedTagRules({
  settings,
  desired,
  loaded,
  config,
  environment,
}: Pick<Repository, 'settings' | 'desired' | 'loaded' | 'config' | 'environment'>): Warning[] {
  const { tags = {} } = settings.rules;
  const names = Object.keys(tags);
  if (names.length === 0) return [];
  const known = new Set([
    ...desired.flatMap((one) => one.tags),
    ...loaded.manifests.flatMap((one) => taggedManifest(one).tags ?? []),
  ]);
  return names
    .filter((tag) => !known.has(tag))
    .map((tag) => {
      const [near] = nearest(tag, known);
      const hint = near === undefined ? 'check the word, or take the rule out' : `did you mean ${near}?`;
      return {
        code: 'unused_rule',
        name: null,
        message: `rules.tags.${tag} applies to nothing, because no manifest has this tag: ${hint}`,
        at: settingAt(config, environment, ['rules', 'tags', tag]),
      };
    });
}
