import type { Desired } from '../../domain/manifest.ts';
import type { Managed, Warning } from '../../domain/plan.ts';
import { type Comparison, compare } from '../compare/compare.ts';
import type { Manifest } from '../compare/normalise.ts';
import type { Claim } from '../match/claims.ts';
import type { Lookalikes } from '../match/lookalikes.ts';
import type { Match } from '../match/match.ts';
import { blocked, type Draft, overrideBlock } from '../operation/draft.ts';
import type { Writer } from '../operation/next-label.ts';
import { planAdopt } from './adopt.ts';
import { planCreate } from './create.ts';
import { resolveDuplicates } from './duplicates.ts';
import { planExisting } from './existing.ts';
import { normalisationWarnings } from './normalisation-warnings.ts';
import { planDelete } from './remove.ts';
import type { Requested } from './requested.ts';

export interface Decider {
  readonly writer: Writer;
  readonly requestedFor: (name: string) => Requested;
  /** `--create-missing`: what is to be adopted and is not there is made anew. */
  readonly createMissing: boolean;
  /** Asked for only where something is created. */
  readonly lookalikes: () => Lookalikes;
}

/** Everything that is to be done about one name, and what is worth a word though nothing is done about it. */
export interface Decision {
  readonly drafts: readonly Draft[];
  readonly warnings: readonly Warning[];
}

export function decide(match: Match, decider: Decider): Decision {
  const { manifest, live, claim, rival } = match;
  if (manifest !== null && claim !== null && claim.obstacle !== null) {
    return asDecision([decideObstructed(manifest, claim, claim.obstacle, decider)]);
  }
  if (manifest !== null && live.length === 0) {
    const { writer, lookalikes } = decider;
    return asDecision(manifest.desired.release ? [] : [planCreate(manifest, writer, lookalikes())]);
  }
  const { drafts, survivor } = resolveDuplicates(manifest, live, decider.writer);
  const comparison = manifest === null || survivor === null ? null : compare(manifest, survivor);
  const decided =
    survivor === null
      ? null
      : comparison === null
        ? decideRemoved(survivor)
        : decideOne(comparison, claim, decider);
  const left = manifest === null ? null : editedCopy(manifest.desired, drafts);
  const draft = decided === null || left === null ? decided : overrideBlock(decided, 'duplicate', left);
  const own = keepTies(match.name, draft === null ? drafts : [...drafts, draft]);
  return {
    drafts: [
      ...(rival === null ? own : own.map((one) => overrideBlock(one, 'conflict', rival))),
      ...besides(match, decider),
    ],
    warnings: [...match.warnings, ...(comparison === null ? [] : normalisationWarnings(comparison))],
  };
}

/** A previous owner's trigger of a name that is ours already: both run, and which one is meant nobody but a person knows. */
function besides({ manifest, live, beside }: Match, decider: Decider): Draft[] {
  if (manifest === null) return [];
  return beside.flatMap((theirs) => {
    const draft = decideOne(compare(manifest, theirs), null, decider);
    const why =
      `${theirs.id} of ${theirs.label.owner} has this name too, and ${live[0]?.id} has its place already: ` +
      'delete one of the two by hand, or release it there';
    return draft === null ? [] : [overrideBlock(draft, 'duplicate', why)];
  });
}

function asDecision(drafts: readonly Draft[]): Decision {
  return { drafts, warnings: [] };
}

/**
 * What a cut-off replacement made is the only thing that ties a trigger under an old name to its manifest. While that
 * trigger is blocked the tie stays: without it the next run would take the trigger for one whose manifest was removed.
 */
function keepTies(name: string, drafts: readonly Draft[]): readonly Draft[] {
  const stuck = drafts.filter(({ kind, managed }) => kind === 'blocked' && managed?.label.name !== name);
  return drafts.map((one) => {
    const old = stuck.find(({ managed }) => managed?.id === one.managed?.label.replaces);
    if (old?.kind !== 'blocked' || one.kind !== 'delete') return one;
    const why = `it is kept while ${old.managed?.id}, which it was to replace, is blocked`;
    return overrideBlock(one, old.blocked_by, why);
  });
}

function decideOne(
  comparison: Comparison,
  claim: Claim | null,
  { writer, requestedFor }: Decider,
): Draft | null {
  const requested = requestedFor(comparison.manifest.desired.name);
  return claim?.how === 'adopt'
    ? planAdopt(comparison, writer, requested)
    : planExisting(comparison, writer, requested);
}

/** What a manifest claims and must not have: shown with all that it would change. */
function decideObstructed(
  manifest: Manifest,
  claim: Claim,
  { by, message }: NonNullable<Claim['obstacle']>,
  decider: Decider,
): Draft {
  const [first] = claim.candidates;
  if (first === undefined) {
    const create = planCreate(manifest, decider.writer, decider.lookalikes());
    if (decider.createMissing) return { ...create, cause: 'requested' };
    return { ...overrideBlock(create, by, message), intended: claim.how, cause: 'requested', changes: [] };
  }
  const draft = decideOne(compare(manifest, first), claim, decider);
  if (draft === null) throw new Error('a trigger under another name equals its manifest');
  return overrideBlock(draft, by, message);
}

/**
 * Why a trigger must not go on alone: an edited copy that stays under the old name would look like one whose manifest
 * was removed, and one that is released by itself would be followed by its copy. Null where there is no such copy.
 */
function editedCopy({ name, release }: Desired, drafts: readonly Draft[]): string | null {
  const copy = drafts.find(
    ({ kind, managed }) => kind === 'blocked' && (release || managed?.label.name !== name),
  )?.managed;
  if (copy == null) return null;
  return `${copy.id}, an edited copy of it, also has the name ${copy.label.name}: resolve the copy first`;
}

/** An owned trigger that no manifest names. Its label remembers the protection that its manifest gave it. */
function decideRemoved(managed: Managed): Draft {
  const draft = planDelete(managed, 'removed');
  if (!managed.label.protect) return draft;
  return blocked(
    draft,
    'protected',
    'it was protected when its manifest was removed: restore the manifest without lifecycle.protect, apply, ' +
      'then remove it',
  );
}
