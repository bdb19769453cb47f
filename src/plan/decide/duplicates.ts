import type { Cause, Managed } from '../../domain/plan.ts';
import { compare } from '../compare/compare.ts';
import type { Manifest } from '../compare/normalise.ts';
import { byAge, isUntouched, survivorOf } from '../compare/survivor.ts';
import { isUnmodifiedSinceCreate } from '../observe/observe.ts';
import { blocked, type Draft } from '../operation/draft.ts';
import type { Writer } from '../operation/next-label.ts';
import { planDelete } from './remove.ts';
import { finishReplace } from './replace.ts';

/** What is left of a name's live triggers once leftovers and duplicates have been dealt with. */
export interface DuplicateResolution {
  readonly drafts: readonly Draft[];
  /** The one to plan as usual; null where a draft has dealt with it. */
  readonly survivor: Managed | null;
}

/**
 * Several live triggers of one name. A pair tied by `replaces` is a replacement under way: finished, or taken
 * back. Everything beyond it is a duplicate: removed where nobody touched it since we wrote it, else left alone.
 *
 * @param manifest null where none names them
 */
export function resolveDuplicates(
  manifest: Manifest | null,
  group: readonly Managed[],
  writer: Writer,
): DuplicateResolution {
  const oldestFirst = [...group].sort(byAge);
  const [only, second] = oldestFirst;
  if (only === undefined || second === undefined) return { drafts: [], survivor: only ?? null };

  const compared = manifest === null ? [] : oldestFirst.map((one) => compare(manifest, one));
  for (const made of compared) {
    const old = compared.find(({ managed }) => managed.id === made.managed.label.replaces);
    const finished = old && finishReplace(old, made, writer);
    if (!old || !finished) continue;
    const others = oldestFirst.filter((one) => one !== old.managed && one !== made.managed);
    return {
      drafts: [finished, ...others.map((one) => removeCopy(manifest, one, made.managed))],
      survivor: null,
    };
  }

  const isNew = (one: Managed) => oldestFirst.some(({ id }) => id === one.label.replaces);
  const survivor =
    survivorOf(
      manifest,
      oldestFirst.filter((one) => !isNew(one)),
    ) ?? only;
  const drafts = oldestFirst
    .filter((one) => one !== survivor)
    .map((one) => removeCopy(manifest, one, survivor, isNew(one) ? 'recovery' : 'duplicate'));
  if (manifest === null && drafts.some(({ kind }) => kind === 'blocked')) {
    return { drafts: [...drafts, keepBeside(survivor)], survivor: null };
  }
  return { drafts, survivor };
}

/** Alone, the edited copy would look like a trigger whose manifest was removed, and go in the next run. */
function keepBeside(survivor: Managed): Draft {
  return blocked(
    planDelete(survivor, 'removed'),
    'duplicate',
    'it has no manifest, but an edited copy of it exists: resolve the copy first',
  );
}

function removeCopy(
  manifest: Manifest | null,
  copy: Managed,
  survivor: Managed,
  cause: Cause = 'duplicate',
): Draft {
  // It goes because another one is there: apply looks at that one too.
  const draft = { ...planDelete(copy, cause), preconditions: [copy.live, survivor.live] };
  // What a cut-off replacement made is still as it was made, whatever the service made of it.
  const untouched = isUntouched(manifest, copy) || (cause === 'recovery' && isUnmodifiedSinceCreate(copy));
  if (untouched && !(copy.held && !survivor.held)) return draft;
  return blocked(
    draft,
    'duplicate',
    `a second trigger with this name, edited since it was created; ${survivor.id} is kept: ` +
      `release this one (mxt release ${copy.id}) or delete it by hand`,
  );
}
