import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scheduleHtml } from '../../src/render/schedule/schedule-html.ts';
import { simulateHtml } from '../../src/render/schedule/simulate-html.ts';
import { EventLog } from '../../src/schedule/upcoming/event-log.ts';
import { simulated } from '../../src/schedule/upcoming/simulated.ts';
import { Tally } from '../../src/schedule/upcoming/tally.ts';
import { upcomingOf } from '../../src/schedule/upcoming/upcoming.ts';
import { DAY } from '../schedule/support.ts';
import { type Made, scheduled } from '../schedule/upcoming-support.ts';
import { openChromium } from '../support/chromium.ts';
import { contrasts, drawnContrasts } from './contrast.ts';

const NOW = new Date('2026-11-26T09:15:00Z');

function pageOf(made: readonly Made[], days = 7): string {
  const window = { from: NOW, to: new Date(NOW.getTime() + days * DAY), zone: 'Europe/Berlin' };
  return scheduleHtml({
    upcoming: upcomingOf(made.map(scheduled), window),
    owner: 'acme/search',
    environment: null,
    namespace: null,
    warnings: ['something is guessed'],
  });
}

/** A trigger that runs every four hours, and every kind of trouble; another by a name that is meant to do harm. */
function simulation(): string {
  const kinds = ['run', 'refused', 'suppressed', 'failed_run', 'stopped'] as const;
  const after = new EventLog();
  for (let at = 0; at < 40; at++) {
    const time = NOW.getTime() + at * 4 * 3_600_000;
    const kind = kinds[at % kinds.length] ?? 'run';
    after.add({
      at: time,
      kind,
      triggerId: at % 2 === 0 ? 'trg_1' : 'trg_2',
      until: time + 1_800_000,
      runningTrigger: null,
    });
  }
  const actor = (id: string, name: string) => ({ id, name, worksOn: `cluster ${name}`, words: null });
  const to = new Date(NOW.getTime() + 7 * DAY);
  const actors = [actor('trg_1', 'nightly'), actor('trg_2', FORGED), actor('trg_3', 'still')];
  const window = { from: NOW, to, zone: 'UTC', asked: to };
  return simulateHtml({
    result: simulated({ ...window, actors, before: new Tally(), after }),
    owner: 'acme/search',
    environment: 'production',
    namespace: FORGED,
    changes: 3,
    warnings: ['something is assumed'],
  });
}

const FORGED = '</text></svg></style><script>window.hacked=1</script><img src=x onerror="hacked=1">&amp;';
/** As long as names and zones get. */
const LONG = `${'n'.repeat(31)}-${'m'.repeat(31)}`;
const LONG_ZONE = 'America/Argentina/ComodRivadavia';
const usual: Made[] = [
  { name: 'nightly' },
  { name: 'second', cron: '10 2 * * 1-5' },
  { name: 'often', cron: '*/10 8-18 * * *', cluster: 'clust_other' },
  { name: 'paused', stopped: { reason: 'paused', detail: null } },
];
const pages = {
  usual: pageOf(usual),
  weekdays: pageOf(usual, 60),
  many: pageOf(
    Array.from({ length: 90 }, (_, at) => ({ name: `trigger-${at}`, cron: `${at % 60} 2 * * *` })),
  ),
  long: pageOf([
    { name: LONG, cron: '*/45 1-6 * * *', zone: LONG_ZONE },
    { name: 'nightly', zone: LONG_ZONE },
    { name: 'alone', cluster: 'clust_alone' },
  ]),
  hostile: pageOf([{ name: FORGED + 'x'.repeat(300), cluster: FORGED }, { name: '漢字🙂'.repeat(40) }]),
  nothing: pageOf([]),
  simulation: simulation(),
} as const;

/** Where the tip of what has the focus lies, and whether its words lie within. */
const TIP = `(() => {
  const tip = document.activeElement.querySelector('.tip');
  const [a, b] = ['rect', 'text'].map((name) => tip.querySelector(name).getBoundingClientRect());
  const fits = b.left >= a.left && b.right <= a.right && b.top >= a.top && b.bottom <= a.bottom;
  return { left: a.left, right: a.right, fits };
})()`;

type Name = keyof typeof pages;

