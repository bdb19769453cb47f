import type { Hour } from '../../schedule/upcoming/hours.ts';
import { type HeatMap, heatLegend, heatMap } from '../html/heat-map.ts';
import { documentHtml, type Html, html } from '../html/html.ts';
import { LANES_NARROW, LANES_WIDE, type Lane, lanesSvg } from '../html/lanes.ts';
import { truncate } from '../text/truncate.ts';
import { SCHEDULE_STYLE } from './schedule-html-style.ts';

/** A page about time: what stands around its sections. */
export interface Page {
  readonly tool: string;
  readonly title: string;
  readonly window: string;
  readonly badges: Html;
  readonly body: Html;
  readonly notes: readonly string[];
}

const TITLE = 200;
const NOTE = 1000;

export function pageHtml({ tool, title, window, badges, body, notes }: Page): string {
  const footer =
    notes.length === 0
      ? null
      : html`<footer>${notes.map((note) => html`<p>Note: ${truncate(note, NOTE)}</p>\n`)}</footer>\n`;
  const page = html`<header>
<p class="tool">${tool}</p>
<h1>${truncate(title, TITLE)}</h1>
<p class="place">${window}</p>
${badges}
</header>
<main>
${body}</main>
${footer}`;
  return documentHtml(`${tool}: ${truncate(title, TITLE)}`, SCHEDULE_STYLE, page);
}

/** Most rows of a table or a list, and most lanes that are drawn. */
export const ROWS = 500;
export const LANES = 60;

/** Days or weekdays by hours. @param hint a sentence about what can be done with it */
export function heatSection(
  { rows, tooltip, byWeekday, zone }: HeatMap & { readonly byWeekday: boolean; readonly zone: string },
  hint: string | null,
): Html {
  const title = byWeekday ? 'Runs by weekday and hour' : 'Runs by day and hour';
  return html`<section aria-labelledby="week">
<h2 id="week">${title}</h2>
<p class="note">Hours of ${zone}${byWeekday ? ', summed by weekday' : null}.${hint === null ? null : ` ${hint}`}</p>
<div class="card"><a class="skip" href="#lanes">Skip the hours</a>
<div class="wide">${heatMap({ rows, tooltip }, 'wide', title)}</div>
<div class="narrow">${heatMap({ rows, tooltip }, 'narrow', title)}</div>
${heatLegend(rows)}</div>
</section>
`;
}

/** A lane for each trigger. The note is a paragraph's text, the legend stands below. */
export function laneSection(
  lanes: readonly Lane[],
  hours: readonly Hour[],
  note: string,
  legend: Html,
): Html {
  const title = 'Each trigger';
  return html`<section aria-labelledby="lanes">
<h2 id="lanes">${title}</h2>
<p class="note">${note}</p>
<div class="card"><a class="skip" href="#triggers">Skip the lanes</a>
<div class="wide">${lanesSvg(lanes, hours, LANES_WIDE, title)}</div>
<div class="narrow">${lanesSvg(lanes, hours, LANES_NARROW, title)}</div>
${legend}</div>
</section>
`;
}

/** What a lane's marks mean, of those that there are. */
export function laneLegend(often: string | null, lost: string | null): Html {
  return html`<ul class="legend"><li><span class="swatch once"></span>a run</li>${often === null ? null : html`<li><span class="swatch often"></span>${often}</li>`}${lost === null ? null : html`<li><span class="swatch lost"></span>${lost}</li>`}<li><b>12</b> at the right: runs in all</li></ul>`;
}

/** A column's head, and what its cells hold where that is no text. */
export type Column = string | readonly [head: string, className: 'number' | 'moment'];

/** A table of harmless text under its heading; on a telephone each cell has its head beside it. */
export function tableSection(
  id: string,
  title: string,
  columns: readonly Column[],
  rows: readonly (readonly (string | null)[])[],
): Html {
  const split = columns.map((column) => (typeof column === 'string' ? ([column] as const) : column));
  const heads = split.map(
    ([head, className]) =>
      html`<th scope="col"${className === 'number' ? html` class="number"` : null}>${head}</th>`,
  );
  const cell = (text: string | null, at: number) => {
    const [head = '', className] = split[at] ?? [];
    const name = at === 0 ? null : html` data-head="${head}"`;
    return html`<td${name}${className === undefined ? null : html` class="${className}"`}>${text}</td>`;
  };
  return html`<section aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
<div class="card"><table>
<thead><tr>${heads}</tr></thead>
<tbody>${rows.slice(0, ROWS).map((row) => html`<tr>${row.map(cell)}</tr>\n`)}</tbody></table>${rows.length > ROWS ? html`<p class="note">And ${rows.length - ROWS} more.</p>` : null}</div>
</section>
`;
}

/** Warnings under a heading, each about the trigger that it names. */
export function warningSection(
  id: string,
  title: string,
  note: string | null,
  warnings: readonly { readonly name: string; readonly words: string }[],
): Html | null {
  if (warnings.length === 0) return null;
  return html`<section aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
${note === null ? null : html`<p class="note">${note}</p>\n`}${warnings.slice(0, ROWS).map(({ name, words }) => html`<p class="warning"><b>${name}</b>: ${words}</p>\n`)}</section>
`;
}
