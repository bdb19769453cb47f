import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { notesOf, readChangelog, release } from '../../scripts/changelog.mjs';
import { renamed, TEXTS } from '../../scripts/version.mjs';

const fileOf = (path: string) =>
  readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
const VERSION: string = JSON.parse(fileOf('package.json')).version;

const TEXT = `# Changelog

What users notice.

## [Unreleased]

### Fixed

- A thing.

## [1.0.0] - 2026-01-02

### Added

- Everything.

[Unreleased]: https://github.com/mixpeek-triggers/mxt/compare/v1.0.0...HEAD
[1.0.0]: https://github.com/mixpeek-triggers/mxt/releases/tag/v1.0.0
`;

it('is in the form that its tool writes, so that a release changes its own lines alone', () => {
  const text = fileOf('CHANGELOG.md');
  expect(readChangelog(text).toString()).toBe(text);
  expect(readChangelog(text).releases[0]?.version).toBeUndefined();
});

it('a release gives what is unreleased its version and date, and begins anew', () => {
  expect(release(TEXT, '1.1.0', new Date('2026-11-29T12:00:00Z'))).toBe(
    TEXT.replace('## [Unreleased]\n', '## [Unreleased]\n\n## [1.1.0] - 2026-11-29\n').replace(
      /\[Unreleased\]: .*\n/,
      '[Unreleased]: https://github.com/mixpeek-triggers/mxt/compare/v1.1.0...HEAD\n' +
        '[1.1.0]: https://github.com/mixpeek-triggers/mxt/compare/v1.0.0...v1.1.0\n',
    ),
  );
});

it('a release of nothing is refused', () => {
  const nothing = TEXT.replace('### Fixed\n\n- A thing.\n\n', '');
  expect(() => release(nothing, '1.1.0', new Date())).toThrow('nothing stands under Unreleased');
});

it('a release has its notes, and what is not released has none', () => {
  expect(notesOf(TEXT, '1.0.0')).toBe('### Added\n\n- Everything.\n');
  expect(() => notesOf(TEXT, '1.1.0')).toThrow('1.1.0 is not released');
});

it.each(TEXTS)('%s names this version, and the next one after npm version', (path) => {
  const names = (text: string) =>
    [...text.matchAll(/(?:mixpeek-triggers-|\/mxt:)(\d+\.\d+\.\d+)/g)].map(([, version]) => version);
  const found = names(fileOf(path));
  expect(found.length).toBeGreaterThan(0);
  expect(new Set(found)).toEqual(new Set([VERSION]));
  expect(names(renamed(fileOf(path), VERSION, '9.8.7'))).toEqual(found.map(() => '9.8.7'));
});
