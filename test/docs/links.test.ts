import { existsSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { marked, type Token, type Tokens } from 'marked';
import { expect, it } from 'vitest';
import { PAGES, pageText, TOP } from '../support/markdown-pages.ts';

const walk = (page: string, visit: (token: Token) => void): void => {
  marked.walkTokens(marked.lexer(pageText(page)), visit);
};

function linksOf(page: string): readonly string[] {
  const links: string[] = [];
  walk(page, (token) => {
    if (token.type === 'link' || token.type === 'image') links.push((token as Tokens.Link).href);
  });
  return links;
}

/** The anchors that GitHub gives a page's headings: lower case, no punctuation, hyphens for blanks, numbered where equal. */
function anchorsOf(page: string): ReadonlySet<string> {
  const seen = new Map<string, number>();
  const anchors = new Set<string>();
  walk(page, (token) => {
    if (token.type !== 'heading') return;
    const text = plainText((token as Tokens.Heading).tokens);
    const slug = text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
      .replaceAll(' ', '-');
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    anchors.add(count === 0 ? slug : `${slug}-${count}`);
  });
  return anchors;
}

const plainText = (tokens: readonly Token[]): string =>
  tokens
    .map((token) =>
      'tokens' in token && token.tokens ? plainText(token.tokens) : 'text' in token ? token.text : '',
    )
    .join('');

/** What is wrong with a relative link; null where nothing is. */
function fault(page: string, link: string): string | null {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : normalize(join(dirname(page), decodeURIComponent(path)));
  if (target.startsWith('..')) return 'leads out of the repository';
  if (!existsSync(join(TOP, target))) return 'there is no such file';
  if (anchor === undefined) return null;
  if (!target.endsWith('.md') || statSync(join(TOP, target)).isDirectory())
    return 'an anchor in what is no page';
  return anchorsOf(target).has(anchor) ? null : `${target} has no heading of this anchor`;
}

it.each(PAGES)('the links of %s lead somewhere', (page) => {
  const relative = linksOf(page).filter((link) => !/^[a-z]+:/.test(link));
  const broken = relative.flatMap((link) => {
    const why = fault(page, link);
    return why === null ? [] : [`${link}: ${why}`];
  });
  expect(broken).toEqual([]);
});

it('every page of the manual is in the README’s table', () => {
  const listed = new Set(linksOf('README.md'));
  const manual = PAGES.filter((page) => /^docs\/[a-z-]+\.md$/.test(page));
  expect(manual.filter((page) => !listed.has(page))).toEqual([]);
});

it('the README is read in one go', () => {
  expect(pageText('README.md').split('\n').length).toBeLessThan(300);
});

it('a page has one title, and its code blocks end', () => {
  for (const page of PAGES) {
    const titles: string[] = [];
    walk(page, (token) => {
      if (token.type === 'heading' && (token as Tokens.Heading).depth === 1) titles.push(token.raw);
    });
    expect([page, titles.length]).toEqual([page, 1]);
    expect([page, (pageText(page).match(/^```/gm) ?? []).length % 2]).toEqual([page, 0]);
  }
});
