import type { Source } from '../domain/manifest.ts';
import { type Diagnostic, diagnosticAt } from './check/diagnostic.ts';
import type { Composable } from './compose/compose.ts';

const NAME = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** A key that makes no name. What is wrong with a name that stands alone, the schema says. */
export function nameFault({ name, each }: Composable): Diagnostic | null {
  if (each === null || typeof name !== 'string' || NAME.test(name)) return null;
  const message = `the key ${JSON.stringify(each.key)} makes ${JSON.stringify(name)}, which is no name: a name has 1 to 63 of a-z, 0-9 and -`;
  return diagnosticAt(each.at, each.on, 'for_each', message, null);
}

/** Takes a name for a manifest; a diagnostic where an earlier one, in this file or another, has taken it. */
export function claim(
  { name, each }: Pick<Composable, 'name' | 'each'>,
  source: Source,
  names: Map<string, Source>,
): Diagnostic | null {
  if (typeof name !== 'string') return null;
  const first = names.get(name);
  if (first === undefined) {
    names.set(name, source);
    return null;
  }
  const taken = `the name ${JSON.stringify(name)} is already taken by ${first.file}:${first.line}`;
  const hint = 'give each trigger a name of its own';
  return each === null
    ? diagnosticAt(['name'], 'value', 'duplicate_name', taken, hint)
    : diagnosticAt(each.at, each.on, 'duplicate_name', `${taken} (for the key ${each.key})`, hint);
}
