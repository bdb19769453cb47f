import type { ActorFigures, SimulatedEvent } from '../../schedule/upcoming/simulated.ts';
import { localTime } from '../../schedule/zone/local-time.ts';
import { HEAT_NARROW, HEAT_WIDE, heatLegend, heatMap } from '../html/heat-map.ts';
import { hourRows } from '../html/hour-bars.ts';
import { type Html, html } from '../html/html.ts';
import { LANES_NARROW, LANES_WIDE, type Lane, lanesSvg, type Mark } from '../html/lanes.ts';
import { truncate } from '../text/truncate.ts';
import { pageHtml } from './schedule-page.ts';
import type { ShownSimulation } from './simulate-json.ts';
import { countWords, show, TROUBLES, titleWords, totalWords, troublesOf } from './simulate-words.ts';
import { dayWords, runsWords, windowWords } from './upcoming-words.ts';

const NAME = 200;
/** So many lanes are drawn; the table has more. */
const LANES = 60;
const ROWS = 500;
/** More in one lane run together: then whole hours are drawn. */
const MARKS = 400;
const DENSE_A_DAY = 12;

/** What happens after a plan, as one file of HTML: nothing is loaded, no script runs. */
export function simulateHtml(shown: ShownSimulation): string {
  const { result, warnings } = shown;
  return pageHtml({
    tool: 'mxt simulate',
    title: titleWords(shown),
    place: windowWords(result.from, result.to, result.zone),
    badges: chipsOf(shown),
    body: html`<p>Before the plan → after it: ${totalWords(result.before, result.after)}.</p>
${heatSection(shown)}${laneSection(shown)}${troubleSections(shown)}${tableSection(shown)}`,
    notes: warnings,
  });
}

function chipsOf({ result: { after } }: ShownSimulation): Html {
  const bad = [
    ['failed', after.failed],
    ['refused', after.refused],
    ['stopped', after.stopped],
  ] as const;
  return html`<ul class="chips"><li class="kind create">${runsWords(after.runs)}</li> ${bad
    .filter(([, count]) => count > 0)
    .map(
      ([name, count]) => html`<li class="kind delete">${show(count)} ${name}</li> `,
    )}${after.suppressed === 0 ? null : html`<li class="kind">${countWords(after.suppressed, 'time')} held back by a cooldown</li>`}</ul>`;
}

function heatSection({ result }: ShownSimulation): Html | null {
  const perHour = hourCounts(result.timeline, result.hours);
  if (perHour.every((count) => count === 0)) return null;
  const { rows, byWeekday } = hourRows(result, perHour);
  const title = byWeekday ? 'Runs by weekday and hour' : 'Runs by day and hour';
  const tooltip = (row: number, hour: number) => {
    const time = String(hour).padStart(2, '0');
    const { label, counts } = rows[row] ?? { label: '', counts: [] };
    return [`${label} ${time}:00–${time}:59: ${runsWords(counts[hour] ?? 0)}`];
  };
  return html`<section aria-labelledby="week">
<h2 id="week">${title}</h2>
<p class="note">Hours of ${result.zone}${byWeekday ? ', summed by weekday' : null}.</p>
<div class="card"><a class="skip" href="#lanes">Skip the hours</a>
<div class="wide">${heatMap({ rows, tooltip }, HEAT_WIDE, title)}</div>
<div class="narrow">${heatMap({ rows, tooltip }, HEAT_NARROW, title)}</div>
${heatLegend(rows)}</div>
</section>
`;
}

