import { cut } from './cut.ts';
import { Html, html } from './html.ts';
import { STYLE, STYLE_SOURCE } from './schedule-html-style.ts';

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

/** One file of HTML: nothing is loaded, no script is needed or allowed to run. */
export function pageHtml({ tool, title, place, chips, body, notes }: Page): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${new Html(STYLE_SOURCE)}'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${tool}: ${cut(title, TITLE)}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<header>
<p class="tool">${tool}</p>
<h1>${cut(title, TITLE)}</h1>
<p class="place">${place}</p>
${chips}
</header>
<main>
${body}</main>
${notes.length === 0 ? null : html`<footer>${notes.map((note) => html`<p>Note: ${cut(note, NOTE)}</p>\n`)}</footer>\n`}</body>
</html>
`.text;
}
