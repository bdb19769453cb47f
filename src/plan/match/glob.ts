import picomatch from 'picomatch/posix.js';

/** Names have no dots, slashes or exclamation marks that a glob would treat in a way of its own. */
const OPTIONS = { dot: true, nonegate: true, noextglob: true };
/** What makes a name a glob. */
export const SPECIAL = /[*?[\]{}]/;

/** Whether a text is what a glob says. */
export function globMatcher(glob: string): (text: string) => boolean {
  return SPECIAL.test(glob) ? picomatch(glob, OPTIONS) : (text) => text === glob;
}
