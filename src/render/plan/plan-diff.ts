import type { Operation, Plan } from '../../../generated/plan.d.ts';
import type { Json } from '../../domain/json.ts';
import { showPath, showValue } from '../text/value.ts';

/** How one plan differs from another, a line per operation: what a person needs to see why a plan is stale. */
export function planDifferences(before: Plan, now: Plan): string[] {
  const old = new Map(before.operations.map((operation) => [keyOf(operation), operation]));
  const current = new Map(now.operations.map((operation) => [keyOf(operation), operation]));
  const keys = [...new Set([...old.keys(), ...current.keys()])].sort();
  return keys.flatMap((key) => {
    const [was, is] = [old.get(key), current.get(key)];
    if (was === undefined && is !== undefined)
      return [`${is.name}: ${is.kind} is now planned, and was not before`];
    if (is === undefined && was !== undefined) return [`${was.name}: ${was.kind} is no longer planned`];
    if (was === undefined || is === undefined || was.digest === is.digest) return [];
    return [`${is.name}: ${describe(was, is)}`];
  });
}

function keyOf({ name, trigger_id }: Operation): string {
  return `${name}\0${trigger_id ?? ''}`;
}

function describe(was: Operation, is: Operation): string {
  if (was.kind !== is.kind) return `${was.kind} was planned, now ${is.kind} is`;
  const old = new Map(was.changes.map((change) => [change.path, change]));
  const moved = is.changes.filter(({ path, before, after }) => {
    const then = old.get(path);
    return then === undefined || !same(then.before, before) || !same(then.after, after);
  });
  const gone = was.changes.filter(({ path }) => !is.changes.some((change) => change.path === path));
  const parts = [
    ...moved.map(({ path, before, after }) => `${showPath(path)} is now ${show(before)} → ${show(after)}`),
    ...gone.map(({ path }) => `${showPath(path)} no longer differs`),
  ];
  return parts.length > 0 ? parts.join('; ') : `still ${is.kind}, with other requests`;
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function show(value: unknown): string {
  return value === null ? '(none)' : showValue(value as Json, { width: null });
}
