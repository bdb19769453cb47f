import type { Warning } from '../../domain/plan.ts';
import type { Draft } from '../operation/draft.ts';
import { unknownMembers } from '../operation/unknown-members.ts';

/**
 * What a write takes away that neither the manifest nor the schema knows: of all of a trigger that is replaced, and of
 * the schedule where that is sent, which the service replaces whole.
 */
export function sayDrops(draft: Draft): Draft {
  const { managed, name } = draft;
  if (draft.kind === 'blocked' || managed === null) return draft;
  const made = draft.requests.find(({ op }) => op === 'create');
  const sent = made ?? draft.requests.find(({ op, body }) => op === 'patch' && body.schedule_config);
  if (sent?.op !== 'create' && sent?.op !== 'patch') return draft;
  const paths = Object.entries(unknownMembers(sent.body, managed)).flatMap(([section, members]) =>
    Object.keys(members).map((member) => `${section}.${member}`),
  );
  if (paths.length === 0) return draft;
  const [it, is] = paths.length === 1 ? ['it', 'is'] : ['them', 'are'];
  const what = made
    ? 'the new trigger is made'
    : 'the service replaces a schedule whole, and this one is sent';
  const message =
    `${what} without ${paths.join(', ')}, which ${is} unknown to mxt: ` +
    `to keep ${it}, write ${it} in the manifest and in allow_unknown of mxt.yaml`;
  const warning: Warning = { code: 'replace_drops', name, message };
  return { ...draft, warnings: [...draft.warnings, warning] };
}
