import { runsIn } from '../../schedule/upcoming/merge-runs.ts';
import type { ScheduledTrigger } from '../../schedule/upcoming/scheduled-trigger.ts';
import type { Planned, Upcoming } from '../../schedule/upcoming/upcoming.ts';
import { localTime } from '../../schedule/zone/local-time.ts';
import { HEAT_NARROW, HEAT_WIDE, heatLegend, heatMap } from '../html/heat-map.ts';
import { hourRows, hourTotals } from '../html/hour-bars.ts';
import { type Html, html } from '../html/html.ts';
import { LANES_NARROW, LANES_WIDE, type Lane, lanesSvg, type Mark } from '../html/lanes.ts';
import { truncate } from '../text/truncate.ts';
import type { ShownSchedule } from './schedule-json.ts';
import { pageHtml } from './schedule-page.ts';
import {
  collisionWords,
  dayWords,
  durationWords,
  headWords,
  idleWords,
  laterWords,
  momentWords,
  runsWords,
  scheduleWords,
} from './upcoming-words.ts';

/** Most characters of a name. */
const NAME = 200;
/** So many lanes are drawn; the table has them all. */
const LANES = 60;
/** So many times stand in a tip. */
const TIMES = 7;
const ROWS = 500;
/** Of refused runs in a lane of many. */
const MARKS = 400;

/** What runs, as one file of HTML: nothing is loaded, no script is needed or allowed to run, whatever stands in it. */
export function scheduleHtml(shown: ShownSchedule): string {
  const { agenda, warnings } = shown;
  const [title, window] = headWords(shown);
  return pageHtml({
    tool: 'mxt schedule',
    title,
    place: window,
    badges: chipsOf(agenda),
    body: html`${weekSection(agenda)}${laneSection(agenda)}${collisionSection(agenda)}${triggerSection(agenda)}${othersSection(agenda)}`,
    notes: warnings,
  });
}

function chipsOf({ planned, collisions, idle }: Upcoming): Html {
  const total = planned.reduce((sum, { runs }) => sum + runs, 0);
  const refused = collisions.reduce((sum, { times }) => sum + times.length, 0);
  return html`<ul class="chips"><li class="kind create">${runsWords(total)}</li> <li class="kind">${planned.length} ${planned.length === 1 ? 'trigger' : 'triggers'}</li> ${refused === 0 ? null : html`<li class="kind delete">${runsWords(refused)} refused</li> `}${idle.length === 0 ? null : html`<li class="kind">${idle.length} not running</li>`}</ul>`;
}

function weekSection(agenda: Upcoming): Html | null {
  const totals = hourTotals(agenda);
  const { rows, byWeekday } = hourRows(agenda, totals);
  if (totals.every((count) => count === 0)) return null;
  const perTrigger = agenda.planned.map(
    ({ subject, perHour }) => [subject, hourRows(agenda, perHour).rows] as const,
  );
  const tooltip = (row: number, hour: number) => {
    const own = perTrigger
      .map(([subject, of]) => [subject.name, of[row]?.counts[hour] ?? 0] as const)
      .filter(([, count]) => count > 0)
      .sort((a, b) => a[1] - b[1]);
    const time = String(hour).padStart(2, '0');
    const total = own.reduce((sum, [, count]) => sum + count, 0);
    const lines = own.map(([name, count]) => `${count.toLocaleString('en-US')} × ${name}`);
    const rest = lines.length > TIMES ? [`and ${lines.length - TIMES + 1} more`] : [];
    return [
      `${rows[row]?.label} ${time}:00–${time}:59: ${runsWords(total)}`,
      ...lines.slice(0, rest.length > 0 ? TIMES - 1 : TIMES),
      ...rest,
    ];
  };
  const title = byWeekday ? 'Runs by weekday and hour' : 'Runs by day and hour';
  return html`<section aria-labelledby="week">
<h2 id="week">${title}</h2>
<p class="note">Hours of ${agenda.zone}${byWeekday ? ', summed by weekday' : null}. Point at an hour, or move between them with Tab, to see what runs.</p>
<div class="card"><a class="skip" href="#lanes">Skip the hours</a>
<div class="wide">${heatMap({ rows, tooltip }, HEAT_WIDE, title)}</div>
<div class="narrow">${heatMap({ rows, tooltip }, HEAT_NARROW, title)}</div>
${heatLegend(rows)}</div>
</section>
`;
}

