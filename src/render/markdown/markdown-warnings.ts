import type { Warning } from '../../domain/plan.ts';
import { FULL, TIGHT } from '../plan/change-lines.ts';
import { truncate } from '../text/truncate.ts';
import { code, escapeMarkdown } from './escape-markdown.ts';
import { NAME } from './markdown-options.ts';
import type { Group, Item } from './within-limit.ts';

/** A list of warnings. @param rank when they are left out: before everything of a lower one */
export function warningsGroup(warnings: readonly Warning[], rank: number): Group {
  return {
    open: '### Warnings',
    items: warnings.map(
      (warning): Item => ({
        what: 'warning',
        rank,
        text: warningItem(warning, FULL.message),
        brief: () => warningItem(warning, TIGHT.message),
      }),
    ),
    separator: '\n',
    close: '',
  };
}

/** A warning as an item of a list. @param most characters of its message */
export function warningItem(warning: Warning, most: number): string {
  const about = warning.name === null ? '' : `${code(truncate(warning.name, NAME))}: `;
  return `- ${warning.level === 'error' ? '⛔' : '⚠️'} ${about}${warningText(warning, most)}`;
}

export function warningText({ code: word, message }: Warning, most: number): string {
  return escapeMarkdown(`${truncate(message, most)} (${truncate(word, NAME)})`);
}
