import type { Warning } from '../../domain/plan.ts';
import type { Attached } from '../observe/observe.ts';
import { type ActionDraft, blocked, type Draft } from '../operation/draft.ts';

/** Triggers that a collection made are never deleted or replaced, and adopted only with a word about it. */
export function keepAttached(attached: Attached, drafts: readonly Draft[]): Draft[] {
  return attached === null ? [...drafts] : drafts.map((draft) => keptFor(draft, attached));
}

function keptFor(draft: Draft, attached: NonNullable<Attached>): Draft {
  if (draft.kind === 'blocked' || draft.managed?.fixed.action_type !== 'collection_trigger') return draft;
  const { id } = draft.managed;
  const destroys = draft.kind === 'delete' || draft.kind === 'replace';
  if (attached === 'forbidden') {
    const why = 'whether a collection holds it cannot be told: this key may not read collections';
    return destroys ? blocked(draft, 'attached', why) : draft;
  }
  if (!attached.has(id)) return draft;
  if (destroys) {
    return blocked(draft, 'attached', `a collection made ${id} and holds it: change the schedule there`);
  }
  return draft.kind === 'adopt' ? warned(draft) : draft;
}

function warned(draft: ActionDraft): Draft {
  const message = 'a collection made it and still holds it: mxt will never delete or replace it';
  const warning: Warning = { code: 'attached', name: draft.name, message };
  return { ...draft, warnings: [...draft.warnings, warning] };
}
