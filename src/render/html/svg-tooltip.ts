import { truncate } from '../text/truncate.ts';
import { type Html, html } from './html.ts';

/** Where a tooltip shows: by pointing at it, or by the keyboard's focus. In units of the drawing. */
export interface TooltipArea {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** The first is a heading. */
  readonly lines: readonly string[];
}

/** Most characters of a text in a tooltip, and the most width of its lines. */
const TEXT = 200;
const WIDEST = 420;
/** A text takes so many lines at most; what is beyond is cut. */
const ROWS = 2;
const LINE_HEIGHT = 16;
const PAD = 10;
/** As wide as text of this page's size may be, on any machine: better too much room than too little. */
const NARROW = 7.4;
const WIDE = 13;
const BROAD = /[mwMW@%]/;
/** A heading's letters are so much wider. */
const BOLD = 1.12;

/**
 * Transparent areas over a drawing of a size, each with a tip that shows while it is pointed at or has the focus. They
 * come last in the drawing, so that no tip lies beneath anything. No script is needed.
 */
export function tooltips(areas: readonly TooltipArea[], size: { width: number; height: number }): Html {
  return html`${areas.map((area) => tooltip(area, size))}`;
}

function tooltip(area: TooltipArea, size: { width: number; height: number }): Html {
  const label = area.lines.map((line) => truncate(line, TEXT)).join('; ');
  return html`<g class="hit" tabindex="0" role="img" aria-label="${label}"><rect class="target" x="${round(area.x)}" y="${round(area.y)}" width="${round(area.width)}" height="${round(area.height)}"/>${tip(area, size)}</g>
`;
}

/** Below the area, or above it in the lower half; never past the sides. */
function tip(area: TooltipArea, size: { width: number; height: number }): Html {
  const room = Math.min(WIDEST, size.width - 2 * PAD);
  const lines = area.lines.flatMap((line, at) =>
    at === 0
      ? wrap(line, room / BOLD).map((text) => ({ text, width: widthOf(text) * BOLD, bold: true }))
      : wrap(line, room).map((text) => ({ text, width: widthOf(text), bold: false })),
  );
  const width = Math.min(size.width, Math.max(...lines.map((line) => line.width)) + 2 * PAD);
  const height = lines.length * LINE_HEIGHT + PAD;
  const x = Math.max(0, Math.min(size.width - width, area.x + area.width / 2 - width / 2));
  const above = area.y + area.height / 2 > size.height / 2;
  const y = above ? area.y - height - 4 : area.y + area.height + 4;
  const spans = lines.map(
    ({ text, bold }) =>
      html`<tspan x="${round(x + PAD)}" dy="${LINE_HEIGHT}"${bold ? html` class="first"` : null}>${text}</tspan>`,
  );
  return html`<g class="tip" aria-hidden="true"><rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${height}" rx="6"/><text y="${round(y + 2)}">${spans}</text></g>`;
}

/** A text as lines of a width, broken between words where that is possible. */
export function wrap(text: string, width: number): string[] {
  const rows: string[] = [];
  let rest = truncate(text, TEXT);
  while (rows.length < ROWS - 1 && widthOf(rest) > width) {
    const end = rest.lastIndexOf(' ', fitting(rest, width));
    if (end < 1) break;
    rows.push(rest.slice(0, end));
    rest = rest.slice(end + 1);
  }
  return [...rows, fitTo(rest, width)];
}

function widthOf(text: string): number {
  return [...text].reduce(
    (sum, character) => sum + (character > '\u024f' || BROAD.test(character) ? WIDE : NARROW),
    0,
  );
}

/** Tenths are as fine as a screen shows. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A text cut to a width, by the same guess. */
function fitTo(text: string, width: number): string {
  const shown = truncate(text, TEXT);
  if (widthOf(shown) <= width) return shown;
  return `${shown.slice(0, fitting(shown, width - WIDE)).trimEnd()}…`;
}

/** A text whole, as lines of a width: broken behind a hyphen or a blank where that is possible, else anywhere. */
export function wrapWhole(text: string, width: number): string[] {
  const rows: string[] = [];
  for (let rest = truncate(text, TEXT); rest !== ''; ) {
    const end = Math.max(1, fitting(rest, width));
    const head = rest.slice(0, end);
    const last = Math.max(...['-', '_', '.', ' '].map((sign) => head.lastIndexOf(sign))) + 1;
    const cut = end === rest.length || last < end / 2 ? end : last;
    rows.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut);
  }
  return rows;
}

/** How much of a text fits into a width, in UTF-16 code units. */
function fitting(text: string, width: number): number {
  let room = width;
  let end = 0;
  for (const character of text) {
    room -= widthOf(character);
    if (room < 0) break;
    end += character.length;
  }
  return end;
}
