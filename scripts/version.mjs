// What `npm version` does beside package.json: the changelog gets the version and its date, and so do the texts that name one.
// package.json's script `version` then builds the action's file, which holds its version, and adds all of it to the commit.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './bundle-options.mjs';
import { FILE as CHANGELOG, release } from './changelog.mjs';

/** Texts that name the packed project or the image of this version. */
export const TEXTS = [
  'Containerfile',
  'docs/install.md',
  'examples/gitlab/.gitlab-ci.yml',
  'examples/gitlab/README.md',
  'examples/kubernetes/README.md',
  'examples/kubernetes/cronjob.yaml',
];

/** The names of a version's tarball, image and tag in a text, with another version in them. */
export function renamed(text, from, to) {
  return text
    .replaceAll(`mixpeek-triggers-${from}.tgz`, `mixpeek-triggers-${to}.tgz`)
    .replaceAll(`/mxt:${from}`, `/mxt:${to}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const before = JSON.parse(
    execFileSync('git', ['show', 'HEAD:package.json'], { cwd: root, encoding: 'utf8' }),
  );
  writeFileSync(CHANGELOG, release(readFileSync(CHANGELOG, 'utf8'), version, new Date()));
  for (const file of TEXTS) {
    const path = join(root, file);
    writeFileSync(path, renamed(readFileSync(path, 'utf8'), before.version, version));
  }
}
