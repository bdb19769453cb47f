import type { Source } from '../../domain/manifest.ts';
import { groupBy } from '../../lib/group-by.ts';
import { listWords } from '../../lib/plain-words.ts';

/** A warning as it is saved: in a document of before it has no place. */
export interface ShownWarning {
  readonly code: string;
  readonly name: string | null;
  readonly message: string;
  readonly level?: 'error' | undefined;
  readonly source?: (Source & { readonly column?: number | undefined }) | null | undefined;
}

/** What is said alike of one trigger or several, in the order in which it was first said. */
export interface WarningGroup {
  readonly code: string;
  readonly message: string;
  readonly level: 'error' | undefined;
  /** Of whom; a name is null where none in particular is meant. */
  readonly about: readonly Pick<ShownWarning, 'name' | 'source'>[];
}

/** Equal warnings are one line for a person; a machine gets them one by one. */
export function groupWarnings(warnings: readonly ShownWarning[]): WarningGroup[] {
  const groups = groupBy(warnings, ({ code, message, level = null, name }) =>
    JSON.stringify([code, message, level, name === null]),
  );
  return [...groups.values()].flatMap((alike) => {
    const [first] = alike;
    if (first === undefined) return [];
    const about = new Map(alike.map((one) => [JSON.stringify([one.name, placeWords(one.source)]), one]));
    const { code, message, level } = first;
    return [{ code, message, level, about: [...about.values()] }];
  });
}

/**
 * `a: `, `a, b and c, each: `, or nothing where there is nothing to show.
 *
 * @param show how one of whom it is said reads; null where that need not be said
 * @param most how many are named; all, where it is left out
 */
export function aboutWords(
  { about }: Pick<WarningGroup, 'about'>,
  show: (one: WarningGroup['about'][number]) => string | null,
  most = Number.POSITIVE_INFINITY,
): string {
  const names = about.flatMap((one) => show(one) ?? []);
  if (names.length === 0) return '';
  return `${listWords(names, most)}${names.length === 1 ? '' : ', each'}: `;
}

/**
 * As compilers tell it: the place before the word (`a.yaml:3:1: `), and the names after it. Where it is said of several,
 * each that stands elsewhere has its place behind its name.
 */
export function placedWords(group: WarningGroup): readonly [place: string, about: string] {
  const [first] = group.about;
  const place = placeWords(first?.source);
  const about = aboutWords(group, (one) => {
    const own = placeWords(one.source);
    const other = own === place ? null : own;
    if (one.name === null || other === null) return one.name ?? other;
    return `${one.name} (${other})`;
  });
  return [place === null ? '' : `${place}: `, about];
}

/** `manifests/a.yaml:3:1`, as errors have it. */
function placeWords(source: ShownWarning['source']): string | null {
  return source == null ? null : `${source.file}:${source.line}:${source.column ?? 1}`;
}
