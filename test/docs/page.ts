/** A page in parts: prose as it stands, files that its examples need, commands with what they print. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'file'; readonly path: string; readonly content: string; readonly text: string }
  | { readonly kind: 'scene'; readonly name: string; readonly text: string }
  | { readonly kind: 'command'; readonly line: number; readonly command: string; readonly prints: string };

const SCENE = /^<!-- scene: ([a-z-]+) -->$/;
const FILE = /^# (\S+\.(?:yaml|yml|json))$/;

/**
 * Reads a page's fences: a YAML block that begins with its path in a comment is a file, and in a block without a
 * language a line that begins with `$` is a command, with what it prints below. A scene is a comment of Markdown's,
 * so that no reader sees it.
 */
export function partsOf(page: string): readonly Part[] {
  const lines = page.split('\n');
  const parts: Part[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? '';
    const [, scene] = SCENE.exec(line) ?? [];
    if (scene !== undefined) {
      parts.push({ kind: 'scene', name: scene, text: `${line}\n` });
      at++;
    } else if (line.startsWith('```')) {
      const end = lines.indexOf('```', at + 1);
      if (end < 0) throw new Error(`line ${at + 1}: this block does not end`);
      parts.push(...blockParts(line, lines.slice(at + 1, end), at + 2));
      at = end + 1;
    } else {
      parts.push({ kind: 'text', text: at === lines.length - 1 ? line : `${line}\n` });
      at++;
    }
  }
  return parts;
}

function blockParts(fence: string, body: readonly string[], first: number): readonly Part[] {
  const whole = [fence, ...body, '```', ''].join('\n');
  const [, path] = FILE.exec(body[0] ?? '') ?? [];
  if (fence !== '```' && path !== undefined)
    return [{ kind: 'file', path, content: `${body.join('\n')}\n`, text: whole }];
  if (fence !== '```' || !body.some((line) => line.startsWith('$ '))) return [{ kind: 'text', text: whole }];
  const starts = body.flatMap((line, at) => (line.startsWith('$ ') ? [at] : []));
  const commands = starts.map((start, at): Part => {
    const prints = body.slice(start + 1, starts[at + 1] ?? body.length);
    return {
      kind: 'command',
      line: first + start,
      command: (body[start] ?? '').slice(2),
      prints: prints.join('\n'),
    };
  });
  const before = body.slice(0, starts[0]).map((line) => `${line}\n`);
  return [
    { kind: 'text', text: ['```\n', ...before].join('') },
    ...commands,
    { kind: 'text', text: '```\n' },
  ];
}

/** A command as the page shows it. */
export function commandText(command: string, prints: string): string {
  return `$ ${command}\n${prints === '' ? '' : `${prints}\n`}`;
}

/**
 * What a command prints, cut as the page cuts it. A line `…` of the page stands for what is left out: as many lines
 * as stand before it and after it are kept, or as many paragraphs where an empty line parts them from it.
 */
export function cutAlike(shown: string, printed: string): string {
  const [head, tail, ...more] = shown.split(/^…$/m);
  if (tail === undefined || head === undefined) return printed + trailingEmptyLines(shown);
  if (more.length > 0) throw new Error('a page may leave out one part of what a command prints');
  const first = head.endsWith('\n\n')
    ? firstParagraphs(printed, countParagraphs(head))
    : firstLines(printed, countLines(head));
  const last = tail.startsWith('\n\n')
    ? lastParagraphs(printed, countParagraphs(tail))
    : lastLines(printed, countLines(tail.trimStart()));
  return `${first}…${last}${trailingEmptyLines(shown)}`;
}

/** Between two commands of one block a page may have air. */
const trailingEmptyLines = (text: string): string => '\n'.repeat(text.length - text.trimEnd().length);

const countLines = (text: string): number => (text.trim() === '' ? 0 : text.trimEnd().split('\n').length);
const paragraphs = (text: string): readonly string[] => text.trimEnd().split('\n\n');
const countParagraphs = (text: string): number => (text.trim() === '' ? 0 : paragraphs(text.trim()).length);

const firstLines = (text: string, count: number): string =>
  text
    .split('\n')
    .slice(0, count)
    .map((line) => `${line}\n`)
    .join('');
const firstParagraphs = (text: string, count: number): string =>
  paragraphs(text)
    .slice(0, count)
    .map((one) => `${one}\n\n`)
    .join('');
const lastLines = (text: string, count: number): string =>
  count === 0
    ? ''
    : text
        .split('\n')
        .slice(-count)
        .map((line) => `\n${line}`)
        .join('');
const lastParagraphs = (text: string, count: number): string =>
  count === 0
    ? ''
    : paragraphs(text)
        .slice(-count)
        .map((one) => `\n\n${one}`)
        .join('');
