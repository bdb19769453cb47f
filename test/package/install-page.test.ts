import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PAGE = readFileSync(join(ROOT, 'docs/install.md'), 'utf8');

/** The shell blocks of a section. */
function blocksOf(heading: string): string[] {
  const [, section = ''] = PAGE.split(`\n## ${heading}\n`);
  const [body = ''] = section.split('\n## ');
  return [...body.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);
}

it('the way into a repository works as the page has it, and asks no registry', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mxt-install-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [clone, project] = [join(folder, 'mxt'), join(folder, 'manifests-of-acme')];
  for (const one of [clone, project]) mkdirSync(one);
  const [pack, install = 'exit 99'] = blocksOf('In your repository');
  expect(pack).toBe('npm ci && npm pack\n');
  execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', clone], { cwd: ROOT });
  const { status, stdout, stderr } = spawnSync('sh', ['-ec', install], {
    cwd: project,
    encoding: 'utf8',
    // Of npm's own variables none: they are about this repository. No command of ours is on the path.
    env: {
      PATH: (process.env['PATH'] ?? '')
        .split(delimiter)
        .filter((one) => !one.startsWith(ROOT))
        .join(delimiter),
      HOME: folder,
      npm_config_offline: 'true',
      npm_config_audit: 'false',
      npm_config_fund: 'false',
      npm_config_update_notifier: 'false',
    },
  });
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout.trim().split('\n').at(-1)).toBe(version);
  expect(readdirSync(project).sort()).toEqual([
    'node_modules',
    'package-lock.json',
    'package.json',
    'vendor',
  ]);
});

/** Where somebody may read a command. The README is written elsewhere, and held by its own tests. */
const READ = [
  'docs',
  'examples',
  'src',
  '.github',
  'action.yml',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
];

it('nobody is told to run npx mxt, which runs what a registry has under that name', () => {
  const files = READ.flatMap((path) =>
    path.includes('.') && !path.startsWith('.')
      ? [path]
      : (readdirSync(join(ROOT, path), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length)) as string[]),
  );
  const told = files.filter((path) =>
    /npx (?:-y |--yes )?(?:mxt|mixpeek)/.test(readFileSync(join(ROOT, path), 'utf8')),
  );
  // The one page says never to.
  expect(told).toEqual(['docs/install.md']);
  expect(PAGE.match(/.{6}npx mxt/g)).toEqual(['ever `npx mxt']);
});
