import type { Warning } from '../../domain/plan.ts';
import { code, escapeMarkdown } from '../markdown/escape-markdown.ts';
import { partOf } from '../markdown/fold.ts';
import { headline, subline } from '../markdown/headline.ts';
import { limitOf, type MarkdownOptions, missing, NAME } from '../markdown/markdown-options.ts';
import { brokenRulesGroup, warningsGroup } from '../markdown/markdown-warnings.ts';
import { type Group, type Item, withinLimit } from '../markdown/within-limit.ts';
import { SEVERITY } from '../plan/severity.ts';
import { equalWords, notEqualWords } from '../plan/summary.ts';
import { healthWords } from '../text/health-words.ts';
import { truncate } from '../text/truncate.ts';
import type { OutcomeJson, ResultJson } from './report.ts';

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
  const { target = null } = options;
  const counts = countWords(result.summary);
  const verdict = escapeMarkdown(`${result.converged ? equalWords(result) : notEqualWords(result)}.`);
  const health = healthWords(result.health);
  const shown = `${result.converged ? verdict : `**${verdict}**`}${health === null ? '' : ` Health: ${health}.`}`;
  const warnings = result.warnings ?? [];
  const worst = GROUPS.find(({ outcome }) => result.summary[outcome] > 0 && outcome !== 'applied');
  return withinLimit(
    {
      head: [
        headline({
          sign: worst?.sign ?? (result.converged ? '✅' : '🟠'),
          command: 'apply',
          environment: target?.environment ?? null,
          state: null,
          words: counts,
        }),
        subline(target, shown),
      ].join('\n\n'),
      groups: [
        ...GROUPS.map((group) => groupOf(group, result)),
        brokenRulesGroup(warnings, 0),
        warningsGroup(warnings, GROUPS.length * SEVERITY.length),
      ],
      tail: [`<sub>${code(truncate(result.digest, NAME))}</sub>`],
      note: (leftOut) => missing(leftOut, options),
      floor: `mxt apply: ${counts}. ${verdict}\n`,
    },
    limitOf(options),
  );
}

/** `1 failed, 2 not done, 3 applied`: what went wrong first, as it is listed below. */
function countWords(summary: ResultJson['summary']): string {
  const { applied, failed, skipped } = summary;
  const parts = GROUPS.filter(({ outcome }) => summary[outcome] > 0).map(
    ({ outcome, title }) => `${summary[outcome]} ${title.toLowerCase()}`,
  );
  return [...(applied + failed + skipped === 0 ? ['nothing to apply'] : []), ...parts].join(', ');
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
  const folded = outcome === 'applied';
  const part = partOf({ title, counts: String(items.length), note: null, folded });
  return { ...part, items, separator: '\n' };
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
