import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const path = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

export const hasChromium = existsSync(path);

/** What a suite is called: a reader of the log sees why it did not run. */
export const inChromium = hasChromium
  ? 'in Chromium'
  : `in Chromium: SKIPPED, there is none at ${path} (CHROMIUM_PATH names another)`;

export function openChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: path,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
}
