import type { GuardRefusal, Operation, Plan } from '../../domain/plan.ts';
import type { GuardLimits } from '../../domain/policy.ts';
import { groupBy } from '../../lib/group-by.ts';
import { overBudget } from './budget.ts';
import { costRiseRefusals } from './cost-rise.ts';
import { type OlderFacts, olderCommit } from './older-commit.ts';

/** From how many owned triggers on a share of them says something. */
const PERCENT_FROM = 10;
/** From how many owned triggers on it is no accident that none is in the manifests. */
const COPIED_FROM = 3;

export interface GuardFacts {
  readonly limits: GuardLimits;
  /** `--max-deletes N`: a person's word, which overrides every guard up to N; null where not given. */
  readonly maxDeletes: number | null;
  /** Revs of triggers to be deleted that a complete clone does not know. Empty for a shallow one. */
  readonly unknownRevs: ReadonlySet<string>;
  /** There is no manifest at all: `--allow-empty` lets such a plan be made, and a number must be said besides. */
  readonly noManifests?: boolean;
  /** Null where Git was not asked, or `--allow-older` is given. */
  readonly older?: OlderFacts | null;
  /** `lint` makes it an error, and nobody said `--max-credits`. */
  readonly refuseCostRise?: boolean;
}

/** Adds what refuses this plan, each with its numbers and the narrow flag. */
export function guard(plan: Plan, facts: GuardFacts): Plan {
  const older = facts.older == null ? [] : olderCommit(plan, facts.older);
  const rises = facts.refuseCostRise ? costRiseRefusals(plan) : [];
  return { ...plan, guards: [...older, ...guardHazards(plan, facts), ...overBudget(plan), ...rises] };
}

function guardHazards(plan: Plan, facts: GuardFacts): GuardRefusal[] {
  const isUnknown = ({ managed }: Operation) => facts.unknownRevs.has(managed?.label.rev ?? '');
  // What another checkout made is no copy of ours, whatever it looks like.
  const hazards = plan.operations.filter(
    (one) => one.hazard !== null || (one.kind === 'delete' && one.cause === 'recovery' && isUnknown(one)),
  );
  if (hazards.length === 0) return [];
  const flag = `--max-deletes ${hazards.length}`;
  const refuse = (
    name: GuardRefusal['guard'],
    limit: number,
    found: number,
    message: string,
  ): GuardRefusal[] => [
    { guard: name, limit, found, flag, message: `${message}; ${flag} allows it this once` },
  ];
  const what = describe(hazards, plan);
  if (facts.maxDeletes !== null) {
    const over = hazards.length > facts.maxDeletes;
    const message = `${what}, --max-deletes allows ${facts.maxDeletes}`;
    return over ? refuse('max_deletes', facts.maxDeletes, hazards.length, message) : [];
  }

  const { max_deletes, max_delete_percent } = facts.limits;
  const unknown = hazards.filter(isUnknown);
  const percent = Math.ceil((1000 * hazards.length) / plan.owned) / 10;
  return [
    ...(facts.noManifests
      ? refuse('max_deletes', 0, hazards.length, `${what}, because there is no manifest`)
      : hazards.length > max_deletes
        ? refuse(
            'max_deletes',
            max_deletes,
            hazards.length,
            `${what}, guard.max_deletes allows ${max_deletes}`,
          )
        : []),
    ...(plan.owned >= PERCENT_FROM && percent > max_delete_percent
      ? refuse(
          'max_delete_percent',
          max_delete_percent,
          percent,
          `${what} (${percent} %), guard.max_delete_percent allows ${max_delete_percent} %`,
        )
      : []),
    ...(plan.owned >= COPIED_FROM && plan.declared === 0
      ? refuse(
          'copied_owner',
          0,
          hazards.length,
          `none of the ${plan.owned} triggers that ${plan.owner} owns is in these manifests: ` +
            'is this a copy of another repository that kept its owner?',
        )
      : []),
    ...(unknown.length > 0
      ? refuse(
          'unknown_rev',
          0,
          unknown.length,
          `${unknown.length} of the triggers to be deleted or replaced ${unknown.length === 1 ? 'was' : 'were'} ` +
            `last written from a commit that this clone does not have (${unknown[0]?.managed?.label.rev}): ` +
            'is the clone behind, or is this another repository with the same owner?',
        )
      : []),
  ];
}

/** `3 of 12 owned triggers would be deleted or replaced, 4 would be taken over from acme/old` */
function describe(hazards: readonly Operation[], { owner, owned }: Plan): string {
  const ownerOf = ({ managed }: Operation) => managed?.label.owner ?? owner;
  const { [owner]: lost = [], ...takenOver } = Object.fromEntries(groupBy(hazards, ownerOf));
  const triggers = `owned ${owned === 1 ? 'trigger' : 'triggers'}`;
  return [
    ...(lost.length > 0 ? [`${lost.length} of ${owned} ${triggers} would be deleted or replaced`] : []),
    ...Object.entries(takenOver).map(([from, { length }]) => `${length} would be taken over from ${from}`),
  ].join(', ');
}
