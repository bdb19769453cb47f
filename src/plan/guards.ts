import type { Action, GuardRefusal, Operation, Plan } from '../domain/plan.ts';
import type { GuardLimits } from '../domain/policy.ts';
import { isCleanUp } from './policy.ts';

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
}

/** Operations that cost a trigger its life: deletions that somebody would miss, and replacements. */
export function destructive(operations: readonly Operation[]): Action[] {
  return operations.filter(
    (operation): operation is Action =>
      operation.kind === 'replace' || (operation.kind === 'delete' && !isCleanUp(operation)),
  );
}

/** Adds what refuses this plan, each with its numbers and the narrow flag. */
export function guard(plan: Plan, facts: GuardFacts): Plan {
  const doomed = destructive(plan.operations);
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
  const what = `${doomed.length} of ${plan.owned} owned ${plan.owned === 1 ? 'trigger' : 'triggers'} would be deleted or replaced`;
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
      ...(doomed.length > max_deletes
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
