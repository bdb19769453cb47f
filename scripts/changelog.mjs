// CHANGELOG.md, read and written by keep-a-changelog: what `npm version` and the release workflow do with it.
// `node scripts/changelog.mjs VERSION` prints the notes of that release, as the page of a release on GitHub has them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parser, Release } from 'keep-a-changelog';
import { root } from './bundle-options.mjs';

export const FILE = join(root, 'CHANGELOG.md');

/** @throws Error with the line that it cannot read */
export function readChangelog(text) {
  const changelog = parser(text);
  const { homepage } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  changelog.url = new URL(homepage).origin + new URL(homepage).pathname;
  changelog.format = 'markdownlint';
  return changelog;
}

/**
 * What is unreleased becomes a version of that day, and a new section is begun.
 *
 * @throws Error where nothing is unreleased: a release that nobody would notice is a mistake
 */
export function release(text, version, date) {
  const changelog = readChangelog(text);
  const [next] = changelog.releases;
  if (next === undefined || next.version !== undefined || next.isEmpty())
    throw new Error('CHANGELOG.md: nothing stands under Unreleased, so there is nothing to release');
  next.setVersion(version);
  next.setDate(date);
  changelog.addRelease(new Release());
  return changelog.toString();
}

/** @throws Error where there is no such release, or it has no date */
export function notesOf(text, version) {
  const found = readChangelog(text).findRelease(version);
  if (found?.date === undefined)
    throw new Error(`CHANGELOG.md: ${version} is not released (npm version does that)`);
  const [, ...lines] = found.toString(readChangelog(text)).trim().split('\n');
  return `${lines.join('\n').trim()}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(notesOf(readFileSync(FILE, 'utf8'), process.argv[2]));
}
