import type { Plan as PlanJson } from '../../../generated/plan.d.ts';
import type { Cause, Operation, OperationKind, Plan } from '../../domain/plan.ts';
import { KINDS } from '../../domain/plan.ts';
import type { Count } from '../text/environments-sum.ts';

/** What each kind is drawn as, in the order in which kinds are counted. */
export const SYMBOLS: Readonly<Record<OperationKind | 'blocked', string>> = {
  create: '+',
  update: '~',
  pause: '~',
  resume: '~',
  replace: '-/+',
  delete: '-',
  adopt: '~',
  rename: '~',
  release: '~',
  relabel: '~',
  blocked: '!',
};

/** What is said of an operation that writes only the label; null of any other. */
export function labelNote({ kind, changes }: { kind: string; changes: readonly unknown[] }): string | null {
  if (changes.length > 0 && (kind === 'adopt' || kind === 'rename')) return null;
  const done = LABEL_ONLY[kind];
  return done === undefined ? null : `only the ownership label in the description is ${done}`;
}

const LABEL_ONLY: Readonly<Partial<Record<string, string>>> = {
  relabel: 'rewritten',
  rename: 'rewritten',
  release: 'removed',
  adopt: 'added',
};

const CAUSES: Readonly<Record<Cause, string>> = {
  new: 'new',
  manifest: 'changed in Git',
  drift: 'drift: changed outside Git',
  both: 'changed in Git and outside it',
  removed: 'removed from the manifests',
  duplicate: 'a duplicate that mxt made',
  label: 'label out of date',
  hold: 'its hold has ended',
  requested: 'requested by a flag',
  recovery: 'left by an interrupted run',
};

/** What a manifest asks for by a member of its own; what else is requested is so by a flag. */
const CLAIMS: ReadonlySet<string | null> = new Set(['adopt', 'rename', 'release']);

/**
 * Why it is in the plan. A hold that stands in the way has not ended.
 *
 * @param kind what is done, or was intended
 */
export function causeWords(cause: Cause, kind: string | null, blockedBy: string | null): string {
  if (cause === 'hold' && blockedBy === 'hold') return 'paused by a hold, which mxt resume lifts';
  if (cause === 'requested' && CLAIMS.has(kind)) return 'requested in the manifest';
  return CAUSES[cause];
}

/** How many operations of each kind, every kind named: what the JSON calls `summary`. */
export function countKinds(plan: {
  readonly operations: readonly Pick<Operation, 'kind'>[];
  readonly unchanged: number;
}): Record<OperationKind | 'blocked' | 'unchanged', number> {
  const count = (kind: Operation['kind']) =>
    plan.operations.filter((operation) => operation.kind === kind).length;
  const kinds = Object.keys(SYMBOLS) as Operation['kind'][];
  const counts = Object.fromEntries(kinds.map((kind) => [kind, count(kind)]));
  return { ...(counts as Record<Operation['kind'], number>), unchanged: plan.unchanged };
}

/** `1 to create, 2 to update, 1 blocked, 4 unchanged`; kinds in the order of a plan, those without any left out. */
export function summarise(plan: Pick<PlanJson, 'summary'>): string {
  const counts = plan.summary;
  const todo = KINDS.filter((kind) => counts[kind] > 0).map((kind) => `${counts[kind]} to ${kind}`);
  const blocked = counts.blocked > 0 ? [`${counts.blocked} blocked`] : [];
  return [...todo, ...blocked, `${counts.unchanged} unchanged`].join(', ');
}

/** A summary as counts, for the sum over environments. */
export function summaryCounts(counts: PlanJson['summary']): readonly Count[] {
  return [
    ...KINDS.map((kind) => [counts[kind], `to ${kind}`] as const),
    [counts.blocked, 'blocked'],
    [counts.unchanged, 'unchanged'],
  ];
}

/** `2 unmanaged, 1 of other owners`: what is live and not ours, without what the plan adopts; null where there is none. */
export function notManaged({
  unmanaged,
  foreign,
  damaged,
  attached = null,
  operations = [],
}: Pick<Plan, 'unmanaged' | 'foreign' | 'damaged'> & {
  readonly attached?: number | null;
  readonly operations?: readonly { readonly kind: string }[];
}): string | null {
  const unclaimed = unmanaged - operations.filter(({ kind }) => kind === 'adopt').length;
  const parts = [
    unclaimed > 0 ? `${unclaimed} unmanaged` : '',
    foreign > 0 ? `${foreign} of other owners` : '',
    damaged > 0 ? `${damaged} that cannot be read` : '',
    attached !== null && attached > 0 ? `${attached} made by collections` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? null : parts.join(', ');
}

/** A remark as a sentence of its own. */
export function sentence(remark: string): string {
  return `${remark.charAt(0).toUpperCase()}${remark.slice(1)}.`;
}
