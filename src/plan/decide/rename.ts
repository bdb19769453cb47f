import type { Change, Warning } from '../../domain/plan.ts';
import type { Comparison } from '../compare/compare.ts';
import { inManifestOrder } from '../compare/leaves.ts';
import type { ActionDraft, Draft } from '../operation/draft.ts';

/** Whether a live trigger carries the label of another name or of another owner than its manifest gives it. */
export function isRenamed({ manifest, managed: { label } }: Comparison, owner: string): boolean {
  return label.name !== manifest.desired.name || label.owner !== owner;
}

/** What makes a trigger equal to its manifest, done under its new name or for its new owner. */
export function asRename(draft: Draft, comparison: Comparison, owner: string): Draft {
  const changes = inManifestOrder([...nameChange(comparison), ...draft.changes]);
  const warnings = [...takeover(comparison, owner), ...draft.warnings];
  if (draft.kind === 'blocked' || draft.kind === 'replace') return { ...draft, changes, warnings };
  return { ...draft, kind: 'rename', cause: 'requested', changes, warnings } as ActionDraft;
}

function nameChange({ manifest, managed: { label } }: Comparison): Change[] {
  const { name } = manifest.desired;
  return label.name === name ? [] : [{ path: '/name', before: label.name, after: name }];
}

function takeover({ manifest, managed: { label } }: Comparison, owner: string): Warning[] {
  if (label.owner === owner) return [];
  const message = `taken over from ${label.owner}, its owner until now`;
  return [{ code: 'takeover', name: manifest.desired.name, message }];
}
