import { printable } from '../lib/printable.ts';

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
