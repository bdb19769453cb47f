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
    items: warnings.map((warning): Item => {
      const about = warning.name === null ? '' : `${code(truncate(warning.name, NAME))}: `;
      return {
        what: 'warning',
        rank,
        text: `- ⚠️ ${about}${warningText(warning, FULL.message)}`,
        brief: () => `- ⚠️ ${about}${warningText(warning, TIGHT.message)}`,
      };
    }),
    separator: '\n',
    close: '',
  };
}

export function warningText({ code: word, message }: Warning, most: number): string {
  return escapeMarkdown(`${truncate(message, most)} (${truncate(word, NAME)})`);
}
