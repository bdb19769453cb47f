import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const TOP = fileURLToPath(new URL('../..', import.meta.url));

const below = (folder: string): readonly string[] =>
  readdirSync(`${TOP}/${folder}`, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`);

/** Our pages, from the top of the repository: README and its neighbours, the manual, the examples. */
export const PAGES: readonly string[] = [...readdirSync(TOP), ...below('docs'), ...below('examples')]
  .filter((path) => path.endsWith('.md') && !path.includes('/.mxt/'))
  .sort();

/** @param path from the top of the repository */
export const pageText = (path: string): string => readFileSync(`${TOP}/${path}`, 'utf8');
