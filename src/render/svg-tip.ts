import { cut } from './cut.ts';
import { type Html, html } from './html.ts';

/** Where something can be pointed at or reached by the keyboard, and what is told of it then. */
export interface Hit {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** The first is a heading. */
  readonly lines: readonly string[];
}

/** Most characters of a line, and lines of a tip. */
const LINE = 58;
const LINES = 8;
const LINE_HEIGHT = 16;
const PAD = 10;
/** As wide as text of this page's size may be, on any machine: better too much room than too little. */
const NARROW = 7;
const WIDE = 12;

/**
 * Transparent areas over a drawing of a size, each with a tip that shows while it is pointed at or has the focus. They
 * come last in the drawing, so that no tip lies beneath anything. No script is needed.
 */
export function hits(areas: readonly Hit[], size: { width: number; height: number }): Html {
  return html`${areas.map((area) => hit(area, size))}`;
}

function hit(area: Hit, size: { width: number; height: number }): Html {
  const lines = area.lines.slice(0, LINES).map((line) => cut(line, LINE));
  return html`<g class="hit" tabindex="0" role="img" aria-label="${lines.join('; ')}"><rect class="target" x="${round(area.x)}" y="${round(area.y)}" width="${round(area.width)}" height="${round(area.height)}"/>${tip(lines, area, size)}</g>
`;
}

/** Below the area, or above it in the lower half; never past the sides. */
function tip(lines: readonly string[], area: Hit, size: { width: number; height: number }): Html {
  const width = Math.min(size.width, Math.max(...lines.map(widthOf)) + 2 * PAD);
  const height = lines.length * LINE_HEIGHT + PAD;
  const x = Math.max(0, Math.min(size.width - width, area.x + area.width / 2 - width / 2));
  const above = area.y + area.height / 2 > size.height / 2;
  const y = above ? area.y - height - 4 : area.y + area.height + 4;
  const spans = lines.map(
    (line, at) =>
      html`<tspan x="${round(x + PAD)}" dy="${LINE_HEIGHT}"${at === 0 ? html` class="first"` : null}>${line}</tspan>`,
  );
  return html`<g class="tip" aria-hidden="true"><rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${height}" rx="6"/><text y="${round(y + 2)}">${spans}</text></g>`;
}

function widthOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (character > '\u024f' ? WIDE : NARROW), 0);
}

/** Tenths are as fine as a screen shows. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A text cut to a width, by the same guess. */
export function fitTo(text: string, width: number): string {
  const shown = cut(text, 200);
  if (widthOf(shown) <= width) return shown;
  let room = width - WIDE;
  let end = 0;
  for (const character of shown) {
    room -= widthOf(character);
    if (room < 0) break;
    end += character.length;
  }
  return `${shown.slice(0, end).trimEnd()}…`;
}