function laneSection(agenda: Upcoming): Html | null {
  const planned = agenda.planned.filter(({ runs }) => runs > 0);
  if (planned.length === 0) return null;
  const refused = refusedOf(agenda);
  const lanes = planned.slice(0, LANES).map((one) => laneOf(one, agenda, refused.get(one.subject) ?? NONE));
  const rest = planned.length - lanes.length;
  const title = 'Each trigger';
  return html`<section aria-labelledby="lanes">
<h2 id="lanes">${title}</h2>
<p class="note">A bar is as long as a run is assumed to last.${rest > 0 ? ` The first ${LANES} are drawn; the table below has the other ${rest} too.` : null}</p>
<div class="card"><a class="skip" href="#triggers">Skip the lanes</a>
<div class="wide">${lanesSvg(lanes, agenda.hours, LANES_WIDE, title)}</div>
<div class="narrow">${lanesSvg(lanes, agenda.hours, LANES_NARROW, title)}</div>
${laneLegend(lanes)}</div>
</section>
`;
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

function laneOf(planned: Planned, agenda: Upcoming, refused: ReadonlySet<number>): Lane {
  const { subject, dense, runs, perHour } = planned;
  const facts = [`${scheduleWords(subject)}`, `${subject.worksOn}, ${durationWords(subject.duration)}`];
  const times = dense ? [] : [...runsIn([subject], agenda)].map(({ at }) => at);
  const drawn = dense ? [...refused].slice(0, MARKS) : times.map((at) => at.getTime());
  const marks = drawn.map((from): Mark => {
    const kind = refused.has(from) ? 'refused' : 'run';
    return { from, to: from + subject.duration.ms, kind };
  });
  return {
    name: subject.name,
    about: subject.worksOn,
    total: runs,
    marks,
    busy: dense ? perHour.map((count) => count > 0) : null,
    tooltip: (from, to) => {
      const within = dense
        ? agenda.hours.reduce(
            (sum, hour, at) => (hour.from >= from && hour.from < to ? sum + (perHour[at] ?? 0) : sum),
            0,
          )
        : times.filter((at) => at.getTime() >= from && at.getTime() < to).length;
      if (within === 0) return [];
      const date = daysWords(from, to, agenda.zone);
      const lost = [...refused].filter((time) => time >= from && time < to).length;
      const own = times.filter((at) => at.getTime() >= from && at.getTime() < to);
      return [
        `${subject.name}, ${date}: ${runsWords(within)}`,
        ...(own.length === 0 ? [] : [timesWords(own, from, to, agenda.zone)]),
        ...(lost === 0 ? [] : [`${runsWords(lost)} refused: its cluster is busy`]),
        ...facts,
      ];
    },
  };
}

/** `Fri 18 Dec`, `Fri 18 Dec to Sun 20 Dec` */
function daysWords(from: number, to: number, zone: string): string {
  const [first = '', last = ''] = [from, to - 1].map((at) => dayWords(localTime(new Date(at), zone).date));
  return first === last ? first : `${first} to ${last}`;
}

/** `at 02:00, 08:00 and 14:00`; with their dates where the time is longer than a day. */
function timesWords(times: readonly Date[], from: number, to: number, zone: string): string {
  const short = to - from <= 90_000_000;
  const words = times.slice(0, TIMES).map((at) => (short ? localTime(at, zone).time : momentWords(at, zone)));
  const shownWords = short ? words : words.slice(0, 3);
  const rest = times.length - shownWords.length;
  return `at ${shownWords.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function laneLegend(lanes: readonly Lane[]): Html {
  const refused = lanes.some(({ marks }) => marks.some(({ kind }) => kind === 'refused'));
  const often = lanes.some(({ busy }) => busy !== null);
  return html`<ul class="legend"><li><span class="swatch once"></span>a run</li>${often ? html`<li><span class="swatch often"></span>runs too often for a bar each</li>` : null}${refused ? html`<li><span class="swatch lost"></span>refused: its cluster is busy (lower half)</li>` : null}</ul>`;
}

function collisionSection({ collisions, zone }: Upcoming): Html | null {
  if (collisions.length === 0) return null;
  return html`<section aria-labelledby="collisions">
<h2 id="collisions">Collisions</h2>
<p class="note">The service lets one run at a time on a cluster, and refuses the next.</p>
${collisions.slice(0, ROWS).map((one) => html`<p class="warning"><b>${truncate(one.refused.name, NAME)}</b>: ${collisionWords(one, zone)}</p>\n`)}
</section>
`;
}

function triggerSection({ planned, zone }: Upcoming): Html | null {
  if (planned.length === 0) return null;
  return html`<section aria-labelledby="triggers">
<h2 id="triggers">Triggers</h2>
<div class="card"><table>
<thead><tr><th scope="col">Name</th><th scope="col">Works on</th><th scope="col">Schedule</th><th scope="col">Next</th><th scope="col" class="number">Runs</th></tr></thead>
<tbody>${planned.slice(0, ROWS).map(
    ({
      subject,
      next,
      runs,
    }) => html`<tr><td>${truncate(subject.name, NAME)}</td><td data-head="Works on">${truncate(subject.worksOn, NAME)}</td><td data-head="Schedule">${scheduleWords(subject)}</td><td data-head="Next" class="moment">${runs === 0 ? laterWords(next, zone) : next === null ? null : momentWords(next, zone)}</td><td data-head="Runs" class="number">${runs.toLocaleString('en-US')}</td></tr>
`,
  )}</tbody></table>${planned.length > ROWS ? html`<p class="note">And ${planned.length - ROWS} more.</p>` : null}</div>
</section>
`;
}

function othersSection({ idle }: Upcoming): Html | null {
  if (idle.length === 0) return null;
  return html`<section aria-labelledby="idle">
<h2 id="idle">Not on a clock, or not running</h2>
<div class="card"><table>
<thead><tr><th scope="col">Name</th><th scope="col">Works on</th><th scope="col">Why</th></tr></thead>
<tbody>${idle.slice(0, ROWS).map((one) => html`<tr><td>${truncate(one.name, NAME)}</td><td data-head="Works on">${truncate(one.worksOn, NAME)}</td><td data-head="Why">${idleWords(one)}</td></tr>\n`)}</tbody></table></div>
</section>
`;
}
