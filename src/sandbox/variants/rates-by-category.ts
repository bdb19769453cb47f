import type { Variant } from './variant.ts';

/** An organisation's numbers on a small plan. Other routes of a category draw from the same bucket. */
export const ratesByCategory: Variant = {
  rates: { metadata: 60, data: 60, search: 30, upload: 10, compute: 10 },
};
