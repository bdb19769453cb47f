import { documentHtml, type Html, html } from '../html/html.ts';
import { truncate } from '../text/truncate.ts';
import { SCHEDULE_STYLE } from './schedule-html-style.ts';

/** A page about time: what stands around its drawings. */
export interface Page {
  readonly tool: string;
  readonly title: string;
  readonly place: string;
  readonly badges: Html;
  readonly body: Html;
  readonly notes: readonly string[];
}

const TITLE = 200;
const NOTE = 1000;

export function pageHtml({ tool, title, place, badges, body, notes }: Page): string {
  const footer =
    notes.length === 0
      ? null
      : html`<footer>${notes.map((note) => html`<p>Note: ${truncate(note, NOTE)}</p>\n`)}</footer>\n`;
  const page = html`<header>
<p class="tool">${tool}</p>
<h1>${truncate(title, TITLE)}</h1>
<p class="place">${place}</p>
${badges}
</header>
<main>
${body}</main>
${footer}`;
  return documentHtml(`${tool}: ${truncate(title, TITLE)}`, SCHEDULE_STYLE, page);
}
