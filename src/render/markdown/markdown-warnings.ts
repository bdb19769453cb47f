import { FULL, TIGHT } from '../plan/change-lines.ts';
import { truncate } from '../text/truncate.ts';
import { aboutWords, groupWarnings, type ShownWarning, type WarningGroup } from '../text/warning-groups.ts';
import { code, escapeMarkdown } from './escape-markdown.ts';
import { NAME } from './markdown-options.ts';
import type { Group, Item } from './within-limit.ts';

/** How many of a long list are named where there is no room. */
const FEW = 5;

/** A list of warnings, equal ones as one. @param rank when they are left out: before everything of a lower one */
export function warningsGroup(warnings: readonly ShownWarning[], rank: number): Group {
  return {
    open: '### Warnings',
    items: groupWarnings(warnings).map(
      (group): Item => ({
        what: 'warning',
        rank,
        text: warningItem(group, FULL.message),
        brief: () => warningItem(group, TIGHT.message, FEW),
      }),
    ),
    separator: '\n',
    close: '',
  };
}

/** A warning as an item of a list. @param most characters of its message @param named how many triggers are named */
export function warningItem(group: WarningGroup, most: number, named?: number): string {
  const about = aboutWords(group, ({ name }) => name && code(truncate(name, NAME)), named);
  return `- ${group.level === 'error' ? '⛔' : '⚠️'} ${about}${warningText(group, most)}`;
}

type Said = Pick<WarningGroup, 'code' | 'message'>;

export function warningText({ code: word, message }: Said, most: number): string {
  return escapeMarkdown(`${truncate(message, most)} (${truncate(word, NAME)})`);
}
