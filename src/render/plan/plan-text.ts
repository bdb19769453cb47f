import type { Operation as OperationJson, Plan as PlanJson } from '../../../generated/plan.d.ts';
import type { Json } from '../../domain/json.ts';
import type { Plan } from '../../domain/plan.ts';
import { groupBy } from '../../lib/group-by.ts';
import { printable } from '../../lib/printable.ts';
import { unique } from '../../lib/unique.ts';
import type { Colors } from '../text/colors.ts';
import { headingText } from '../text/heading.ts';
import { healthWords, holdLines, withoutHolds } from '../text/health-words.ts';
import { selectionSentence } from '../text/selection-words.ts';
import { nameIds, showPath, showValue } from '../text/value.ts';
import { groupWarnings, placedWords, type WarningGroup } from '../text/warning-groups.ts';
import { forecastWords } from './forecast-words.ts';
import { planJson } from './plan-json.ts';
import { causeWords, labelNote, notManaged, SYMBOLS, summarise } from './plan-words.ts';
import { type ScheduleLine, scheduleLines } from './schedule-lines.ts';
import { PENDING_TITLE } from './severity.ts';
import { noChanges } from './summary.ts';

/** A plan for a terminal: one block per operation, what is unchanged hidden, counts at the end. Ends in a newline. */
export function planText(plan: Plan, colors: Colors): string {
  return savedPlanText(planJson(plan), colors);
}

/** The same of a plan as it is saved. */
export function savedPlanText(plan: PlanJson, colors: Colors): string {
  const own = plan.operations.filter(({ pending }) => !pending);
  const pending = plan.operations.filter((operation) => operation.pending);
  const blocks = [
    ...own.map((operation) => operationText(operation, plan, colors)),
    ...(pending.length === 0 ? [] : [colors.bold(`${PENDING_TITLE}:`)]),
    ...pending.map((operation) => operationText(operation, plan, colors)),
  ];
  const notes = [
    ...warningLines(plan, colors),
    ...plan.guards.map(({ guard, message }) => `${colors.red(`refused (${guard})`)}: ${printable(message)}`),
  ];
  return [
    ...[headingText(plan, colors), ...blocks].map((block) => `${block}\n`),
    ...notes,
    ...holdLines(plan.health).map((line) => `${colors.magenta(printable(line))}.`),
    footer(plan, colors),
  ]
    .join('\n')
    .concat('\n');
}

type Change = OperationJson['changes'][number];

function operationText(operation: OperationJson, plan: PlanJson, colors: Colors): string {
  const { name, trigger_id: id, source, cause } = operation;
  const paint = painter(operation, colors);
  const verb = operation.kind === 'blocked' ? `blocked ${operation.intended}` : operation.kind;
  const by = operation.kind === 'blocked' ? `blocked_by: ${operation.blocked_by}` : null;
  const facts = [
    id && printable(id),
    source && `${printable(source.file)}:${source.line}`,
    causeWords(cause, operation.intended ?? operation.kind, operation.blocked_by),
    by,
  ].filter((fact) => fact !== null);
  const head = `${paint(`${SYMBOLS[operation.kind].padStart(3)} ${verb}`)} ${colors.bold(printable(name))}`;
  const schedule = scheduleLines(operation);
  const names = new Map(Object.entries(plan.resources ?? {}));
  // As wide as what stands to the left of the values.
  const left = [
    ...operation.changes.map(({ path }) => showPath(path)),
    ...schedule.map(({ about }) => about),
  ];
  const width = Math.max(0, ...left.map(({ length }) => length));
  return [
    `${head}  ${colors.dim(facts.join(' · '))}`,
    ...changeLines({ ...operation, changes: nameIds(operation.changes, names) }, width, colors),
    ...writtenElsewhere(operation, width, colors),
    ...schedule.flatMap((line) => scheduleText(line, width, colors)),
    ...groupWarnings(operation.warnings).map((group) => `      ${warningText(group, '', colors)}`),
  ].join('\n');
}

