import { marked, type Token } from 'marked';

/** What GitHub would make of a Markdown text: what a reader sees and what it would do, taken apart for tests. */
export interface Reading {
  /** Tags of raw HTML, in order: `<details>`, `</b>`. */
  readonly tags: readonly string[];
  readonly links: readonly string[];
  readonly html: string;
  readonly fences: readonly string[];
  /** Text outside of code and links, entities decoded: where GitHub looks for names, numbers and addresses. */
  readonly prose: string;
}

export function readMarkdown(markdown: string): Reading {
  const tokens: Token[] = [];
  marked.walkTokens(marked.lexer(markdown), (token) => {
    tokens.push(token);
  });
  const of = <T extends Token['type']>(type: T) =>
    tokens.filter((token) => token.type === type) as Extract<Token, { type: T }>[];
  const page = marked.parse(markdown, { async: false });
  return {
    tags: of('html').flatMap(({ raw }) => raw.match(/<[^>]*>?/g) ?? []),
    links: [...of('link'), ...of('image')].map(({ href }) => href as string),
    html: page,
    fences: of('code').map(({ text }) => text as string),
    prose: decode(page.replace(/<(pre|code|a)\b[^>]*>.*?<\/\1>/gs, '').replace(/<\/?[a-z][^>]*>/g, ' ')),
  };
}

/** Entities as a browser reads them, those that we and marked write. */
export function decode(text: string): string {
  return text
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(
      /&(lt|gt|quot|amp);/g,
      (_, name) => ({ lt: '<', gt: '>', quot: '"', amp: '&' })[name as 'lt'] ?? '',
    );
}
