import { printable } from '../../lib/printable.ts';
import type { Figures } from '../../schedule/upcoming/tally.ts';
import { dayWords } from '../../schedule/zone/moment-words.ts';
import type { Colors } from '../text/colors.ts';
import { moreText, textTable } from '../text/table.ts';
import { shorten } from '../text/truncate.ts';
import { showCount } from '../text/value.ts';
import type { ShownSimulation } from './simulate-json.ts';
import { TROUBLES, titleWords, totalWords, troublesOf } from './simulate-words.ts';
import { windowWords } from './upcoming-words.ts';

/** Most lines of a section, and characters of a cell: on a terminal. */
const LINES = 30;
const NAME = 80;
const WORK = 160;

/** What happens after a plan, for a terminal: a line per day, what goes wrong, what becomes of each trigger. */
export function simulateText(shown: ShownSimulation, colors: Colors): string {
  const { result, warnings } = shown;
  const { from, to, zone } = result;
  const sections = [
    `${colors.bold(titleWords(shown))}\n${colors.dim(windowWords(from, to, zone))}\n`,
    daysText(shown, colors),
    ...troublesText(shown, colors),
    triggersText(shown, colors),
    warnings.map((one) => `${colors.yellow('note')}: ${printable(one)}\n`).join(''),
  ];
  return sections.filter((section) => section !== '').join('\n');
}

const COLUMNS = [
  ['RUNS', 'runs'],
  ['FAILED', 'failed'],
  ['REFUSED', 'refused'],
  ['COOLDOWN', 'suppressed'],
  ['STOPPED', 'stopped'],
] as const satisfies readonly (readonly [string, keyof Figures])[];

function daysText({ result: { days, before, after, zone } }: ShownSimulation, colors: Colors): string {
  // What never happens has no column.
  const columns = COLUMNS.filter(([, key]) => key === 'runs' || after[key] > 0);
  const width = ([head, key]: (typeof COLUMNS)[number]) =>
    Math.max(head.length, showCount(after[key]).length);
  const row = (name: string, figures: Figures) => [
    name,
    ...columns.map((column) => showCount(figures[column[1]]).padStart(width(column))),
  ];
  const table = textTable(
    [`DAY (${zone})`, ...columns.map((column) => column[0].padStart(width(column)))],
    [...days.map(({ date, figures }) => row(dayWords(date), figures)), row('Total', after)],
    colors,
  );
  return `${table}Before the plan → after it: ${totalWords(before, after)}.\n`;
}

function troublesText(shown: ShownSimulation, colors: Colors): string[] {
  const troubles = troublesOf(shown);
  return TROUBLES.map(([kind, title]) => {
    const found = troubles[kind];
    if (found.length === 0) return '';
    const most = linesOn(colors);
    const lines = found.slice(0, most).map(({ name, words }) => `  ${colors.yellow(name)}: ${words}\n`);
    return `${colors.bold(title)}\n${lines.join('')}${moreText(found.length, most)}`;
  });
}

function triggersText({ result: { actors } }: ShownSimulation, colors: Colors): string {
  if (actors.length === 0) return '';
  const shown = actors.slice(0, linesOn(colors));
  const wide = (side: 'before' | 'after') =>
    Math.max(...shown.map((one) => showCount(one[side].runs).length));
  const [left, right] = [wide('before'), wide('after')];
  const rows = shown.map(({ actor, before, after }) => [
    shorten(actor.name, NAME, colors),
    `${showCount(before.runs).padStart(left)} → ${showCount(after.runs).padStart(right)}`,
    shorten(actor.worksOn, WORK, colors),
  ]);
  return textTable(['TRIGGER', 'RUNS', 'WORKS ON'], rows, colors) + moreText(actors.length, linesOn(colors));
}

function linesOn({ width }: Colors): number {
  return width === null ? Number.POSITIVE_INFINITY : LINES;
}
