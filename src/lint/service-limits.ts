import type { Label } from '../domain/label.ts';
import { formatLabel } from '../label/format-label.ts';
import { type Finding, findingAt } from './finding.ts';
import type { Check } from './lint-context.ts';
import { number } from './lint-words.ts';

/** How many active triggers a namespace may have, by a page of the service that is gone. */
const MOST_ACTIVE = 50;

/** More active triggers than the service once documented. Those of others count as well, and are not known here. */
export const findManyActive: Check = ({ desired, wanted }) => {
  const active = desired.filter(({ status }) => status !== 'paused');
  const place = active.find(({ name }) => wanted(name));
  if (active.length <= MOST_ACTIVE || place === undefined) return [];
  const finding: Finding = {
    ...findingAt(
      place,
      ['status'],
      'many_active',
      `${number(active.length)} triggers are active; the service once documented ${MOST_ACTIVE} as the most of a namespace`,
      'ask the service for your limit, or pause some',
    ),
    about: active.map(({ name }) => name),
  };
  return [finding];
};

/** What a hash or a commit is in a label, as far as its length goes. */
const HASHES = { fixed: '0'.repeat(8), patchable: '0'.repeat(8) };
const REV = '0'.repeat(12);

/** A description that the label makes longer than the service may take. A hold makes it longer still, for a while. */
export const findNoLabelRoom: Check = ({ desired, label: { owner, limit }, wanted }) => {
  const longest = labelOf({ owner, name: '', status: 'paused', protect: true }).length;
  return desired.flatMap((manifest) => {
    const { name, status, protect, patchable } = manifest;
    const text = patchable.description ?? '';
    // Nearly every one: names are written into a label as they are.
    if (text.length + SPACE + longest + name.length <= limit || !wanted(name)) return [];
    const own = lengthOf(text);
    const more = (own === 0 ? 0 : SPACE) + labelOf({ owner, name, status, protect }).length;
    if (own + more <= limit) return [];
    const message = `has a description of ${number(own)} characters, and its label takes up to ${number(more)} more: over ${number(limit)}, which the service may refuse`;
    const hint = 'shorten it, or set description_limit in mxt.yaml to what your service takes';
    return [findingAt(manifest, ['description'], 'no_label_room', message, hint)];
  });
};

/** The empty line between the text and its label. */
const SPACE = 2;

/** As long as the label of a trigger may become: in ASCII. */
function labelOf(trigger: Pick<Label, 'owner' | 'name' | 'status' | 'protect'>): string {
  return formatLabel({
    ...trigger,
    ...{ spec: HASHES, lastObserved: HASHES, rev: REV, replaces: null, was: null },
    ...{ hold: null, by: null, until: null, unknown: [] },
  });
}

/** As Python counts: by code points. */
function lengthOf(text: string): number {
  return [...text].length;
}
