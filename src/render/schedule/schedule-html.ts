import { runsIn } from '../../schedule/upcoming/merge-runs.ts';
import type { ScheduledTrigger } from '../../schedule/upcoming/scheduled-trigger.ts';
import type { Planned, Upcoming } from '../../schedule/upcoming/upcoming.ts';
import { localTime } from '../../schedule/zone/local-time.ts';
import { momentWords } from '../../schedule/zone/moment-words.ts';
import { hourRows, hourTotals } from '../html/hour-bars.ts';
import { type Html, html } from '../html/html.ts';
import type { Lane, Mark } from '../html/lanes.ts';
import { truncate } from '../text/truncate.ts';
import { countWords, showCount } from '../text/value.ts';
import type { ShownSchedule } from './schedule-json.ts';
import {
  heatSection,
  LANES,
  laneLegend,
  laneSection,
  pageHtml,
  tableSection,
  warningSection,
} from './schedule-page.ts';
import {
  collisionWords,
  daysWords,
  durationWords,
  headWords,
  idleWords,
  laterWords,
  runsWords,
  scheduleWords,
} from './upcoming-words.ts';

/** Most characters of a name. */
const NAME = 200;
/** Most times, or triggers, in a tooltip. */
const TIMES = 7;
/** Most refused runs in a lane of many. */
const MARKS = 400;

/** What runs, as one file of HTML: nothing is loaded, no script is needed or allowed to run, whatever stands in it. */
export function scheduleHtml(shown: ShownSchedule): string {
  const { upcoming, warnings } = shown;
  const [title, window] = headWords(shown);
  return pageHtml({
    tool: 'mxt schedule',
    title,
    window,
    badges: badgesOf(upcoming),
    body: html`${hoursOf(upcoming)}${lanesOf(upcoming)}${collisionsOf(upcoming)}${triggersOf(upcoming)}${idleOf(upcoming)}`,
    notes: warnings,
  });
}

function badgesOf({ planned, collisions, idle }: Upcoming): Html {
  const total = planned.reduce((sum, { runs }) => sum + runs, 0);
  const refused = collisions.reduce((sum, { times }) => sum + times.length, 0);
  return html`<ul class="badges"><li class="kind create">${runsWords(total)}</li> <li class="kind">${countWords(planned.length, 'trigger')}</li> ${refused === 0 ? null : html`<li class="kind delete">${runsWords(refused)} refused</li> `}${idle.length === 0 ? null : html`<li class="kind">${idle.length} not running</li>`}</ul>`;
}

function hoursOf(upcoming: Upcoming): Html | null {
  const totals = hourTotals(upcoming);
  const { rows, byWeekday } = hourRows(upcoming, totals);
  if (totals.every((count) => count === 0)) return null;
  const perTrigger = upcoming.planned.map(
    ({ trigger, perHour }) => [trigger, hourRows(upcoming, perHour).rows] as const,
  );
  const tooltip = (row: number, hour: number) => {
    const own = perTrigger
      .map(([trigger, of]) => [trigger.name, of[row]?.counts[hour] ?? 0] as const)
      .filter(([, count]) => count > 0)
      .sort((a, b) => a[1] - b[1]);
    const time = String(hour).padStart(2, '0');
    const total = own.reduce((sum, [, count]) => sum + count, 0);
    const lines = own.map(([name, count]) => `${showCount(count)} × ${name}`);
    const rest = lines.length > TIMES ? [`and ${lines.length - TIMES + 1} more`] : [];
    return [
      `${rows[row]?.label} ${time}:00–${time}:59: ${runsWords(total)}`,
      ...lines.slice(0, rest.length > 0 ? TIMES - 1 : TIMES),
      ...rest,
    ];
  };
  const hint = 'Point at an hour, or move between them with Tab, to see what runs.';
  return heatSection({ rows, tooltip, byWeekday, zone: upcoming.zone }, hint);
}

function lanesOf(upcoming: Upcoming): Html | null {
  const refused = refusedOf(upcoming);
  const lost = ({ trigger }: Planned) => refused.get(trigger)?.size ?? 0;
  const planned = upcoming.planned.filter(({ runs }) => runs > 0).sort((a, b) => lost(b) - lost(a));
  if (planned.length === 0) return null;
  const lanes = planned.slice(0, LANES).map((one) => laneOf(one, upcoming, refused.get(one.trigger) ?? NONE));
  const rest = planned.length - lanes.length;
  const often = lanes.some(({ busy }) => busy !== null);
  const worst = lanes.some(({ marks }) => marks.some(({ kind }) => kind === 'refused'));
  const note = `A bar is as long as a run is assumed to last.${worst ? ' Those with most refused runs come first.' : ''}${rest > 0 ? ` The first ${LANES} are drawn; the table below has the other ${rest} too.` : ''}`;
  const legend = laneLegend(
    often ? 'runs too often for a bar each' : null,
    worst ? 'refused: its cluster is busy (lower half)' : null,
  );
  return laneSection(lanes, upcoming.hours, note, legend);
}

