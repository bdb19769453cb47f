import { FULL, TIGHT } from '../plan/change-lines.ts';
import { truncate } from '../text/truncate.ts';
import { countWords } from '../text/value.ts';
import { aboutWords, groupWarnings, type ShownWarning, type WarningGroup } from '../text/warning-groups.ts';
import { code, escapeMarkdown } from './escape-markdown.ts';
import { isLong, partOf } from './fold.ts';
import { NAME } from './markdown-options.ts';
import type { Group, Item } from './within-limit.ts';

/** How many of a long list are named where there is no room. */
const FEW = 5;

/** Where what a warning is about is written, as an address; null where that is not known. */
export type UrlOf = (source: ShownWarning['source']) => string | null;
const NOWHERE: UrlOf = () => null;

/** What of a rule is broken: it makes the run fail, and is never folded. @param rank as of an item */
export function brokenRulesGroup(
  warnings: readonly ShownWarning[],
  rank: number,
  urlOf: UrlOf = NOWHERE,
): Group {
  const broken = warnings.filter(({ level }) => level === 'error');
  return group('Rules broken', broken, false, rank, urlOf);
}

/** A list of the other warnings, equal ones as one. @param rank when they are left out: before everything of a lower one */
export function warningsGroup(
  warnings: readonly ShownWarning[],
  rank: number,
  urlOf: UrlOf = NOWHERE,
): Group {
  const others = warnings.filter(({ level }) => level !== 'error');
  return group('Warnings', others, isLong(groupWarnings(others)), rank, urlOf);
}

function group(
  title: string,
  warnings: readonly ShownWarning[],
  folded: boolean,
  rank: number,
  urlOf: UrlOf,
): Group {
  const groups = groupWarnings(warnings);
  return {
    ...partOf({ title, counts: countWords(groups.length, 'warning'), note: null, folded }),
    items: groups.map(
      (one): Item => ({
        what: 'warning',
        rank,
        text: warningItem(one, FULL.message, undefined, urlOf),
        brief: () => warningItem(one, TIGHT.message, FEW, urlOf),
      }),
    ),
    separator: '\n',
  };
}

/** A warning as an item of a list. @param most characters of its message @param named how many triggers are named */
export function warningItem(one: WarningGroup, most: number, named?: number, urlOf: UrlOf = NOWHERE): string {
  const about = aboutWords(one, (each) => aboutOne(each, urlOf), named);
  return `- ${one.level === 'error' ? '⛔' : '⚠️'} ${about}${warningText(one, most)}`;
}

/** The name leads to the place. What has no name is told by its place. */
function aboutOne({ name, source }: WarningGroup['about'][number], urlOf: UrlOf): string | null {
  const url = urlOf(source);
  if (name === null && url === null) return null;
  const shown = code(truncate(name ?? `${source?.file}:${source?.line}`, NAME));
  return url === null ? shown : `[${shown}](${url})`;
}

type Said = Pick<WarningGroup, 'code' | 'message'>;

export function warningText({ code: word, message }: Said, most: number): string {
  return escapeMarkdown(`${truncate(message, most)} (${truncate(word, NAME)})`);
}
