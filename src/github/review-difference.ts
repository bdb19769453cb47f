import { createTwoFilesPatch } from 'diff';
import type { Action } from '../domain/plan.ts';
import { printable, printableJson } from '../lib/printable.ts';
import type { RecordedOperation } from './record.ts';
import type { Review, ReviewedOperation } from './review.ts';

/** Longer values are cut: a diff is for reading. */
const VALUE_MAX = 300;

/** How an operation differs from the nearest one that was reviewed, as a unified diff of plan to plan; lines. */
export function difference(operation: Action, review: Review): string[] {
  const nearest = nearestOf(operation, review);
  const now = textOf({ ...operation, trigger_id: operation.managed?.id ?? null });
  const was = nearest === null ? [] : textOf(nearest);
  if (nearest !== null && was.join('\n') === now.join('\n')) {
    return [`reviewed in #${nearest.pull} with the same changes, but other requests`];
  }
  const patch = createTwoFilesPatch(
    nearest === null ? 'reviewed: nothing of this name' : `reviewed in #${nearest.pull}`,
    'planned now',
    lines(was),
    lines(now),
    undefined,
    undefined,
    { context: 10 },
  );
  return patch.split('\n').filter((line) => line !== '' && !/^(=+$|@@ )/.test(line));
}

/** Of the same name: rather the same kind, rather from a newer pull request. */
function nearestOf({ name, kind }: Action, { operations }: Review): ReviewedOperation | null {
  const named = operations.filter((one) => one.name === name);
  return named.find((one) => one.kind === kind) ?? named[0] ?? null;
}

/** A stable text of one operation: a line for what it is, then one for each side of each change. */
function textOf(operation: Omit<RecordedOperation, 'digest'>): string[] {
  const { kind, name, trigger_id, changes } = operation;
  return [
    `${kind} ${printable(name)}${trigger_id === null ? '' : ` ${printable(trigger_id)}`}`,
    ...(changes === null
      ? ['  (its changes were too long for the record)']
      : changes.flatMap(({ path, before, after }) => [
          `  ${printable(path)}`,
          `    before: ${value(before)}`,
          `    after:  ${value(after)}`,
        ])),
  ];
}

function value(of: unknown): string {
  const text = typeof of === 'object' && of !== null ? printableJson(of, 0) : printable(JSON.stringify(of));
  return text.length <= VALUE_MAX ? text : `${text.slice(0, VALUE_MAX).toWellFormed()}…`;
}

function lines(of: readonly string[]): string {
  return of.map((line) => `${line}\n`).join('');
}
