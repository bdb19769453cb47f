import type { Target } from '../text/heading.ts';
import { targetOf } from '../text/heading.ts';
import { truncate } from '../text/truncate.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { NAME } from './markdown-options.ts';

export interface Headline {
  readonly sign: string;
  readonly command: 'plan' | 'apply';
  readonly environment: string | null;
  /** How it stands, where that is more than the words say: `refused (budget)`. */
  readonly state: string | null;
  /** The gravest first. */
  readonly words: string;
}

/**
 * `### 🔴 mxt plan (production): 1 to delete, 2 to create`. It is what the preview of a mail shows, a hundred characters at
 * most: where, as the check run is called, and the gravest. Whose and the namespace are in the line below.
 */
export function headline({ sign, command, environment, state, words }: Headline): string {
  const where = environment === null ? '' : ` (${truncate(environment, NAME)})`;
  const how = state === null ? '' : `, ${state}`;
  return `### ${sign} ${escapeMarkdown(`mxt ${command}${where}${how}: ${words}`)}`;
}

/** The line below: what it is for, and what there is to say in sentences. */
export function subline(target: Target | null, sentences: string): string {
  const shown = target === null ? [] : [escapeMarkdown(truncate(targetOf(target), 2 * NAME))];
  return [...shown, sentences].join(' · ');
}
