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
  if (attached !== 'forbidden' && !attached.has(id)) return draft;
  const [why, what] =
    attached === 'forbidden'
      ? UNKNOWN
      : [`a collection made ${id} and holds it: change the schedule there`, MADE];
  if (draft.kind === 'delete' || draft.kind === 'replace') return blocked(draft, 'attached', why);
  return draft.kind === 'adopt' ? warned(draft, what) : draft;
}

const MADE = 'a collection made it and still holds it: mxt will never delete or replace it';
const CANNOT_TELL = 'whether a collection holds it is unknown: this key may not read collections';
/** Why it is blocked, and what is said where it is adopted. */
const UNKNOWN = [CANNOT_TELL, `${CANNOT_TELL}; without that, mxt will not delete or replace it`] as const;

function warned(draft: ActionDraft, message: string): Draft {
  const warning: Warning = { code: 'attached', name: draft.name, message };
  return { ...draft, warnings: [...draft.warnings, warning] };
}
