import { createHash } from 'node:crypto';
import { printable } from '../../lib/printable.ts';

/** Text that is HTML already. Made by the tag below alone, so that nothing comes into a page unescaped. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Content = string | number | null | Html | readonly Content[];

/** HTML from a template: what is put in is escaped, unless it is HTML itself; null is nothing. */
export function html(strings: TemplateStringsArray, ...contents: readonly Content[]): Html {
  return new Html(
    strings.reduce((text, string, at) => `${text}${toHtml(contents[at - 1] ?? null)}${string}`),
  );
}

function toHtml(content: Content): string {
  if (content === null) return '';
  if (content instanceof Html) return content.text;
  if (typeof content === 'string' || typeof content === 'number') return escapeHtml(String(content));
  return content.map(toHtml).join('');
}

/** One harmless line that is shown as it is, in an element's text and in a quoted attribute. */
function escapeHtml(text: string): string {
  return printable(text).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A style sheet, and the hash by which a page's policy allows it and no other. */
export interface Style {
  readonly css: string;
  readonly source: string;
}

export function styleOf(css: string): Style {
  return { css, source: `sha256-${createHash('sha256').update(css).digest('base64')}` };
}

/** One file of HTML: nothing is loaded, no script is needed or allowed to run, whatever stands in it. */
export function documentHtml(title: string, { css, source }: Style, body: Html): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${new Html(source)}'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${new Html(css)}</style>
</head>
<body>
${body}</body>
</html>
`.text;
}
