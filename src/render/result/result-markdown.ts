import type { Warning } from '../../domain/plan.ts';
import { code, escapeMarkdown } from '../markdown/escape-markdown.ts';
import { limitOf, type MarkdownOptions, missing, NAME } from '../markdown/markdown-options.ts';
import { warningsGroup } from '../markdown/markdown-warnings.ts';
import { type Group, type Item, withinLimit } from '../markdown/within-limit.ts';
import { SEVERITY } from '../plan/severity.ts';
import { equalWords, notEqualWords } from '../plan/summary.ts';
import { healthWords } from '../text/health-words.ts';
import { truncate } from '../text/truncate.ts';
import { type OutcomeJson, outcomeWords, type ResultJson } from './report.ts';

/** Most characters of an error, and of one where there is no room. */
const MESSAGE = 2000;
const BRIEF = 300;

/** Warnings are there where apply was asked what had been reviewed. */
export interface ShownResult extends ResultJson {
  readonly warnings?: readonly Warning[];
}

type OutcomeKind = OutcomeJson['outcome'];

/** What went wrong first; what went well is folded. */
const GROUPS: readonly { outcome: OutcomeKind; sign: string; title: string }[] = [
  { outcome: 'failed', sign: '🔴', title: 'Failed' },
  { outcome: 'skipped', sign: '🟠', title: 'Not done' },
  { outcome: 'blocked', sign: '⛔', title: 'Blocked' },
  { outcome: 'applied', sign: '✅', title: 'Applied' },
];

/** What apply did, as GitHub's Markdown: the same care and the same limits as a plan's. Ends in a newline. */
export function resultMarkdown(result: ShownResult, options: MarkdownOptions): string {
  const counts = outcomeWords(result.summary);
  const verdict = escapeMarkdown(`${result.converged ? equalWords(result) : notEqualWords(result)}.`);
  const health = healthWords(result.health);
  const shown = `${result.converged ? verdict : `**${verdict}**`}${health === null ? '' : ` Health: ${health}.`}`;
  return withinLimit(
    {
      head: `**${escapeMarkdown(options.title ?? 'mxt apply')}**: ${counts}. ${shown}`,
      groups: [
        ...GROUPS.map((group) => groupOf(group, result)),
        warningsGroup(result.warnings ?? [], GROUPS.length * SEVERITY.length),
      ],
      tail: [`<sub>${code(truncate(result.digest, NAME))}</sub>`],
      note: (leftOut) => missing(leftOut, options),
      floor: `mxt apply: ${counts}. ${verdict}\n`,
    },
    limitOf(options),
  );
}

function groupOf({ outcome, sign, title }: (typeof GROUPS)[number], { operations }: ResultJson): Group {
  const items = operations
    .filter((operation) => operation.outcome === outcome)
    .map(
      (operation): Item => ({
        what: `${operation.kind} ${outcome}`,
        rank:
          GROUPS.findIndex((group) => group.outcome === outcome) * SEVERITY.length +
          SEVERITY.indexOf(operation.kind),
        text: line(operation, sign, MESSAGE),
        brief: () => line(operation, sign, BRIEF),
      }),
    );
  const heading = `${title}: ${items.length}`;
  return outcome === 'applied'
    ? { open: `<details>\n<summary>${heading}</summary>`, items, separator: '\n', close: '</details>' }
    : { open: `### ${heading}`, items, separator: '\n', close: '' };
}

function line({ kind, name, trigger_id, error, attempts }: OutcomeJson, sign: string, most: number): string {
  const id = trigger_id === null ? '' : ` · ${code(truncate(trigger_id, NAME))}`;
  const tries = attempts > 1 ? ` · tried ${attempts} times` : '';
  return `- ${sign} **${kind}** ${code(truncate(name, NAME))}${id}${tries}${why(error, most)}`;
}

function why(error: OutcomeJson['error'], most: number): string {
  if (error === null) return '';
  const { code: word, message, status, request } = error;
  const facts = [
    word,
    ...(status === null ? [] : [`HTTP ${status}`]),
    ...(request === null ? [] : [request]),
  ];
  return `<br>${escapeMarkdown(`${truncate(message, most)} (${truncate(facts.join(', '), NAME)})`)}`;
}
