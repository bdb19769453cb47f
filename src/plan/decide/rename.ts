import type { Change, Warning } from '../../domain/plan.ts';
import type { Comparison } from '../compare/compare.ts';
import { inManifestOrder } from '../compare/leaves.ts';
import type { ActionDraft, Draft } from '../operation/draft.ts';
import { followsName } from '../operation/requests.ts';

/** Whether a live trigger carries the label of another name or of another owner than its manifest gives it. */
export function isRenamed({ manifest, managed: { label } }: Comparison, owner: string): boolean {
  return label.name !== manifest.desired.name || label.owner !== owner;
}

/** What makes a trigger equal to its manifest, done under its new name or for its new owner. */
export function asRename(draft: Draft, comparison: Comparison, owner: string): Draft {
  const title = titleChange(comparison);
  const changes = inManifestOrder([...nameChange(comparison), ...title, ...draft.changes]);
  const warnings = [...takeover(comparison, owner), ...draft.warnings];
  if (draft.kind === 'blocked' || draft.kind === 'replace') return { ...draft, changes, warnings };
  const { name } = comparison.manifest.desired;
  const requests = draft.requests.map((request) =>
    request.op === 'patch' && title.length > 0 ? { ...request, body: { ...request.body, name } } : request,
  );
  return { ...draft, kind: 'rename', cause: 'requested', changes, requests, warnings } as ActionDraft;
}

function nameChange({ manifest, managed: { label } }: Comparison): Change[] {
  const { name } = manifest.desired;
  return label.name === name ? [] : [{ path: '/name', before: label.name, after: name }];
}

/** What the service calls `name` follows, where it was the old name and no title is given. */
function titleChange({ manifest, managed }: Comparison): Change[] {
  const { name, title } = manifest.desired;
  if (title !== null || managed.label.name === name || !followsName(managed)) return [];
  return [{ path: '/title', before: managed.label.name, after: name }];
}

function takeover({ manifest, managed: { label } }: Comparison, owner: string): Warning[] {
  if (label.owner === owner) return [];
  const message = `taken over from ${label.owner}, its owner until now`;
  return [{ code: 'takeover', name: manifest.desired.name, message }];
}
