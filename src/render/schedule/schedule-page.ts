import { documentHtml, type Html, html } from '../html/html.ts';
import { cut } from '../text/truncate.ts';
import { SCHEDULE_STYLE } from './schedule-html-style.ts';

/** A page about time: what stands around its drawings. */
export interface Page {
  readonly tool: string;
  readonly title: string;
  readonly place: string;
  readonly chips: Html;
  readonly body: Html;
  readonly notes: readonly string[];
}

const TITLE = 200;
const NOTE = 1000;

export function pageHtml({ tool, title, place, chips, body, notes }: Page): string {
  const footer =
    notes.length === 0
      ? null
      : html`<footer>${notes.map((note) => html`<p>Note: ${cut(note, NOTE)}</p>\n`)}</footer>\n`;
  const page = html`<header>
<p class="tool">${tool}</p>
<h1>${cut(title, TITLE)}</h1>
<p class="place">${place}</p>
${chips}
</header>
<main>
${body}</main>
${footer}`;
  return documentHtml(`${tool}: ${cut(title, TITLE)}`, SCHEDULE_STYLE, page);
}