/** Runs in each hour. */
function hourCounts(
  outcomes: readonly SimulatedEvent[],
  hours: ShownSimulation['result']['hours'],
): number[] {
  const counts = hours.map(() => 0);
  let at = 0;
  for (const one of outcomes) {
    while (at < hours.length - 1 && one.at >= (hours[at]?.to ?? 0)) at += 1;
    if (isRun(one)) counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
}

const isRun = ({ kind }: SimulatedEvent): boolean => kind === 'run' || kind === 'failed_run';

function laneSection({ result }: ShownSimulation): Html | null {
  const active = result.actors.filter(({ outcomes }) => outcomes.length > 0);
  if (active.length === 0) return null;
  const lanes = active.slice(0, LANES).map((one) => laneOf(one, result));
  const rest = active.length - lanes.length;
  return html`<section aria-labelledby="lanes">
<h2 id="lanes">Each trigger</h2>
<p class="note">Point at a day, or move between them with Tab, to see what happens.${rest > 0 ? ` The first ${LANES} are drawn.` : null}</p>
<div class="card"><a class="skip" href="#triggers">Skip the lanes</a>
<div class="wide">${lanesSvg(lanes, result.hours, LANES_WIDE, 'Each trigger')}</div>
<div class="narrow">${lanesSvg(lanes, result.hours, LANES_NARROW, 'Each trigger')}</div>
<ul class="legend"><li><span class="swatch once"></span>a run</li><li><span class="swatch often"></span>too often for a bar each</li><li><span class="swatch lost"></span>failed, refused or held back (lower half)</li></ul></div>
</section>
`;
}

const MARK: Readonly<Record<SimulatedEvent['kind'], Mark['kind']>> = {
  run: 'run',
  failed_run: 'failed',
  refused: 'refused',
  suppressed: 'suppressed',
  stopped: 'failed',
};

function laneOf(
  { actor, after, outcomes }: ActorFigures,
  { from, to, hours, zone }: ShownSimulation['result'],
): Lane {
  const days = (to.getTime() - from.getTime()) / 86_400_000;
  const dense = outcomes.length > MARKS || outcomes.length > DENSE_A_DAY * Math.max(1, days);
  return {
    name: actor.name,
    about: actor.worksOn,
    total: after.runs,
    marks: outcomes
      .filter((one) => !dense || one.kind !== 'run')
      .slice(0, MARKS)
      .map((one) => ({ from: one.at, to: isRun(one) ? one.until : one.at, kind: MARK[one.kind] })),
    busy: dense ? hourCounts(outcomes, hours).map((count) => count > 0) : null,
    tooltip: (begin, end) => {
      const own = outcomes.filter(({ at }) => at >= begin && at < end);
      if (own.length === 0) return [];
      const count = (kind: SimulatedEvent['kind']) => own.filter((one) => one.kind === kind).length;
      const line = (kind: SimulatedEvent['kind'], words: string) =>
        count(kind) === 0 ? [] : [`${show(count(kind))} ${words}`];
      const [first = '', last = ''] = [begin, end - 1].map((at) =>
        dayWords(localTime(new Date(at), zone).date),
      );
      return [
        `${actor.name}, ${first === last ? first : `${first} to ${last}`}: ${runsWords(own.filter(isRun).length)}`,
        ...line('failed_run', 'failed'),
        ...line('refused', 'refused: its cluster is busy'),
        ...line('suppressed', 'held back by its cooldown'),
        ...line('stopped', 'stopped: too many failures in a row'),
        ...(actor.words === null ? [] : [actor.words]),
        actor.worksOn,
      ];
    },
  };
}

function troubleSections(shown: ShownSimulation): (Html | null)[] {
  const troubles = troublesOf(shown);
  return TROUBLES.map(([kind, title]) =>
    troubles[kind].length === 0
      ? null
      : html`<section>
<h2>${title}</h2>
${troubles[kind].slice(0, ROWS).map(({ name, words }) => html`<p class="warning"><b>${name}</b>: ${words}</p>\n`)}
</section>
`,
  );
}

function tableSection({ result: { actors } }: ShownSimulation): Html | null {
  if (actors.length === 0) return null;
  return html`<section aria-labelledby="triggers">
<h2 id="triggers">Triggers</h2>
<div class="card"><table>
<thead><tr><th scope="col">Name</th><th scope="col">Works on</th><th scope="col">Schedule</th><th scope="col" class="number">Runs before</th><th scope="col" class="number">After</th></tr></thead>
<tbody>${actors.slice(0, ROWS).map(
    ({ actor, before, after }) =>
      html`<tr><td>${truncate(actor.name, NAME)}</td><td data-head="Works on">${truncate(actor.worksOn, NAME)}</td><td data-head="Schedule">${actor.words ?? 'no clock'}</td><td data-head="Runs before" class="number">${show(before.runs)}</td><td data-head="After" class="number">${show(after.runs)}</td></tr>
`,
  )}</tbody></table>${actors.length > ROWS ? html`<p class="note">And ${actors.length - ROWS} more.</p>` : null}</div>
</section>
`;
}
