import { type Browser, chromium } from 'playwright-core';
import { findChromium, MISSING } from '../../scripts/browser.mjs';

/** @throws where there is none: pages that nobody looked at have not passed. */
export async function openChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(MISSING);
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
}
