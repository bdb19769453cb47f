// A Chromium for the tests that look at rendered pages. Run before the tests: where there is none, it installs one and says so.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const CLI = fileURLToPath(new URL('../node_modules/playwright-core/cli.js', import.meta.url));
const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The browser's path, or undefined: CHROMIUM_PATH, what the machine has, what Playwright has downloaded. */
export function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  return (named ? [named] : [...PLACES, chromium.executablePath()]).find((path) => existsSync(path));
}

export const MISSING =
  'The tests of rendered pages need a Chromium, and there is none: install one (apt-get install chromium, brew install --cask chromium, npx playwright-core install chromium) or name one with CHROMIUM_PATH.';

function install() {
  // Root in a container gets the system's, with the libraries that it needs; a person gets one in the home folder.
  const apt = process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0;
  const steps = apt
    ? [
        ['apt-get', '-qq', 'update'],
        ['apt-get', '-qq', 'install', '-y', '--no-install-recommends', 'chromium'],
      ]
    : [[process.execPath, CLI, 'install', 'chromium', '--no-shell']];
  console.error(
    `No Chromium for the tests of pages: ${apt ? 'installing the system’s' : 'downloading one'}.`,
  );
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const [command, ...args] of steps)
    spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], timeout: 600_000, env });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!findChromium() && !process.env.CHROMIUM_PATH) install();
  // The other tests run all the same; those of pages fail with this.
  if (!findChromium()) console.error(MISSING);
}
