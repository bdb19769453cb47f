import { MxtError } from '../../errors.ts';
import { nearest } from '../../lib/suggest.ts';

/** `--only` and `--except`: operations by name. Empty lists select everything. */
export interface Selection {
  readonly only: readonly string[];
  readonly except: readonly string[];
}

export function selects({ only, except }: Selection, name: string): boolean {
  return (only.length === 0 || only.includes(name)) && !except.includes(name);
}

/** A name that nothing has is a typo, and a typo must not come out as "nothing to do". */
export function checkNames(flag: string, names: readonly string[], known: ReadonlySet<string>): void {
  for (const name of names) {
    if (known.has(name)) continue;
    const [near] = nearest(name, known);
    throw new MxtError('usage', `${flag} ${name}: no manifest and no managed trigger has this name`, {
      ...(near === undefined ? {} : { hint: `Did you mean ${near}?` }),
    });
  }
}