describe("a schedule's page in Chromium", () => {
  let browser: Browser;
  let page: Page;
  /** Whatever a page asked for, ran or said. */
  let events: string[] = [];

  beforeAll(async () => {
    browser = await openChromium();
    page = await browser.newPage();
    page.on('request', (request) => events.push(`request ${request.url()}`));
    page.on('console', (message) => events.push(`console ${message.text()}`));
    page.on('pageerror', (error) => events.push(`error ${error.message}`));
  });
  afterAll(() => browser?.close());

  async function open(name: Name, width = 1000, colorScheme: 'light' | 'dark' = 'light'): Promise<void> {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    events = [];
    await page.setContent(pages[name], { waitUntil: 'load' });
    await page.mouse.move(0, 0);
  }

  const tips = () => page.locator('.tip:visible');
  const hit = (words: RegExp, from = '.wide') => page.locator(`${from} .hit`).and(page.getByLabel(words));

  describe.each(Object.keys(pages) as Name[])('%s', (name) => {
    it('needs no sideways scrolling, runs nothing, loads nothing, complains of nothing', async () => {
      await open(name);
      for (const width of [1440, 1000, 800, 390, 320]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      }
      expect(events).toEqual([]);
      expect(await page.evaluate("'hacked' in window")).toBe(false);
      expect(await page.locator('img, script, iframe').count()).toBe(0);
    });

    it.each(['light', 'dark'] as const)('has text that can be read: %s', async (scheme) => {
      await open(name, 1000, scheme);
      const measured = [...(await contrasts(page)), ...(await drawnContrasts(page))];
      expect(measured.length).toBeGreaterThan(3);
      expect(measured.filter(({ ratio }) => ratio < 4.5)).toEqual([]);
    });
  });

  it('tells an hour that is pointed at, and no longer once it is not', async () => {
    await open('usual');
    expect(await tips().count()).toBe(0);
    await hit(/^Fri 2026-11-27 03:00–03:59: 2 runs/)
      .locator('.target')
      .hover();
    expect(await tips().count()).toBe(1);
    expect(await tips().locator('tspan').allTextContents()).toEqual([
      'Fri 2026-11-27 03:00–03:59: 2 runs',
      '1 × nightly',
      '1 × second',
    ]);
    if (process.env['SHOT']) await page.screenshot({ path: process.env['SHOT'] });
    await page.mouse.move(0, 0);
    expect(await tips().count()).toBe(0);
  });

  it('tells the same by the keyboard, hour by hour, and can skip them', async () => {
    await open('usual');
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toBe('Skip the hours');
    expect(await page.locator(':focus').boundingBox()).toMatchObject({ x: expect.any(Number) });
    await page.keyboard.press('Tab');
    expect(await tips().locator('.first').allTextContents()).toEqual(['Thu 2026-11-26 10:00–10:59: 4 runs']);
    await page.keyboard.press('Tab');
    expect(await tips().locator('.first').allTextContents()).toEqual(['Thu 2026-11-26 11:00–11:59: 6 runs']);
  });

  it('tells what a trigger does on a day, and what is refused', async () => {
    await open('usual');
    await hit(/^second, Fri 2026-11-27/).focus();
    expect(await tips().locator('tspan').allTextContents()).toEqual([
      'second, Fri 2026-11-27: 1 run',
      'at 03:10 in Europe/Berlin',
      '1 run refused: its cluster is busy',
      'At 02:10, Monday through Friday (UTC)',
      'cluster clust_abc123, 30 min assumed',
    ]);
  });

  it.each([1000, 360])('has tips that lie on the page and hold their words, %i wide', async (width) => {
    await open('usual', width);
    const shown = width === 1000 ? '.wide' : '.narrow';
    const all = page.locator(`${shown} .hit`);
    const count = await all.count();
    expect(count).toBeGreaterThan(20);
    for (let at = 0; at < count; at += 9) {
      await all.nth(at).focus();
      const measured = await page.evaluate<{ left: number; right: number; fits: boolean }>(TIP);
      expect(measured.fits).toBe(true);
      expect(measured.left).toBeGreaterThanOrEqual(0);
      expect(measured.right).toBeLessThanOrEqual(width);
    }
  });

  it('tells what happens to a trigger on a day of a simulation', async () => {
    await open('simulation');
    await hit(/^nightly, Thu 2026-11-26/).focus();
    expect(await tips().locator('tspan').allTextContents()).toEqual([
      'nightly, Thu 2026-11-26: 1 run',
      '1 held back by its cooldown',
      'cluster nightly',
    ]);
  });

  it.each([
    [1440, '.wide'],
    [800, '.wide'],
    [390, '.narrow'],
  ])('has names whole, within the page and clear of the lanes, %i wide', async (width, shown) => {
    await open('long', width);
    const words = await page.locator(`${shown} .lane`).allTextContents();
    expect(words.join('')).toContain(LONG);
    const bars = await page.locator(`${shown} .track`).first().boundingBox();
    for (const one of await page.locator(`${shown} .lane`).all()) {
      const box = await one.boundingBox();
      const right = (box?.x ?? 0) + (box?.width ?? 0);
      expect(right).toBeLessThanOrEqual(shown === '.wide' ? (bars?.x ?? 0) : width);
    }
  });

  it('shows numbers on a telephone, each within its hour', async () => {
    await open('usual', 390);
    const numbers = await page.locator('.narrow .count:visible').all();
    expect(numbers.length).toBeGreaterThan(50);
    for (const one of numbers.filter((_, at) => at % 9 === 0)) {
      const [text, cell] = await Promise.all([
        one.boundingBox(),
        one.locator('xpath=preceding-sibling::*[1]').boundingBox(),
      ]);
      expect(text?.width).toBeLessThanOrEqual(cell?.width ?? 0);
      expect(text?.x).toBeGreaterThanOrEqual(cell?.x ?? Number.POSITIVE_INFINITY);
    }
  });

  it('has the lanes first in which most is refused', async () => {
    await open('long');
    const names = await page.locator('.wide .lane').allTextContents();
    expect(names.at(-1)).toBe('alone');
  });

  it.each(Object.keys(pages) as Name[])('has a legend without holes: %s', async (name) => {
    await open(name);
    const words = await page.locator('#week ~ .card .legend li').allTextContents();
    const ranges = words.slice(1).map((text) => text.split('–').map(Number));
    const holes = ranges.filter(([least], at) => least !== (ranges[at - 1]?.at(-1) ?? 0) + 1);
    expect(holes).toEqual([]);
  });

  it('draws sixty lanes and lists all', async () => {
    await open('many');
    expect(await page.locator('.wide .lane').count()).toBe(60);
    expect(await page.locator('#triggers + .card tbody tr').count()).toBe(90);
  });
});
