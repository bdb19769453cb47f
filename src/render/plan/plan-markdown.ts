import type { Plan as PlanJson } from '../../../generated/plan.d.ts';
import { unique } from '../../lib/unique.ts';
import { code, escapeMarkdown } from '../markdown/escape-markdown.ts';
import { isLong, partOf } from '../markdown/fold.ts';
import { headline, subline } from '../markdown/headline.ts';
import { limitOf, type MarkdownOptions, missing, NAME } from '../markdown/markdown-options.ts';
import { brokenRulesGroup, type UrlOf, warningsGroup } from '../markdown/markdown-warnings.ts';
import { commitLink, sourceUrl } from '../markdown/source-link.ts';
import { type Group, type Item, withinLimit } from '../markdown/within-limit.ts';
import { holdLines, withoutHolds } from '../text/health-words.ts';
import { truncate } from '../text/truncate.ts';
import { FULL, TIGHT } from './change-lines.ts';
import { forecastWords } from './forecast-words.ts';
import { operationMarkdown, SIGNS } from './operation-markdown.ts';
import { notManaged } from './plan-words.ts';
import { bySeverity, countBySeverity, SEVERITY, type Section, sectionsOf } from './severity.ts';
import { planSummaryOf } from './summary.ts';

/** A plan of no more operations is read whole, without a click. */
const FEW = 3;
/** Of what cannot be undone, so many are open: as many as may be deleted without a flag, where nothing else is set. */
const OPEN = 5;

/**
 * A plan as GitHub's Markdown, for a comment or a job summary: what will happen in the first line, what it costs in the
 * second, what cannot be undone open above everything else, the rest folded. Never longer than the limit: operations are
 * left out whole, the least dangerous first, and counted. Ends in a newline.
 */
export function planMarkdown(plan: PlanJson, options: MarkdownOptions): string {
  const { verdict, rest, asides } = planSummaryOf(plan);
  // Where nothing is to be done, the same sentence as in every format.
  const stays = plan.operations.length === 0 ? verdict : `${rest}.`;
  const others = notManaged(plan);
  const sections = sectionsOf(plan);
  const groups = sections.map((section) => groupOf(section, plan, options));
  const grave = sections[0]?.key === 'grave' ? 1 : 0;
  const urlOf: UrlOf = (source) =>
    source == null || options.links === null ? null : sourceUrl(source, plan.git, options.links);
  return withinLimit(
    {
      head: [
        headlineOf(plan),
        subline(plan, escapeMarkdown([stays, ...asides].join(' '))),
        ...costLine(plan),
        ...refusals(plan),
        ...holds(plan),
      ].join('\n\n'),
      groups: [
        ...groups.slice(0, grave),
        brokenRulesGroup(plan.warnings, 0, urlOf),
        ...groups.slice(grave),
        warningsGroup(withoutHolds(plan.warnings, plan.health), 2 * SEVERITY.length, urlOf),
      ],
      tail: [...(others === null ? [] : [`Not managed here: ${others}.`]), footer(plan, options)],
      note: (leftOut) => missing(leftOut, options),
      floor: `mxt plan: ${escapeMarkdown([verdict, ...asides].join(' '))}\n`,
    },
    limitOf(options),
  );
}

/** What fails comes before what is done, and what is done begins with what cannot be undone. */
function headlineOf(plan: PlanJson): string {
  const { environment, guards, operations, warnings } = plan;
  const own = bySeverity(operations.filter(({ pending }) => !pending));
  const refused = unique(guards.map(({ guard }) => guard)).join(', ');
  const broken = warnings.some(({ level }) => level === 'error');
  const state = refused !== '' ? `refused (${refused})` : broken ? 'rules broken' : null;
  const { changes } = planSummaryOf(plan);
  return headline({
    sign: state !== null ? SIGNS.blocked : own[0] === undefined ? '✅' : SIGNS[own[0].kind],
    command: 'plan',
    environment,
    state,
    words: changes.replace(/^No /, 'no '),
  });
}

/** What the whole namespace costs before and after: a typo in a cron costs more than a deleted trigger. */
function costLine({ forecast }: PlanJson): string[] {
  const load = forecastWords(forecast);
  return load === null ? [] : [`${trend(forecast)}Forecast: **${load.sum}**. ${load.counts}`.trim()];
}

function trend(forecast: PlanJson['forecast']): string {
  if (forecast === undefined) return '';
  const { credits_per_month_before: old, credits_per_month_after: now } = forecast;
  const runs = forecast.runs_per_month_after - forecast.runs_per_month_before;
  const rise = (now?.max ?? 0) - (old?.max ?? 0) || runs;
  return rise > 0 ? '📈 ' : rise < 0 ? '📉 ' : '';
}

/** What somebody keeps paused is in no operation. */
function holds({ health }: PlanJson): string[] {
  const lines = holdLines(health).map((line) => `> ${escapeMarkdown(truncate(line, TIGHT.message))}`);
  return lines.length === 0 ? [] : [['> [!NOTE]', lines.join('\n>\n')].join('\n')];
}

/** GitHub shows this in red. */
function refusals({ guards }: PlanJson): string[] {
  if (guards.length === 0) return [];
  const lines = guards.map(
    ({ guard, message }) => `> **Refused** (${guard}): ${escapeMarkdown(truncate(message, FULL.message))}`,
  );
  return [['> [!CAUTION]', lines.join('\n>\n')].join('\n')];
}

function groupOf({ key, title, note, operations }: Section, plan: PlanJson, options: MarkdownOptions): Group {
  const few = plan.operations.filter(({ pending }) => !pending).length <= FEW;
  // What is not this change's is there for the record.
  const folded = key === 'pending' || (key !== 'grave' && isLong(operations));
  return {
    ...partOf({ title, counts: countBySeverity(operations), note, folded }),
    items: operations.map((operation, at): Item => {
      const open = key === 'grave' ? at < OPEN : few && !folded;
      return {
        what: operation.kind,
        // Of one kind, what is not this change's is left out first.
        rank: 2 * SEVERITY.indexOf(operation.kind) + (key === 'pending' ? 1 : 0),
        text: operationMarkdown(operation, { plan, options, open }, FULL),
        brief: () => operationMarkdown(operation, { plan, options, open }, TIGHT),
      };
    }),
    separator: '\n\n',
  };
}

function footer({ digest, git }: PlanJson, { links }: MarkdownOptions): string {
  const commit =
    git.commit === null ? '' : ` · commit ${commitLink(git.commit, links)}${git.dirty ? ', changed' : ''}`;
  return `<sub>${code(truncate(digest, NAME))}${commit}</sub>`;
}
