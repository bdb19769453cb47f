import { nearest } from '../lib/suggest.ts';
import { findingAt } from './finding.ts';
import type { Check } from './lint-context.ts';

/** Words that the service has shown so far, in its documents and its answers. It takes others as well. */
const SEEN: Readonly<Record<string, readonly string[]>> = {
  event_type: ['documents_added', 'documents_updated', 'batch_completed'],
  condition_type: ['drift', 'volume', 'quality', 'custom'],
  metric: ['cosine_drift', 'embedding_drift'],
};

/** Words that nobody has seen: the service takes a typo, and the trigger waits for ever. */
export const findUnseenWords: Check = ({ desired, wanted }) =>
  desired.flatMap((manifest) =>
    !wanted(manifest.name)
      ? []
      : Object.entries(SEEN).flatMap(([member, seen]) => {
          const word = manifest.patchable.schedule_config[member];
          if (typeof word !== 'string' || seen.includes(word)) return [];
          const [near] = nearest(word, seen);
          const message = `waits for the ${member} ${word}, which nobody has seen yet`;
          const hint = near === undefined ? `seen so far: ${seen.join(', ')}` : `did you mean ${near}?`;
          return [findingAt(manifest, ['schedule_config', member], 'unseen_word', message, hint)];
        }),
  );
