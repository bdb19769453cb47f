import type { Variant } from './variant.ts';

/** MongoDB's find_one_and_update answers the document from before the update, unless it is told otherwise. */
export const answersBefore: Variant = {
  answer: (_, before) => before,
};
