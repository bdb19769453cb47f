import type { Plan as PlanJson } from '../../../generated/plan.d.ts';
import { KINDS } from '../../domain/plan.ts';
import { MxtError } from '../../errors.ts';
import { printable } from '../../lib/printable.ts';
import { digestOperation, digestPlan } from '../../plan/operation/digest.ts';
import { countKinds } from '../../render/plan/plan-words.ts';
import type { Io } from '../../terminal/io.ts';

const KINDS_OF_SUMMARY = [...KINDS, 'blocked'] as const;

/**
 * Whether a saved plan is no longer as it was saved, in words; null where it is. A digest that fits live proves nothing
 * where the operations beside it, which a person reads, were edited.
 */
export function editsOf(saved: PlanJson): string | null {
  const changed = saved.operations.filter((one) => digestOperation(one) !== one.digest);
  const counts = countKinds({ ...saved, unchanged: saved.summary.unchanged });
  const miscounted = KINDS_OF_SUMMARY.filter((kind) => saved.summary[kind] !== counts[kind]);
  if (changed.length + miscounted.length === 0 && digestPlan(saved) === saved.digest) return null;
  const names = [
    ...changed.map(({ kind, name }) => `  ${kind} ${name}: its content does not match its digest`),
    ...miscounted.map(
      (kind) => `  summary: it counts ${saved.summary[kind]} to ${kind}, and there are ${counts[kind]}`,
    ),
  ];
  return ['the saved plan was changed since it was saved', ...names].join('\n');
}

/** @throws MxtError `refused` where a saved plan was edited */
export function assertIntact(saved: PlanJson): void {
  const edits = editsOf(saved);
  if (edits === null) return;
  throw new MxtError('refused', edits, {
    hint: 'Nothing was changed. Plan again with mxt plan --out FILE.',
  });
}

/** Says so, for a command that only shows the plan. */
export function warnOfEdits(saved: PlanJson, io: Io): void {
  const edits = editsOf(saved);
  if (edits === null) return;
  const lines = edits.split('\n').map(printable);
  io.err(`warning: ${lines.join('\n')}\n  Apply refuses it.\n`);
}
