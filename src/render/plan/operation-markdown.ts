import type { Operation as OperationJson, Plan as PlanJson } from '../../../generated/plan.d.ts';
import { unique } from '../../lib/unique.ts';
import { code, escapeMarkdown, fenced } from '../markdown/escape-markdown.ts';
import { type MarkdownOptions, NAME } from '../markdown/markdown-options.ts';
import { warningText } from '../markdown/markdown-warnings.ts';
import { sourceLink } from '../markdown/source-link.ts';
import { truncate } from '../text/truncate.ts';
import { nameIds } from '../text/value.ts';
import { changeLines, type Detail } from './change-lines.ts';
import { causeWords, labelNote, sentence } from './plan-words.ts';
import { type ScheduleLine, scheduleLines } from './schedule-lines.ts';

export const SIGNS: Readonly<Record<OperationJson['kind'], string>> = {
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

/** How many places of defaults and overlays are told. */
const PLACES = 10;

/** Where an operation is shown: in which plan, with which links, and whether a reader sees it without a click. */
export interface Shown {
  readonly plan: PlanJson;
  readonly options: MarkdownOptions;
  readonly open: boolean;
}

/** An operation as a line that can be opened. The blank lines matter: they end the HTML block, and Markdown begins again. */
export function operationMarkdown(operation: OperationJson, shown: Shown, detail: Detail): string {
  const { changes, warnings, hazard, kind } = operation;
  const named = nameIds(changes, new Map(Object.entries(shown.plan.resources ?? {})));
  const note = labelNote(operation);
  const lines = changeLines(named, detail).map(({ sign, text }) => `${sign} ${text}`);
  const schedule = scheduleLines(operation);
  const body = [
    facts(operation, shown),
    ...(note === null ? [] : [sentence(note)]),
    // A replacement has a warning that says how much is lost.
    ...(hazard == null || kind === 'replace'
      ? []
      : [escapeMarkdown(sentence(truncate(hazard.reason, NAME)))]),
    ...(lines.length === 0 ? [] : [fenced('diff', lines)]),
    ...scheduleList(schedule),
    ...warnings.slice(0, detail.warnings).map((warning) => `⚠️ ${warningText(warning, detail.message)}`),
  ];
  const tag = shown.open ? '<details open>' : '<details>';
  return [tag, summaryLine(operation, schedule), '', body.join('\n\n'), '', '</details>'].join('\n');
}

/** What it does, to what, why, and what that costs: enough for whoever does not open it. */
function summaryLine(
  { kind, intended, blocked_by, name, cause, warnings, pending }: OperationJson,
  schedule: readonly ScheduleLine[],
): string {
  const verb = kind === 'blocked' ? `blocked ${intended ?? ''}` : kind;
  const load = schedule.find(({ about }) => about === 'a month');
  const words = [
    `${SIGNS[kind]} <b>${verb}</b> ${code(truncate(name, NAME))}`,
    causeWords(cause, intended ?? kind, blocked_by),
    ...(load === undefined || (load.before === null && kind !== 'create') ? [] : [`a month: ${sides(load)}`]),
    ...(blocked_by === null ? [] : [`blocked_by: ${blocked_by}`]),
    ...(pending ? ['pending already'] : []),
    ...(warnings.length === 0 ? [] : ['⚠️']),
  ];
  return `<summary>${words.join(' · ')}</summary>`;
}

/** The text is ours but for names of zones, which are known ones. */
function scheduleList(schedule: readonly ScheduleLine[]): string[] {
  const lines = schedule.map(
    ({ about, before, after }) =>
      `- ${about}: ${before === null ? '' : `${escapeMarkdown(before)} → `}**${escapeMarkdown(after)}**`,
  );
  return lines.length === 0 ? [] : [lines.join('\n')];
}

function sides({ before, after }: ScheduleLine): string {
  return escapeMarkdown(before === null ? after : `${before} → ${after}`);
}

function facts({ trigger_id, source, changes }: OperationJson, { plan, options }: Shown): string {
  const id = trigger_id === null ? 'a new trigger' : code(truncate(trigger_id, NAME));
  const linkTo = (place: { file: string; line: number }) => sourceLink(place, plan.git, options.links);
  // Of defaults and overlays: who wants to undo a change looks for it there.
  const others = unique(changes.flatMap(({ source: place }) => (place === undefined ? [] : [place])));
  const more = others.length > PLACES ? [`${others.length - PLACES} more`] : [];
  const also = [...others.slice(0, PLACES).map(linkTo), ...more].join(', ');
  return [
    id,
    source === null ? 'in no manifest' : linkTo(source),
    ...(also === '' ? [] : [`also written in ${also}`]),
  ].join(' · ');
}
