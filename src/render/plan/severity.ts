import type { Operation as OperationJson, Plan as PlanJson } from '../../../generated/plan.d.ts';

/** Kinds from the one that cannot be undone to the one that changes a label: what a reviewer must see first. */
export const SEVERITY: readonly OperationJson['kind'][] = [
  'delete',
  'replace',
  'rename',
  'blocked',
  'update',
  'create',
  'adopt',
  'release',
  'resume',
  'pause',
  'relabel',
];

export interface Section {
  readonly key: 'grave' | 'changes' | 'drift' | 'pending';
  readonly title: string;
  /** A sentence below the title; null where the title says it all. */
  readonly note: string | null;
  /** The gravest first, at least one. */
  readonly operations: readonly OperationJson[];
}

/** In every format. */
export const PENDING_TITLE = "Pending already, not this change's";

const SECTIONS: readonly Omit<Section, 'operations'>[] = [
  { key: 'grave', title: 'Look at these first', note: null },
  { key: 'changes', title: 'Changes', note: null },
  {
    key: 'drift',
    title: 'Changed outside Git',
    note: 'Live was changed by hand or by the service; apply makes it equal to the manifests again.',
  },
  {
    key: 'pending',
    title: PENDING_TITLE,
    note: "The base revision's manifests alone would make these changes too.",
  },
];

/** The operations of a plan as a reviewer reads them. Sections without any are left out. */
export function sectionsOf({ operations }: Pick<PlanJson, 'operations'>): Section[] {
  return SECTIONS.map((section) => ({
    ...section,
    operations: bySeverity(operations.filter((operation) => sectionOf(operation) === section.key)),
  })).filter((section) => section.operations.length > 0);
}

/** Drift is drift, though the base would put it right as well: what happened says more than whose it is. */
function sectionOf({ kind, cause, hazard, pending }: OperationJson): Section['key'] {
  if (pending) return cause === 'drift' ? 'drift' : 'pending';
  if (hazard || kind === 'blocked') return 'grave';
  return cause === 'drift' ? 'drift' : 'changes';
}

/** Stable: operations of one kind stay in the plan's order. */
export function bySeverity<T extends Pick<OperationJson, 'kind'>>(operations: readonly T[]): T[] {
  return [...operations].sort((a, b) => SEVERITY.indexOf(a.kind) - SEVERITY.indexOf(b.kind));
}

/** `1 to delete, 1 blocked, 2 to create`: kinds by danger, those without any left out; empty where there is none. */
export function countBySeverity(operations: readonly Pick<OperationJson, 'kind'>[]): string {
  return SEVERITY.map((kind) => ({ kind, count: operations.filter((one) => one.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => (kind === 'blocked' ? `${count} blocked` : `${count} to ${kind}`))
    .join(', ');
}
