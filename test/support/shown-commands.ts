import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What a page shows, from its top: a file as a whole, or a command and what it prints. */
export type Shown =
  | { readonly file: string; readonly text: string }
  | { readonly line: number; readonly command: string; readonly prints: string };

export type ShownCommand = Extract<Shown, { readonly command: string }>;

/**
 * YAML blocks that begin with their path in a comment, and in plain blocks what stands behind a `$`, with the lines
 * below it.
 *
 * @param path from the top of the repository
 */
export function shownIn(path: string): readonly Shown[] {
  const text = readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
  const blocks = text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm);
  return [...blocks].flatMap(({ 1: kind, 2: body = '', index }): Shown[] => {
    const line = text.slice(0, index).split('\n').length;
    if (kind === '') return commandsIn(body, line);
    const [, file] = /^# (\S+\.yaml)\n/.exec(body) ?? [];
    return kind !== 'yaml' || file === undefined ? [] : [{ file, text: body }];
  });
}

export function shownCommands(path: string): readonly ShownCommand[] {
  return shownIn(path).filter((one) => 'command' in one);
}

function commandsIn(body: string, first: number): ShownCommand[] {
  const found: { line: number; command: string; prints: string[] }[] = [];
  for (const [at, text] of body.split('\n').entries()) {
    if (text.startsWith('$ ')) found.push({ line: first + at + 1, command: text.slice(2), prints: [] });
    else found.at(-1)?.prints.push(text);
  }
  return found.map(({ prints, ...one }) => ({ ...one, prints: prints.join('\n').trimEnd() }));
}
