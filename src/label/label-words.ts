import type { Label } from '../domain/label.ts';
import { describeHold } from './describe-hold.ts';

/** What a label says, a sentence each, without full stops. Not yet made harmless. */
export function labelWords(label: Label): string[] {
  const { owner, name, status, protect, replaces, was, hold, rev, lastObserved } = label;
  return [
    `owned by ${owner}, made of the manifest ${name}`,
    rev === null ? 'no commit is recorded for the last write' : `written last from commit ${rev}`,
    status === null ? 'the manifest said nothing of its status' : `the manifest said status ${status}`,
    ...(protect ? ['protected: never deleted, never replaced'] : []),
    ...(lastObserved === null ? [] : ['the service stores it otherwise than it was sent']),
    ...(replaces === null ? [] : [`it replaces ${replaces}, and that is not finished`]),
    ...(hold === null ? [] : [describeHold(label)]),
    ...(was === null ? [] : [`it goes back to ${was}`]),
  ];
}
