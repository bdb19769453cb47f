import { answersBefore } from './answers-before.ts';
import { clampIntervals } from './clamp-intervals.ts';
import { description500 } from './description-500.ts';
import { dropUnknown } from './drop-unknown.ts';
import { fiftyActive } from './fifty-active.ts';
import { listsLag } from './lists-lag.ts';
import { mergeSchedules } from './merge-schedules.ts';
import type { VariantName } from './names.ts';
import { ratesByCategory } from './rates-by-category.ts';
import { typedDefaults } from './typed-defaults.ts';
import { unresolvedNames } from './unresolved-names.ts';
import type { Variant } from './variant.ts';

/** Each is made anew for a server: some remember. */
export const VARIANTS: Readonly<Record<VariantName, () => Variant>> = {
  'merge-schedules': () => mergeSchedules,
  'drop-unknown': () => dropUnknown,
  'typed-defaults': () => typedDefaults,
  'clamp-intervals': () => clampIntervals,
  'fifty-active': () => fiftyActive,
  'rates-by-category': () => ratesByCategory,
  'description-500': () => description500,
  'answers-before': () => answersBefore,
  'lists-lag': listsLag,
  'unresolved-names': () => unresolvedNames,
};
