import { scaleBand, scaleQuantile } from 'd3-scale';
import type { HourRow } from './hour-bars.ts';
import { type Html, html } from './html.ts';
import { round, type TooltipArea, tooltips } from './svg-tooltip.ts';

/** How a heat map is laid out: for a page, or for a telephone. */
export interface HeatLayout {
  readonly width: number;
  readonly label: number;
  readonly row: number;
  /** Whether the cells have room for their numbers. */
  readonly numbers: boolean;
  /** Every how many hours one is named. */
  readonly step: number;
}

export const HEAT_WIDE: HeatLayout = { width: 952, label: 92, row: 34, numbers: true, step: 1 };
export const HEAT_NARROW: HeatLayout = { width: 340, label: 76, row: 26, numbers: false, step: 6 };

const HEAD = 22;
const LEVELS = [1, 2, 3, 4, 5] as const;
const COMPACT = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });

export interface HeatMap {
  readonly rows: readonly HourRow[];
  /** The lines of an hour's tooltip: of a row, of the day. */
  readonly tooltip: (row: number, hour: number) => readonly string[];
}

/** Days by hours, as SVG: the more runs, the stronger; the five strengths have about as many hours each. */
export function heatMap({ rows, tooltip }: HeatMap, layout: HeatLayout, title: string): Html {
  const hours = Array.from({ length: 24 }, (_, at) => at);
  const height = HEAD + rows.length * layout.row;
  const x = scaleBand(hours, [layout.label, layout.width]).paddingInner(0.06);
  const y = scaleBand(
    rows.map((_, at) => at),
    [HEAD, height],
  ).paddingInner(0.08);
  const strength = strengthOf(rows);
  const cells: Html[] = [];
  const areas: TooltipArea[] = [];
  for (const [at, { counts }] of rows.entries()) {
    for (const hour of hours) {
      const count = counts[hour] ?? null;
      if (count === null) continue;
      const box = { x: x(hour) ?? 0, y: y(at) ?? 0, width: x.bandwidth(), height: y.bandwidth() };
      const level = count === 0 ? 0 : strength.level(count);
      cells.push(
        html`<rect class="heat${level}" x="${round(box.x)}" y="${round(box.y)}" width="${round(box.width)}" height="${round(box.height)}" rx="3"/>`,
      );
      if (count === 0) continue;
      areas.push({ ...box, lines: tooltip(at, hour) });
      if (layout.numbers) {
        cells.push(
          html`<text class="count on${level}" x="${round(box.x + box.width / 2)}" y="${round(box.y + box.height / 2)}">${COMPACT.format(count)}</text>`,
        );
      }
    }
  }
  const heads = hours
    .filter((hour) => hour % layout.step === 0)
    .map(
      (hour) =>
        html`<text class="axis middle" x="${round((x(hour) ?? 0) + x.bandwidth() / 2)}" y="12">${String(hour).padStart(2, '0')}</text>`,
    );
  const labels = rows.map(
    ({ label }, at) =>
      html`<text class="axis" x="0" y="${round((y(at) ?? 0) + y.bandwidth() / 2)}" dominant-baseline="central">${label}</text>`,
  );
  return html`<svg viewBox="0 0 ${layout.width} ${height}" role="group" aria-label="${title}">
<g aria-hidden="true">${heads}${labels}${cells}</g>
${tooltips(areas, { width: layout.width, height })}</svg>`;
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
  const ranges = LEVELS.flatMap((level) => {
    const own = distinct.filter((count) => quantile(count) === level);
    const [least, most] = [own[0], own.at(-1)];
    return least === undefined || most === undefined ? [] : [{ level, least, most }];
  });
  return { level: (count: number) => quantile(count), ranges };
}
