import { MxtError } from '../../errors.ts';
import { nearest } from '../../lib/suggest.ts';
import { globMatcher, SPECIAL } from './glob.ts';

/** `--only` and `--except` as they are given: names, globs of names, `tag:nightly`. Empty lists select everything. */
export interface Selection {
  readonly only: readonly string[];
  readonly except: readonly string[];
}

/** What a pattern may be about. */
export interface Selectable {
  readonly name: string;
  /** Where something goes by its id as well. */
  readonly id?: string;
  /** Those of its manifest; missing where it has none. */
  readonly tags?: readonly string[];
}

const TAG = 'tag:';

/** Whether some pattern is about tags: then it says nothing of what has no manifest, and that is left alone. */
export function asksForTags({ only, except }: Selection): boolean {
  return [...only, ...except].some((pattern) => pattern.startsWith(TAG));
}

export function isEverything({ only, except }: Selection): boolean {
  return only.length + except.length === 0;
}

/** Compiles patterns, once for all that they are asked about. */
export function selectorOf({ only, except }: Selection): (one: Selectable) => boolean {
  const [wanted, unwanted] = [only.map(matcherOf), except.map(matcherOf)];
  const byTags = asksForTags({ only, except });
  return (one) =>
    !(byTags && one.tags === undefined) &&
    (wanted.length === 0 || wanted.some((matches) => matches(one))) &&
    !unwanted.some((matches) => matches(one));
}

function matcherOf(pattern: string): (one: Selectable) => boolean {
  const isTag = pattern.startsWith(TAG);
  const words = isTag ? pattern.slice(TAG.length) : pattern;
  const matches = globMatcher(words);
  if (isTag) return ({ tags = [] }) => tags.some((tag) => matches(tag));
  return ({ name, id }) => matches(name) || (id !== undefined && matches(id));
}

/**
 * A pattern that selects nothing is a typo, and a typo must not come out as "nothing to do".
 *
 * @param what ends the sentence: `no manifest and no managed trigger has this name`
 * @throws MxtError `usage` with the nearest names
 */
export function checkSelection(
  { only, except }: Selection,
  known: readonly Selectable[],
  what = NO_NAME,
): void {
  for (const [flag, patterns] of [
    ['--only', only],
    ['--except', except],
  ] as const) {
    for (const pattern of patterns) {
      const matches = matcherOf(pattern);
      if (known.some(matches)) continue;
      if (!pattern.startsWith(TAG)) throw selectsNothing(flag, pattern, known.flatMap(wordsOf), what);
      const tags = [...new Set(known.flatMap((one) => (one.tags ?? []).map((tag) => TAG + tag)))];
      throw selectsNothing(flag, pattern, tags, 'no manifest has this tag');
    }
  }
}

const NO_NAME = 'no manifest and no managed trigger has this name';

/** The same for a flag that takes names alone. */
export function checkNames(flag: string, names: readonly string[], known: ReadonlySet<string>): void {
  for (const name of names) {
    if (!known.has(name)) throw selectsNothing(flag, name, [...known], NO_NAME);
  }
}

function selectsNothing(flag: string, pattern: string, known: readonly string[], what: string): MxtError {
  const near = nearestTo(pattern, known);
  return new MxtError('usage', `${flag} ${pattern}: ${what}`, {
    ...(near.length === 0 ? {} : { hint: `Did you mean ${near.join(' or ')}?` }),
  });
}

/** Of less than this every name is near. */
const SHORTEST_HEAD = 3;

/** Of a glob, what stands before its first sign is compared with as much of each name. */
function nearestTo(pattern: string, known: readonly string[]): string[] {
  const [head = ''] = pattern.split(SPECIAL);
  if (head === pattern) return nearest(pattern, known);
  if (head.length < SHORTEST_HEAD) return [];
  const heads = nearest(
    head,
    known.map((name) => name.slice(0, head.length)),
  );
  return known.filter((name) => heads.includes(name.slice(0, head.length))).slice(0, 3);
}

function wordsOf({ name, id }: Selectable): string[] {
  return id === undefined ? [name] : [name, id];
}
