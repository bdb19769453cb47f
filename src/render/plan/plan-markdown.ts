import type { Operation as OperationJson, Plan as PlanJson } from '../../../generated/plan.d.ts';
import { code, escapeMarkdown, fenced } from '../markdown/escape-markdown.ts';
import { limitOf, type MarkdownOptions, missing, NAME } from '../markdown/markdown-options.ts';
import { warningsGroup, warningText } from '../markdown/markdown-warnings.ts';
import { sourceLink } from '../markdown/source-link.ts';
import { type Group, type Item, withinLimit } from '../markdown/within-limit.ts';
import { holdLines, withoutHolds } from '../text/health-words.ts';
import { truncate } from '../text/truncate.ts';
import { nameIds } from '../text/value.ts';
import { changeLines, type Detail, FULL, TIGHT } from './change-lines.ts';
import { forecastWords } from './forecast-words.ts';
import { causeWords, labelNote, notManaged, sentence } from './plan-words.ts';
import { scheduleLines } from './schedule-lines.ts';
import { SEVERITY, type Section, sectionsOf } from './severity.ts';
import { planSummaryOf } from './summary.ts';

const SIGNS: Readonly<Record<OperationJson['kind'], string>> = {
  delete: '🔴',
  replace: '🟠',
  rename: '🟠',
  blocked: '⛔',
  update: '🟡',
  create: '🟢',
  adopt: '🔵',
  release: '🔵',
  resume: '🔵',
  pause: '🔵',
  relabel: '⚪',
};

/**
 * A plan as GitHub's Markdown, for a comment or a job summary: what will happen in the first line, what cannot be
 * undone above everything else, one folded section per operation. Never longer than the limit: operations are left
 * out whole, the least dangerous first, and counted. Ends in a newline.
 */
export function planMarkdown(plan: PlanJson, options: MarkdownOptions): string {
  const { target, verdict, asides } = planSummaryOf(plan);
  const summary = escapeMarkdown([verdict, ...asides].join(' '));
  const title = options.title ?? `mxt plan for ${truncate(target, 2 * NAME)}`;
  const others = notManaged(plan);
  const load = forecastWords(plan.forecast);
  return withinLimit(
    {
      head: [...holds(plan), `**${escapeMarkdown(title)}**: ${summary}`, ...refusals(plan)].join('\n\n'),
      groups: [
        ...sectionsOf(plan).map((section) => groupOf(section, plan, options)),
        warningsGroup(withoutHolds(plan.warnings, plan.health), 2 * SEVERITY.length),
      ],
      tail: [
        ...(load === null ? [] : [`Forecast: ${load.sum}. ${load.counts}`.trim()]),
        ...(others === null ? [] : [`Not managed here: ${others}.`]),
        footer(plan),
      ],
      note: (leftOut) => missing(leftOut, options),
      floor: `mxt plan: ${summary}\n`,
    },
    limitOf(options),
  );
}

/** Above the verdict: what somebody keeps paused is in no operation. */
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
  return {
    open: [`### ${title}`, ...(note === null ? [] : [note])].join('\n\n'),
    items: operations.map(
      (operation): Item => ({
        what: operation.kind,
        // Of one kind, what is not this change's is left out first.
        rank: 2 * SEVERITY.indexOf(operation.kind) + (key === 'pending' ? 1 : 0),
        text: details(operation, plan, options, FULL),
        brief: () => details(operation, plan, options, TIGHT),
      }),
    ),
    separator: '\n\n',
    close: '',
  };
}

/** The text is ours but for names of zones, which are known ones. */
function scheduleList(operation: OperationJson): string[] {
  const lines = scheduleLines(operation).map(
    ({ about, before, after }) =>
      `- ${about}: ${before === null ? '' : `${escapeMarkdown(before)} → `}**${escapeMarkdown(after)}**`,
  );
  return lines.length === 0 ? [] : [lines.join('\n')];
}

/** The blank lines matter: they end the HTML block, and Markdown begins again. */
function details(operation: OperationJson, plan: PlanJson, options: MarkdownOptions, detail: Detail): string {
  const { changes, warnings } = operation;
  const named = nameIds(changes, new Map(Object.entries(plan.resources ?? {})));
  const note = labelNote(operation);
  const lines = changeLines(named, detail).map(({ sign, text }) => `${sign} ${text}`);
  const body = [
    facts(operation, plan, options),
    ...(note === null ? [] : [sentence(note)]),
    ...(lines.length === 0 ? [] : [fenced('diff', lines)]),
    ...scheduleList(operation),
    ...warnings.slice(0, detail.warnings).map((warning) => `⚠️ ${warningText(warning, detail.message)}`),
  ];
  return ['<details>', summaryLine(operation), '', body.join('\n\n'), '', '</details>'].join('\n');
}

function summaryLine({ kind, intended, blocked_by, name, cause, warnings, pending }: OperationJson): string {
  const verb = kind === 'blocked' ? `blocked ${intended ?? ''}` : kind;
  const words = [
    `${SIGNS[kind]} <b>${verb}</b> ${code(truncate(name, NAME))}`,
    causeWords(cause, intended ?? kind, blocked_by),
    ...(blocked_by === null ? [] : [`blocked_by: ${blocked_by}`]),
    ...(pending ? ['pending already'] : []),
    ...(warnings.length === 0 ? [] : ['⚠️']),
  ];
  return `<summary>${words.join(' · ')}</summary>`;
}

function facts({ trigger_id, source }: OperationJson, { git }: PlanJson, { links }: MarkdownOptions): string {
  const id = trigger_id === null ? 'a new trigger' : code(truncate(trigger_id, NAME));
  const place = source === null ? 'in no manifest' : sourceLink(source, git, links);
  return `${id} · ${place}`;
}

function footer({ digest, git }: PlanJson): string {
  const commit =
    git.commit === null ? '' : ` · commit ${code(git.commit.slice(0, 12))}${git.dirty ? ', changed' : ''}`;
  return `<sub>${code(truncate(digest, NAME))}${commit}</sub>`;
}
