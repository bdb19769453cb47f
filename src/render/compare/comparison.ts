import type { Comparison } from '../../../generated/compare.d.ts';
import { countWords } from '../text/value.ts';

/** `staging` and `production`, as what only one of them has is headed. */
export function onlyIn(side: Comparison['left']): string {
  return `Only in ${side.environment}`;
}

/** `acme/search: staging → production, by their manifests`. Not yet made harmless. */
export function compareTitle({ owner, left, right, source }: Comparison): string {
  const by = source === 'live' ? 'by what is live' : 'by their manifests';
  return `${owner}: ${left.environment} → ${right.environment}, ${by}`;
}

/** `2 differ, 1 only in staging, 10 equal.`, `No differences: 13 triggers are the same in both.` */
export function compareVerdict({ left, right, summary }: Comparison): string {
  const { only_left, only_right, differing, equal } = summary;
  if (only_left + only_right + differing === 0) {
    const triggers = countWords(equal, 'trigger');
    return `No differences: ${triggers} ${equal === 1 ? 'is' : 'are'} the same in both.`;
  }
  const parts: readonly (readonly [number, string])[] = [
    [differing, differing === 1 ? 'differs' : 'differ'],
    [only_left, `only in ${left.environment}`],
    [only_right, `only in ${right.environment}`],
    [equal, 'equal'],
  ];
  return `${parts
    .filter(([count]) => count > 0)
    .map(([count, words]) => `${count} ${words}`)
    .join(', ')}.`;
}
