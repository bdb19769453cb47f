import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { WARNING_CODES } from '../../src/domain/warning-codes.ts';
import { PAGES, pageText, TOP } from '../support/markdown-pages.ts';

const sourceText = (path: string): string => readFileSync(`${TOP}/${path}`, 'utf8');

/** Every text of the source as one piece, joined ones too, with `…` for what is put in. */
function messagesOf(path: string): readonly string[] {
  const found: string[] = [];
  const textOf = (node: ts.Node): string => {
    if (ts.isStringLiteralLike(node)) return node.text;
    if (ts.isTemplateExpression(node))
      return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('');
    if (ts.isBinaryExpression(node)) return textOf(node.left) + textOf(node.right);
    return '…';
  };
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node) || ts.isBinaryExpression(node))
      found.push(textOf(node));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, sourceText(path), ts.ScriptTarget.Latest, true));
  return found;
}

const messages = readdirSync(`${TOP}/src`, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .flatMap((name) => messagesOf(`src/${name}`));

/** The first column of a page's tables where it holds messages, in backquotes. */
const shownMessages = pageText('docs/troubleshooting.md')
  .split('\n## ')
  .filter((section) => /^\| message \|/m.test(section))
  .flatMap((section) => [...section.matchAll(/^\| `([^`]+)` \|/gm)].map(([, message = '']) => message));

it.each(shownMessages)('mxt can say: %s', (shown) => {
  const pieces = shown
    .split('…')
    .map((piece) => piece.trim())
    .filter((piece) => piece.length > 3);
  expect(pieces).not.toEqual([]);
  for (const piece of pieces)
    expect([piece, messages.some((message) => message.includes(piece))]).toEqual([piece, true]);
});

it('every code of a warning is explained, and no other', () => {
  const [, section = ''] = pageText('docs/troubleshooting.md').split('## Warnings by their code');
  const explained = [...section.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, codes = '']) =>
    [...codes.matchAll(/`([a-z_]+)`/g)].map(([, code]) => code),
  );
  expect(explained.toSorted()).toEqual([...WARNING_CODES].sort());
});

const { definitions } = JSON.parse(sourceText('schemas/plan.schema.json'));
const COLUMNS = [
  ['docs/safety.md', 'guard', definitions.plan.properties.guards.items.properties.guard.enum],
  ['docs/plans.md', '`blocked_by`', definitions.operation.properties.blocked_by.anyOf[1].enum],
] as const;

it.each(COLUMNS)('%s has a row for each %s, and no other', (page, heading, words: readonly string[]) => {
  const [, table = ''] = pageText(page).split(`| ${heading} |`);
  const named = [
    ...table
      .split('\n\n', 1)
      .join('')
      .matchAll(/^\| `([a-z_]+)` \|/gm),
  ].map(([, word]) => word);
  expect(named.toSorted()).toEqual([...words].sort());
});

/** The flags of each command, and of all of them under ''. */
function flagsByCommand(): ReadonlyMap<string, ReadonlySet<string>> {
  const folder = 'test/commands/golden/help';
  const known = new Map<string, Set<string>>([['', new Set(['--help', '--version'])]]);
  for (const file of readdirSync(`${TOP}/${folder}`)) {
    const flags = sourceText(`${folder}/${file}`).match(/(?<![\w-])--?[a-zA-Z][a-zA-Z-]*/g) ?? [];
    known.set(file.replace('.txt', ''), new Set(flags));
    for (const flag of flags) known.get('')?.add(flag);
  }
  return known;
}

it.each(PAGES.filter((page) => !page.includes('/decisions/')))(
  '%s names commands and flags that there are',
  (page) => {
    const known = flagsByCommand();
    const wrong = [...pageText(page).matchAll(/(?<=^|[`(\s])mxt ([a-z][a-z-]*)([^`|\n]*)/gm)].flatMap(
      ([whole, command = '', rest = '']) => {
        const flags = known.get(command);
        if (flags === undefined) return /^mxt [a-z-]+ (?:--|[A-Z])/.test(whole) ? [whole] : [];
        return [...rest.matchAll(/(?<=\s)--[a-z][a-z-]*/g)].flatMap(([flag]) =>
          flags.has(flag) ? [] : [`${whole}: ${flag}`],
        );
      },
    );
    const alone = [...pageText(page).matchAll(/`(--[a-z][a-z-]*)(?: [^`\s]+)?`/g)].flatMap(([, flag = '']) =>
      known.get('')?.has(flag) ? [] : [flag],
    );
    expect([...wrong, ...alone]).toEqual([]);
  },
);

const { scripts } = JSON.parse(sourceText('package.json'));

it.each(PAGES)('%s names scripts of npm that there are', (page) => {
  const named = [...pageText(page).matchAll(/npm run ([a-z][a-z:-]*)/g)].map(([, name = '']) => name);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

it('the page of commands has a row for each', () => {
  const rows = pageText('docs/commands.md');
  const missing = [...flagsByCommand().keys()].filter(
    (command) => !['', 'mxt'].includes(command) && !rows.includes(`\`mxt ${command}`),
  );
  expect(missing).toEqual([]);
});
