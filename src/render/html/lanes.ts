import { scaleUtc } from 'd3-scale';
import type { Hour } from '../../schedule/upcoming/hours.ts';
import { dayWords } from '../../schedule/zone/moment-words.ts';
import { type Html, html } from './html.ts';
import { round, type TooltipArea, tooltips, wrap, wrapWhole } from './svg-tooltip.ts';

/** Something that takes its time, or is over at once. Unix milliseconds. */
export interface Mark {
  readonly from: number;
  readonly to: number;
  readonly kind: 'run' | 'refused' | 'failed' | 'suppressed';
}

/** One trigger over the whole time. */
export interface Lane {
  readonly name: string;
  readonly about: string;
  readonly total: number;
  /** Where it runs often, those that are no runs. */
  readonly marks: readonly Mark[];
  /** Where it runs so often that marks would run together: whether it does in each hour. Else null. */
  readonly busy: readonly boolean[] | null;
  /** The lines of the tooltip between two moments in Unix milliseconds; none where nothing happens. */
  readonly tooltip: (from: number, to: number) => readonly string[];
}

export interface LaneLayout {
  readonly width: number;
  /** Room for names beside the lanes; 0 writes them above. */
  readonly label: number;
  /** The least that a lane is high: a name that takes several lines makes it higher. */
  readonly row: number;
}

export const LANES_WIDE: LaneLayout = { width: 952, label: 228, row: 42 };
export const LANES_NARROW: LaneLayout = { width: 340, label: 0, row: 54 };

const HEAD = 26;
const BAR = 18;
/** Room for a lane's total at the right. */
const TOTAL = 52;
/** Letters of names are larger and bold, and so much wider than those that the guess is made for. */
const BOLD = 1.26;
/** What is shorter would not be seen. */
const LEAST = 2.5;
/** As many parts of the time can be pointed at. */
const PARTS = 14;
/** A day's name needs so much room. */
const DAY_NAME = 104;
/** A line of a lane's name. */
const LINE = 15;

/** A lane for each trigger, as SVG: when it runs, and for how long. */
export function lanesSvg(
  lanes: readonly Lane[],
  hours: readonly Hour[],
  layout: LaneLayout,
  title: string,
): Html {
  const [from, to] = [hours[0]?.from ?? 0, hours.at(-1)?.to ?? 1];
  const end = layout.width - TOTAL;
  const x = scaleUtc([from, to], [layout.label, end]);
  const placed = place(lanes, layout);
  const height = placed.at(-1)?.bottom ?? HEAD;
  const days = hours.filter(({ date }, at) => date !== hours[at - 1]?.date);
  const parts = partsOf(from, to, days);
  const areas: TooltipArea[] = [];
  const drawn = placed.map(({ lane, bar: top, texts }) => {
    for (const [begin, until] of parts) {
      const lines = lane.tooltip(begin, until);
      if (lines.length === 0) continue;
      areas.push({ x: x(begin), y: top - 3, width: x(until) - x(begin), height: BAR + 6, lines });
    }
    return html`${texts}<rect class="track" x="${layout.label}" y="${round(top)}" width="${round(end - layout.label)}" height="${BAR}" rx="4"/>${barsOf(lane, hours, x, top)}<text class="axis end" x="${layout.width}" y="${round(top + BAR / 2)}" dominant-baseline="central">${lane.total.toLocaleString('en-US')}</text>
`;
  });
  return html`<svg viewBox="0 0 ${layout.width} ${height}" role="group" aria-label="${title}">
<g aria-hidden="true">${daysOf(days, x, end, height)}${drawn}</g>
${tooltips(areas, { width: layout.width, height })}</svg>`;
}

type Scale = (time: number) => number;

/** A lane with its name and where its bars begin. */
interface Placed {
  readonly lane: Lane;
  readonly bar: number;
  readonly bottom: number;
  readonly texts: readonly Html[];
}

/** Lanes below one another, each as high as its name needs: whole, for a name that is cut may be another's. */
function place(lanes: readonly Lane[], { width, label, row }: LaneLayout): Placed[] {
  let top = HEAD;
  return lanes.map((lane) => {
    const room = label === 0 ? width - 4 : label - 12;
    const name = wrapWhole(lane.name, room / BOLD);
    const about = label === 0 ? [] : wrap(lane.about, room);
    const words = (name.length + about.length) * LINE;
    const high = Math.max(row, label === 0 ? words + BAR + 22 : words + 12);
    const first = label === 0 ? top + 16 : top + (high - words) / 2 + 12;
    const texts = [...name, ...about].map((text, at) => {
      const style = at < name.length ? 'lane' : 'axis';
      return html`<text class="${style}" x="0" y="${round(first + at * LINE)}">${text}</text>`;
    });
    const bar = label === 0 ? top + words + 10 : top + (high - BAR) / 2;
    top += high;
    return { lane, bar, bottom: top, texts };
  });
}

function barsOf({ marks, busy }: Lane, hours: readonly Hour[], x: Scale, top: number): Html {
  const often =
    busy === null
      ? null
      : rangesOf(busy, hours).map(
          ([from, to]) =>
            html`<rect class="mark dense" x="${round(x(from))}" y="${round(top + 5)}" width="${round(Math.max(LEAST, x(to) - x(from)))}" height="${BAR - 10}" rx="2"/>`,
        );
  const last = hours.at(-1)?.to ?? 0;
  return html`${often}${marks.map(({ from, to, kind }) => {
    const width = round(Math.max(LEAST, x(Math.min(to, last)) - x(from)));
    const [y, size] = kind === 'run' ? [top, BAR] : [top + BAR / 2, BAR / 2];
    return html`<rect class="mark${kind === 'run' ? null : html` lost`}" x="${round(x(from))}" y="${round(y)}" width="${width}" height="${size}" rx="1"/>`;
  })}`;
}

/** Hours in which something goes on, joined where they follow each other. */
function rangesOf(busy: readonly boolean[], hours: readonly Hour[]): [from: number, to: number][] {
  const found: [number, number][] = [];
  for (const [at, hour] of hours.entries()) {
    if (!busy[at]) continue;
    const last = found.at(-1);
    if (last?.[1] === hour.from) last[1] = hour.to;
    else found.push([hour.from, hour.to]);
  }
  return found;
}

/** The days between their midnights, as many joined as leave no more than can be told apart. */
function partsOf(from: number, to: number, days: readonly Hour[]): [from: number, to: number][] {
  const inner = days.slice(1).map((day) => day.from);
  const each = Math.ceil((inner.length + 1) / PARTS);
  const cuts = [from, ...inner.filter((_, at) => at % each === 0), to];
  return cuts.slice(1).map((end, at) => [cuts[at] ?? from, end]);
}

/** A line where each day begins, and the names of as many as there is room for. */
function daysOf(days: readonly Hour[], x: Scale, end: number, height: number): Html {
  const starts = days.map(({ from }) => x(from));
  const apart = starts.length < 3 ? DAY_NAME : (starts[2] ?? 0) - (starts[1] ?? 0);
  const each = Math.max(1, Math.ceil(DAY_NAME / apart));
  return html`${days.map(({ date }, at) => {
    if (at % each !== 0) return null;
    const start = round(starts[at] ?? 0);
    const room = (starts[at + each] ?? end + TOTAL / 2) - start;
    const name =
      room < DAY_NAME ? null : html`<text class="axis" x="${start + 4}" y="12">${dayWords(date)}</text>`;
    return html`<line class="grid" x1="${start}" x2="${start}" y1="2" y2="${height}"/>${name}`;
  })}`;
}
