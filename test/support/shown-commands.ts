import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A command that a page shows, and what the page says that it prints. */
export interface ShownCommand {
  readonly line: number;
  readonly command: string;
  readonly prints: string;
}

/**
 * What stands in a page's blocks behind a `$`, with the lines below it.
 *
 * @param path from the top of the repository
 */
export function shownCommands(path: string): readonly ShownCommand[] {
  const text = readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
  const found: { line: number; command: string; prints: string[] }[] = [];
  let inBlock = false;
  for (const [at, line] of text.split('\n').entries()) {
    if (line.startsWith('```')) inBlock = !inBlock && line === '```';
    else if (inBlock && line.startsWith('$ '))
      found.push({ line: at + 1, command: line.slice(2), prints: [] });
    else if (inBlock) found.at(-1)?.prints.push(line);
  }
  return found.map(({ prints, ...one }) => ({ ...one, prints: prints.join('\n').trimEnd() }));
}

/** The files of a kind that a page gives whole: each begins with its path in a comment. */
export function shownFiles(path: string): Record<string, string> {
  const text = readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
  const blocks = [...text.matchAll(/^```yaml\n# (\S+\.yaml)\n([\s\S]*?)^```$/gm)];
  return Object.fromEntries(blocks.map(([, file = '', body = '']) => [file, `# ${file}\n${body}`]));
}
