import { scaleBand, scaleQuantile } from 'd3-scale';
import type { HourRow } from './hour-bars.ts';
import { type Html, html } from './html.ts';
import { round, type TooltipArea, tooltips } from './svg-tooltip.ts';

/** How a heat map is laid out: days below one another for a page, beside one another for a telephone. */
export type HeatLayout = 'wide' | 'narrow';

/** Of a page: hours across. */
const WIDE = { width: 952, label: 100, row: 34, head: 22 };
/** Of a telephone: hours downwards, at most so many days beside one another (a week has eight dates), others below. */
const NARROW = { width: 340, label: 24, row: 20, head: 36, days: 8, gap: 18 };

const LEVELS = [1, 2, 3, 4, 5] as const;
const COMPACT = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });

export interface HeatMap {
  readonly rows: readonly HourRow[];
  /** The lines of an hour's tooltip: of a row, of the day. */
  readonly tooltip: (row: number, hour: number) => readonly string[];
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where the cells lie and what stands beside them. */
interface Grid {
  readonly width: number;
  readonly height: number;
  boxOf(row: number, hour: number): Box;
  readonly heads: readonly Html[];
}

const HOURS = Array.from({ length: 24 }, (_, at) => at);
const twoDigits = (hour: number) => String(hour).padStart(2, '0');

/** Days by hours, as SVG: the more runs, the stronger; the five strengths have about as many hours each. */
export function heatMap({ rows, tooltip }: HeatMap, layout: HeatLayout, title: string): Html {
  const { width, height, boxOf, heads } = layout === 'wide' ? wideGrid(rows) : narrowGrid(rows);
  const strength = strengthOf(rows);
  const cells: Html[] = [];
  const areas: TooltipArea[] = [];
  for (const [at, { counts }] of rows.entries()) {
    for (const hour of HOURS) {
      const count = counts[hour] ?? null;
      if (count === null) continue;
      const box = boxOf(at, hour);
      const level = count === 0 ? 0 : strength.level(count);
      cells.push(
        html`<rect class="heat${level}" x="${round(box.x)}" y="${round(box.y)}" width="${round(box.width)}" height="${round(box.height)}" rx="3"/>`,
      );
      if (count === 0) continue;
      areas.push({ ...box, lines: tooltip(at, hour) });
      cells.push(
        html`<text class="count on${level}" x="${round(box.x + box.width / 2)}" y="${round(box.y + box.height / 2)}">${COMPACT.format(count)}</text>`,
      );
    }
  }
  return html`<svg viewBox="0 0 ${width} ${height}" role="group" aria-label="${title}">
<g aria-hidden="true">${heads}${cells}</g>
${tooltips(areas, { width, height })}</svg>`;
}

function wideGrid(rows: readonly HourRow[]): Grid {
  const { width, label, row, head } = WIDE;
  const height = head + rows.length * row;
  const x = scaleBand(HOURS, [label, width]).paddingInner(0.06);
  const y = scaleBand([...rows.keys()], [head, height]).paddingInner(0.08);
  const middle = (hour: number) => (x(hour) ?? 0) + x.bandwidth() / 2;
  return {
    width,
    height,
    boxOf: (at, hour) => ({
      x: x(hour) ?? 0,
      y: y(at) ?? 0,
      width: x.bandwidth(),
      height: y.bandwidth(),
    }),
    heads: [
      ...HOURS.map((hour) => axis(middle(hour), 12, twoDigits(hour), 'middle')),
      ...rows.map((one, at) => axis(0, (y(at) ?? 0) + y.bandwidth() / 2, one.label, 'beside')),
    ],
  };
}

function narrowGrid(rows: readonly HourRow[]): Grid {
  const { width, label, row, head, gap } = NARROW;
  const block = head + HOURS.length * row;
  const blocks = Math.ceil(rows.length / NARROW.days);
  const days = Math.ceil(rows.length / blocks);
  const x = scaleBand(
    Array.from({ length: days }, (_, at) => at),
    [label, width],
  ).paddingInner(0.06);
  const topOf = (at: number) => Math.floor(at / days) * (block + gap);
  const leftOf = (at: number) => x(at % days) ?? 0;
  return {
    width,
    height: blocks * block + (blocks - 1) * gap,
    boxOf: (at, hour) => ({
      x: leftOf(at),
      y: topOf(at) + head + hour * row + 1,
      width: x.bandwidth(),
      height: row - 2,
    }),
    heads: [
      // `Thu` above `11-26`: the year stands in the heading of the page.
      ...rows.flatMap(({ label: day }, at) => {
        const [middle, top] = [leftOf(at) + x.bandwidth() / 2, topOf(at)];
        return [
          axis(middle, top + 12, day.slice(0, 3), 'middle'),
          ...(day.includes(' ') ? [axis(middle, top + 27, day.slice(-5), 'middle')] : []),
        ];
      }),
      ...Array.from({ length: blocks }, (_, at) => topOf(at * days)).flatMap((top) =>
        HOURS.map((hour) => axis(0, top + head + (hour + 0.5) * row, twoDigits(hour), 'beside')),
      ),
    ],
  };
}

function axis(x: number, y: number, text: string, place: 'middle' | 'beside'): Html {
  return place === 'middle'
    ? html`<text class="axis middle" x="${round(x)}" y="${round(y)}">${text}</text>`
    : html`<text class="axis" x="${round(x)}" y="${round(y)}" dominant-baseline="central">${text}</text>`;
}

/** What the strengths stand for, each with its colour. */
export function heatLegend(rows: readonly HourRow[]): Html {
  const { ranges } = strengthOf(rows);
  return html`<ul class="legend"><li><span class="swatch heat0"></span>none</li>${ranges.map(
    ({ level, least, most }) =>
      html`<li><span class="swatch heat${level}"></span>${least === most ? COMPACT.format(least) : `${COMPACT.format(least)}–${COMPACT.format(most)}`}</li>`,
  )}</ul>`;
}

function strengthOf(rows: readonly HourRow[]) {
  const counts = rows.flatMap((row) => row.counts.flatMap((count) => count || []));
  const distinct = [...new Set(counts)].sort((a, b) => a - b);
  const quantile = scaleQuantile<number>()
    .domain(distinct)
    .range(LEVELS.slice(0, Math.max(1, distinct.length)));
  // Each begins where the one before it ends: a number that no hour has is no hole.
  let last = 0;
  const ranges = LEVELS.flatMap((level) => {
    const most = distinct.findLast((count) => quantile(count) === level);
    if (most === undefined) return [];
    const least = last + 1;
    last = most;
    return [{ level, least, most }];
  });
  return { level: (count: number) => quantile(count), ranges };
}