const NONE: ReadonlySet<number> = new Set();

/** When runs of each trigger are refused. */
function refusedOf({ collisions }: Upcoming): Map<ScheduledTrigger, Set<number>> {
  const found = new Map<ScheduledTrigger, Set<number>>();
  for (const { refused, times } of collisions) {
    const own = found.get(refused) ?? new Set();
    for (const time of times) own.add(time);
    found.set(refused, own);
  }
  return found;
}

function laneOf(planned: Planned, upcoming: Upcoming, refused: ReadonlySet<number>): Lane {
  const { trigger, dense, runs, perHour } = planned;
  const facts = [`${scheduleWords(trigger)}`, `${trigger.worksOn}, ${durationWords(trigger.duration)}`];
  const times = dense ? [] : [...runsIn([trigger], upcoming)].map(({ at }) => at);
  const drawn = dense ? [...refused].slice(0, MARKS) : times.map((at) => at.getTime());
  const marks = drawn.map((from): Mark => {
    const kind = refused.has(from) ? 'refused' : 'run';
    return { from, to: from + trigger.duration.ms, kind };
  });
  return {
    name: trigger.name,
    about: trigger.worksOn,
    total: runs,
    marks,
    busy: dense ? perHour.map((count) => count > 0) : null,
    tooltip: (from, to) => {
      const within = dense
        ? upcoming.hours.reduce(
            (sum, hour, at) => (hour.from >= from && hour.from < to ? sum + (perHour[at] ?? 0) : sum),
            0,
          )
        : times.filter((at) => at.getTime() >= from && at.getTime() < to).length;
      if (within === 0) return [];
      const date = daysWords(from, to, upcoming.zone);
      const lost = [...refused].filter((time) => time >= from && time < to).length;
      const own = times.filter((at) => at.getTime() >= from && at.getTime() < to);
      return [
        `${trigger.name}, ${date}: ${runsWords(within)}`,
        ...(own.length === 0 ? [] : [timesWords(own, from, to, upcoming.zone)]),
        ...(lost === 0 ? [] : [`${runsWords(lost)} refused: its cluster is busy`]),
        ...facts,
      ];
    },
  };
}

/** `at 02:00, 08:00 in America/New_York`; each with its date where the time is longer than a day. */
function timesWords(times: readonly Date[], from: number, to: number, zone: string): string {
  const short = to - from <= 90_000_000;
  const words = times.slice(0, TIMES).map((at) => (short ? localTime(at, zone).time : momentWords(at, zone)));
  const shownWords = short ? words : words.slice(0, 3);
  const rest = times.length - shownWords.length;
  return `at ${shownWords.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}${short ? ` in ${zone}` : ''}`;
}

function collisionsOf({ collisions, zone }: Upcoming): Html | null {
  return warningSection(
    'collisions',
    'Collisions',
    'The service lets one run at a time on a cluster, and refuses the next.',
    collisions.map((one) => ({
      name: truncate(one.refused.name, NAME),
      words: collisionWords(one, zone),
    })),
  );
}

function triggersOf({ planned, zone }: Upcoming): Html | null {
  if (planned.length === 0) return null;
  const rows = planned.map(({ trigger, next, runs }) => [
    truncate(trigger.name, NAME),
    truncate(trigger.worksOn, NAME),
    scheduleWords(trigger),
    runs === 0 ? laterWords(next, zone) : next && momentWords(next, zone),
    showCount(runs),
  ]);
  const columns = ['Name', 'Works on', 'Schedule', ['Next', 'moment'], ['Runs', 'number']] as const;
  return tableSection('triggers', 'Triggers', columns, rows);
}

function idleOf({ idle }: Upcoming): Html | null {
  if (idle.length === 0) return null;
  const rows = idle.map((one) => [truncate(one.name, NAME), truncate(one.worksOn, NAME), idleWords(one)]);
  return tableSection('idle', 'Not on a clock, or not running', ['Name', 'Works on', 'Why'], rows);
}
