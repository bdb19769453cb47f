import type { Action, GuardRefusal, Operation, Plan } from '../../domain/plan.ts';
import type { GuardLimits } from '../../domain/policy.ts';
import { groupBy } from '../../lib/group-by.ts';
import { isCleanUp } from './apply-policy.ts';

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
}

/**
 * Operations that need a person's eye: deletions that somebody would miss, replacements, and what is taken over from
 * a previous owner.
 */
export function destructive(operations: readonly Operation[], owner: string): Action[] {
  return operations.filter(
    (operation): operation is Action =>
      operation.kind === 'replace' ||
      (operation.kind === 'delete' && !isCleanUp(operation)) ||
      (operation.kind === 'rename' && operation.managed.label.owner !== owner),
  );
}

/** Adds what refuses this plan, each with its numbers and the narrow flag. */
export function guard(plan: Plan, facts: GuardFacts): Plan {
  const doomed = destructive(plan.operations, plan.owner);
  if (doomed.length === 0) return plan;
  const flag = `--max-deletes ${doomed.length}`;
  const refuse = (
    name: GuardRefusal['guard'],
    limit: number,
    found: number,
    message: string,
  ): GuardRefusal[] => [
    { guard: name, limit, found, flag, message: `${message}; ${flag} allows it this once` },
  ];
  const what = describe(doomed, plan);
  if (facts.maxDeletes !== null) {
    const guards =
      doomed.length > facts.maxDeletes
        ? refuse(
            'max_deletes',
            facts.maxDeletes,
            doomed.length,
            `${what}, --max-deletes allows ${facts.maxDeletes}`,
          )
        : [];
    return { ...plan, guards };
  }

  const { max_deletes, max_delete_percent } = facts.limits;
  const percent = Math.ceil((1000 * doomed.length) / plan.owned) / 10;
  const unknown = doomed.filter(({ managed }) => facts.unknownRevs.has(managed?.label.rev ?? ''));
  return {
    ...plan,
    guards: [
      ...(facts.noManifests
        ? refuse('max_deletes', 0, doomed.length, `${what}, for there is no manifest at all`)
        : doomed.length > max_deletes
          ? refuse(
              'max_deletes',
              max_deletes,
              doomed.length,
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
            doomed.length,
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
    ],
  };
}

/** `3 of 12 owned triggers would be deleted or replaced, 4 taken over from acme/old` */
function describe(doomed: readonly Action[], { owner, owned }: Plan): string {
  const takenOver = groupBy(
    doomed.filter((one) => one.managed !== null && one.managed.label.owner !== owner),
    ({ managed }) => managed?.label.owner ?? '',
  );
  const lost = doomed.length - [...takenOver.values()].flat().length;
  const triggers = `owned ${owned === 1 ? 'trigger' : 'triggers'}`;
  const parts = [
    ...(lost > 0 || takenOver.size === 0
      ? [`${lost} of ${owned} ${triggers} would be deleted or replaced`]
      : []),
    ...[...takenOver].map(([from, { length }]) => `${length} would be taken over from ${from}`),
  ];
  return parts.join(', ');
}
