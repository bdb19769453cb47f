import { malformed } from '../http/reply-outcome.ts';
import type { Variant } from './variant.ts';

const LONGEST = 500;

/** As other resources of the service have it. Characters are counted as Python does: code points. */
export const description500: Variant = {
  refuse: (_, { description }, before) => {
    if (description === null || description === before?.description) return null;
    if ([...description].length <= LONGEST) return null;
    const msg = `String should have at most ${LONGEST} characters`;
    return malformed([{ loc: ['body', 'description'], msg, type: 'string_too_long' }]);
  },
};
