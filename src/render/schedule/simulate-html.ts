import type { SimulatedEvent } from '../../schedule/upcoming/event-log.ts';
import type { ActorFigures } from '../../schedule/upcoming/simulated.ts';
import { hourRows } from '../html/hour-bars.ts';
import { type Html, html } from '../html/html.ts';
import type { Lane, Mark } from '../html/lanes.ts';
import { truncate } from '../text/truncate.ts';
import { countWords, showCount } from '../text/value.ts';
import {
  heatSection,
  LANES,
  laneLegend,
  laneSection,
  pageHtml,
  tableSection,
  warningSection,
} from './schedule-page.ts';
import type { ShownSimulation } from './simulate-json.ts';
import { TROUBLES, titleWords, totalWords, troublesOf } from './simulate-words.ts';
import { daysWords, runsWords, windowWords } from './upcoming-words.ts';

const NAME = 200;
/** More in one lane run together: then whole hours are drawn. */
const MARKS = 400;
const DENSE_A_DAY = 12;

/** What happens after a plan, as one file of HTML: nothing is loaded, no script runs. */
export function simulateHtml(shown: ShownSimulation): string {
  const { result, warnings } = shown;
  return pageHtml({
    tool: 'mxt simulate',
    title: titleWords(shown),
    window: windowWords(result.from, result.to, result.zone),
    badges: badgesOf(shown),
    body: html`<p>Before the plan → after it: ${totalWords(result.before, result.after)}.</p>
${hoursOf(shown)}${lanesOf(shown)}${troublesHtml(shown)}${triggersOf(shown)}`,
    notes: warnings,
  });
}

function badgesOf({ result: { after } }: ShownSimulation): Html {
  const bad = [
    ['failed', after.failed],
    ['refused', after.refused],
    ['stopped', after.stopped],
  ] as const;
  return html`<ul class="badges"><li class="kind create">${runsWords(after.runs)}</li> ${bad
    .filter(([, count]) => count > 0)
    .map(
      ([name, count]) => html`<li class="kind delete">${showCount(count)} ${name}</li> `,
    )}${after.suppressed === 0 ? null : html`<li class="kind">${countWords(after.suppressed, 'time')} held back by a cooldown</li>`}</ul>`;
}

function hoursOf({ result }: ShownSimulation): Html | null {
  const perHour = hourCounts(result.timeline, result.hours);
  if (perHour.every((count) => count === 0)) return null;
  const { rows, byWeekday } = hourRows(result, perHour);
  const tooltip = (row: number, hour: number) => {
    const time = String(hour).padStart(2, '0');
    const { label, counts } = rows[row] ?? { label: '', counts: [] };
    return [`${label} ${time}:00–${time}:59: ${runsWords(counts[hour] ?? 0)}`];
  };
  return heatSection({ rows, tooltip, byWeekday, zone: result.zone }, null);
}

/** Runs in each hour. */
function hourCounts(outcomes: Iterable<SimulatedEvent>, hours: ShownSimulation['result']['hours']): number[] {
  const counts = hours.map(() => 0);
  let at = 0;
  for (const one of outcomes) {
    while (at < hours.length - 1 && one.at >= (hours[at]?.to ?? 0)) at += 1;
    if (isRun(one)) counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
}

const isRun = ({ kind }: SimulatedEvent): boolean => kind === 'run' || kind === 'failed_run';

function lanesOf({ result }: ShownSimulation): Html | null {
  const active = result.actors
    .filter(({ after }) => after.runs + after.refused + after.suppressed + after.stopped > 0)
    .sort((a, b) => troublesIn(b) - troublesIn(a));
  if (active.length === 0) return null;
  const lanes = active.slice(0, LANES).map((one) => laneOf(one, result));
  const rest = active.length - lanes.length;
  const note = `Point at a day, or move between them with Tab, to see what happens. Those with most trouble come first.${rest > 0 ? ` The first ${LANES} are drawn.` : ''}`;
  const often = lanes.some(({ busy }) => busy !== null);
  const lost = lanes.some(({ marks }) => marks.some(({ kind }) => kind !== 'run'));
  const legend = laneLegend(
    often ? 'runs too often for a bar each' : null,
    lost ? 'failed, refused or held back (lower half)' : null,
  );
  return laneSection(lanes, result.hours, note, legend);
}

/** What did not go well: such lanes come first. */
function troublesIn({ after }: ActorFigures): number {
  return after.failed + after.refused + after.suppressed + after.stopped;
}

const MARK: Readonly<Record<SimulatedEvent['kind'], Mark['kind']>> = {
  run: 'run',
  failed_run: 'failed',
  refused: 'refused',
  suppressed: 'suppressed',
  stopped: 'failed',
};

function laneOf(
  { actor, after, outcomes: outcomesOf }: ActorFigures,
  { from, to, hours, zone }: ShownSimulation['result'],
): Lane {
  const outcomes = outcomesOf();
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
        count(kind) === 0 ? [] : [`${showCount(count(kind))} ${words}`];
      return [
        `${actor.name}, ${daysWords(begin, end, zone)}: ${runsWords(own.filter(isRun).length)}`,
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

function troublesHtml(shown: ShownSimulation): (Html | null)[] {
  const troubles = troublesOf(shown);
  return TROUBLES.map(([kind, title]) => warningSection(kind, title, null, troubles[kind]));
}

function triggersOf({ result: { actors } }: ShownSimulation): Html | null {
  if (actors.length === 0) return null;
  const rows = actors.map(({ actor, before, after }) => [
    truncate(actor.name, NAME),
    truncate(actor.worksOn, NAME),
    actor.words ?? 'no clock',
    showCount(before.runs),
    showCount(after.runs),
  ]);
  const columns = ['Name', 'Works on', 'Schedule', ['Runs before', 'number'], ['After', 'number']] as const;
  return tableSection('triggers', 'Triggers', columns, rows);
}
