import type { Json, JsonObject } from '../../domain/json.ts';
import type { Change } from '../../domain/plan.ts';
import { canonicalJson } from '../../lib/canonical.ts';
import { leaves } from '../../lib/pointer.ts';
import { manifestShape } from '../../schema/known.ts';

/** What differs between two objects: one change per leaf, an array being one value, sorted by path. */
export function diffLeaves(before: JsonObject, after: JsonObject): Change[] {
  // Most of what is compared is equal, in the order of its keys too.
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const old = leaves(before);
  const now = leaves(after);
  const paths = [...new Set([...old.keys(), ...now.keys()])].sort();
  return paths.flatMap((path) => {
    const change = { path, before: old.get(path) ?? null, after: now.get(path) ?? null };
    // Absent is null: inside `filters`, where null is a value of its own, only the presence may differ.
    const same = old.has(path) === now.has(path) && equal(change.before, change.after);
    return same ? [] : [change];
  });
}

function equal(left: Json, right: Json): boolean {
  return left === right || canonicalJson(left) === canonicalJson(right);
}

/** The order in which a manifest's own keys stand, so that a change reads like a manifest. */
const ORDER = Object.keys(manifestShape.properties ?? {}).map((key) => `/${key}`);

function rank(path: string): number {
  const at = ORDER.findIndex((root) => path === root || path.startsWith(`${root}/`));
  return at === -1 ? ORDER.length : at;
}

export function inManifestOrder(changes: readonly Change[]): Change[] {
  return [...changes].sort(
    (a, b) => rank(a.path) - rank(b.path) || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0),
  );
}