/** The places of defaults and overlays that bring a change: who wants to undo it looks for it there. */
function writtenElsewhere({ changes }: OperationJson, width: number, colors: Colors): string[] {
  const places = groupBy(
    changes.flatMap(({ source }) => source ?? []),
    ({ file }) => file,
  );
  if (places.size === 0) return [];
  const words = [...places]
    .map(([file, some]) => `${printable(file)}:${unique(some.map(({ line }) => line)).join(', ')}`)
    .join('; ');
  return [`      ${colors.dim('also written in'.padEnd(width))}  ${colors.dim(words)}`];
}

function painter({ kind }: OperationJson, colors: Colors): (text: string) => string {
  switch (kind) {
    case 'create':
      return colors.green;
    case 'delete':
    case 'blocked':
      return colors.red;
    case 'replace':
      return colors.magenta;
    default:
      return colors.yellow;
  }
}

function changeLines(operation: OperationJson, width: number, colors: Colors): string[] {
  const note = labelNote(operation);
  if (note !== null) return [`      ${colors.dim(note)}`];
  const paths = operation.changes.map(({ path }) => showPath(path));
  const one = operation.kind === 'blocked' ? operation.intended : operation.kind;
  return operation.changes.map((change, at) => {
    const value = one === 'create' || one === 'delete' ? oneSide(change, colors) : bothSides(change, colors);
    return `      ${(paths[at] ?? '').padEnd(width)}  ${value}`;
  });
}

/** Below the changes, in the same columns. Three moments on each side are a line each. */
function scheduleText({ about, before, after }: ScheduleLine, width: number, colors: Colors): string[] {
  const label = `      ${colors.dim(about.padEnd(width))}  `;
  if (before === null) return [`${label}${after}`];
  if (about !== 'next') return [`${label}${before} → ${colors.bold(after)}`];
  return [`${label}${before}`, `${' '.repeat(6 + width)}→ ${colors.bold(after)}`];
}

function oneSide({ before, after }: Change, colors: Colors): string {
  return showValue((after ?? before) as Json, colors);
}

function bothSides({ before, after }: Change, colors: Colors): string {
  const old = before === null ? colors.dim('(none)') : colors.red(showValue(before as Json, colors));
  const now = after === null ? colors.dim('(none)') : colors.green(showValue(after as Json, colors));
  return `${old} → ${now}`;
}

/** Equal ones are one line. */
function warningLines({ warnings, health }: PlanJson, colors: Colors): string[] {
  return groupWarnings(withoutHolds(warnings, health)).map((group) => {
    const [place, about] = placedWords(group);
    return `${printable(place)}${warningText(group, about, colors)}`;
  });
}

function warningText({ code, message, level }: WarningGroup, about: string, colors: Colors): string {
  const word = level === 'error' ? colors.red(`error (${code})`) : colors.yellow(`warning (${code})`);
  return `${word}: ${printable(`${about}${message}`)}`;
}

function footer(plan: PlanJson, colors: Colors): string {
  const load = forecastWords(plan.forecast);
  const others = notManaged(plan);
  const rest = [
    ...(load === null
      ? []
      : [
          `${colors.bold('Forecast:')} ${load.sum}.`,
          ...(load.counts === '' ? [] : [colors.dim(load.counts)]),
        ]),
    ...(others === null ? [] : [colors.dim(`Not managed here: ${others}.`)]),
  ];
  if (plan.operations.length === 0) {
    return [
      noChanges({ ...plan, unchanged: plan.summary.unchanged }).replace('No changes.', colors.bold),
      ...rest,
    ].join('\n');
  }
  const pending = plan.operations.filter((operation) => operation.pending).length;
  const already = pending === 0 ? '' : ` Pending already: ${pending}.`;
  const selected = selectionSentence(plan.selection);
  const health = healthWords(plan.health);
  const counts = `${colors.bold('Plan:')} ${summarise(plan)}${health === null ? '' : `; ${health}`}.${already}`;
  return [counts, ...(selected === null ? [] : [selected]), ...rest].join('\n');
}
