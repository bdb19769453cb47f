import type { Label } from '../domain/label.ts';
import { describeHold } from './describe-hold.ts';

/** What a label says, a sentence each, without full stops. Not yet made harmless. */
export function labelWords(label: Label): string[] {
  const { owner, name, status, protect, replaces, was, hold, rev, lastObserved } = label;
  return [
    `owned by ${owner}, from the manifest ${name}`,
    rev === null ? 'no commit is recorded for the last write' : `last written from commit ${rev}`,
    status === null ? 'its manifest set no status' : `its manifest set status ${status}`,
    ...(protect ? ['protected: never deleted, never replaced'] : []),
    ...(lastObserved === null ? [] : ['the service stores it differently from what was sent']),
    ...(replaces === null ? [] : [`it replaces ${replaces}; the replacement is not finished`]),
    ...(hold === null ? [] : [describeHold(label)]),
    ...(was === null ? [] : [`its status afterwards: ${was}`]),
  ];
}
