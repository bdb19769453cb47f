import { printable } from '../../lib/printable.ts';
import { runsIn } from '../../schedule/upcoming/merge-runs.ts';
import type { Planned, Upcoming } from '../../schedule/upcoming/upcoming.ts';
import { localTime } from '../../schedule/zone/local-time.ts';
import { clockWords, dayWords, momentWords } from '../../schedule/zone/moment-words.ts';
import { hourBars, hourRows, hourTotals } from '../html/hour-bars.ts';
import type { Colors } from '../text/colors.ts';
import { moreText, textTable } from '../text/table.ts';
import { shorten } from '../text/truncate.ts';
import { showCount } from '../text/value.ts';
import type { ShownSchedule } from './schedule-json.ts';
import {
  collisionWords,
  headWords,
  idleWords,
  laterWords,
  runsWords,
  scheduleWords,
} from './upcoming-words.ts';

/** Most characters of a name on a terminal, and of what it works on. A pipe and a file have them whole. */
const NAME = 80;
const CELL = 160;
/** Of triggers that collide or stand still: on a terminal. */
const LINES = 30;

/**
 * What runs, for a terminal: at most so many runs line by line, what runs too often for that summed up, the hours as
 * bars, what collides, what does not run. Ends in a newline.
 */
export function scheduleText(shown: ShownSchedule, limit: number, colors: Colors): string {
  const { upcoming, warnings } = shown;
  const [title, window] = headWords(shown);
  const total = upcoming.planned.reduce((sum, { runs }) => sum + runs, 0);
  const sections = [
    `${colors.bold(title)}\n${colors.dim(window)}\n`,
    total === 0 ? 'Nothing runs in this period.\n' : '',
    runList(upcoming, limit, colors),
    often(upcoming, colors),
    bars(upcoming, total, colors),
    collisions(upcoming, colors),
    others(upcoming, colors),
    warnings.map((one) => `${colors.yellow('note')}: ${printable(one)}\n`).join(''),
  ];
  return sections.filter((section) => section !== '').join('\n');
}

function runList(upcoming: Upcoming, limit: number, colors: Colors): string {
  const listed = upcoming.planned.filter(({ dense, runs }) => !dense && runs > 0);
  const count = listed.reduce((sum, { runs }) => sum + runs, 0);
  if (count === 0) return '';
  const triggers = listed.map(({ trigger }) => trigger);
  const { from, to, zone } = upcoming;
  const clocks = Math.max(...[from, to].map((at) => clockWords(at, zone).length));
  const width = Math.max(...triggers.map(({ name }) => shorten(name, NAME, colors).length));
  const lines: string[] = [];
  let day = '';
  let shown = 0;
  for (const { trigger, at } of runsIn(triggers, upcoming)) {
    if (shown === limit) break;
    const { date } = localTime(at, zone);
    if (date !== day) lines.push(colors.bold(dayWords(date)));
    day = date;
    const name = shorten(trigger.name, NAME, colors).padEnd(width);
    const about = shorten(trigger.worksOn, CELL, colors);
    const time = clockWords(at, zone).padEnd(clocks);
    const left = `  ${time}  ${name}  `;
    const fits = colors.width === null || left.length + about.length <= colors.width;
    lines.push(fits ? left + colors.dim(about) : `  ${time}  ${colors.dim(about)}\n      ${name.trimEnd()}`);
    shown += 1;
  }
  const rest = count - shown;
  if (rest > 0) lines.push(colors.dim(`  … and ${showCount(rest)} more (--limit, --format json)`));
  return `${lines.join('\n')}\n`;
}

/** Triggers whose single runs would flood the list. */
function often({ planned, zone, from, to }: Upcoming, colors: Colors): string {
  const days = (to.getTime() - from.getTime()) / 86_400_000;
  const dense = planned.filter((one) => one.dense);
  if (dense.length === 0) return '';
  const rows = dense
    .slice(0, most(colors))
    .map(({ trigger, runs, next }: Planned) => [
      shorten(trigger.name, NAME, colors),
      showCount(runs),
      showCount(Math.round(runs / days)),
      next === null ? '-' : momentWords(next, zone),
      shorten(scheduleWords(trigger), CELL, colors),
    ]);
  const table = textTable(['OFTEN', 'RUNS', 'A DAY', 'NEXT', 'SCHEDULE'], rows, colors);
  return table + moreText(dense.length, most(colors));
}

function bars(upcoming: Upcoming, total: number, colors: Colors): string {
  if (total === 0) return '';
  const { rows, byWeekday } = hourRows(upcoming, hourTotals(upcoming));
  const { head, lines, scale } = hourBars(rows);
  const days = byWeekday ? ', summed by weekday' : '';
  const title = `Runs per hour, ${upcoming.zone} (${scale}${days})`;
  return `${colors.bold(title)}\n${colors.dim(head)}\n${lines.join('\n')}\n${runsWords(total)} in total.\n`;
}

function collisions({ collisions: found, zone }: Upcoming, colors: Colors): string {
  if (found.length === 0) return '';
  const lines = found
    .slice(0, most(colors))
    .map(
      (one) => `  ${colors.yellow(shorten(one.refused.name, NAME, colors))}: ${collisionWords(one, zone)}\n`,
    );
  const title = colors.bold('Collisions: the service lets one run at a time on a cluster');
  return `${title}\n${lines.join('')}${moreText(found.length, most(colors))}`;
}

/** What runs later, or by no clock, or not at all. */
function others({ idle, planned, zone }: Upcoming, colors: Colors): string {
  const later = planned.filter(({ runs }) => runs === 0);
  const found = [
    ...later.map(({ trigger, next }) => [trigger.name, laterWords(next, zone)] as const),
    ...idle.map((one) => [one.name, idleWords(one)] as const),
  ];
  if (found.length === 0) return '';
  const rows = found.slice(0, most(colors)).map(([name, why]) => [shorten(name, NAME, colors), why]);
  return textTable(['NOT IN THIS PERIOD', 'WHY'], rows, colors) + moreText(found.length, most(colors));
}

/** How many lines of a list there is room for. */
function most({ width }: Colors): number {
  return width === null ? Number.POSITIVE_INFINITY : LINES;
}
