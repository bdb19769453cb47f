import type { Desired } from '../../domain/manifest.ts';
import type { Change, Managed, Warning } from '../../domain/plan.ts';
import { inManifestOrder } from '../compare/leaves.ts';
import type { Context } from '../context.ts';
import type { ActionDraft, Draft } from '../operation/draft.ts';

/** Whether a live trigger carries the label of another name or of another owner than its manifest gives it. */
export function isRenamed(desired: Desired, { label }: Managed, { owner }: Context): boolean {
  return label.name !== desired.name || label.owner !== owner;
}

/** What makes a trigger equal to its manifest, done under its new name or for its new owner. */
export function asRename(draft: Draft, desired: Desired, managed: Managed, context: Context): Draft {
  const changes = inManifestOrder([...nameChange(desired, managed), ...draft.changes]);
  const warnings = [...takeover(desired, managed, context), ...draft.warnings];
  if (draft.kind === 'blocked' || draft.kind === 'replace') return { ...draft, changes, warnings };
  return { ...draft, kind: 'rename', cause: 'requested', changes, warnings } as ActionDraft;
}

function nameChange({ name }: Desired, { label }: Managed): Change[] {
  return label.name === name ? [] : [{ path: '/name', before: label.name, after: name }];
}

function takeover({ name }: Desired, { label }: Managed, { owner }: Context): Warning[] {
  if (label.owner === owner) return [];
  return [{ code: 'takeover', name, message: `taken over from ${label.owner}, its owner until now` }];
}
