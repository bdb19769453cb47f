import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Plan as PlanJson } from '../../generated/plan.d.ts';
import { planHtml } from '../../src/render/plan/plan-html.ts';
import { planJson } from '../../src/render/plan/plan-json.ts';
import { openChromium } from '../support/chromium.ts';
import { contrasts } from './contrast.ts';
import { everything, forged, hostile, nothing, reviewed } from './plans.ts';

const plans = {
  everything: planJson(everything),
  reviewed: planJson(reviewed),
  hostile: planJson(hostile),
  nothing: planJson(nothing),
  forged,
} as const satisfies Record<string, PlanJson>;

type Name = keyof typeof plans;

describe("a plan's page in Chromium", () => {
  let browser: Browser;
  /** One for all of them: a new one takes a second. */
  let page: Page;
  /** Whatever a page asked for, ran or said. */
  let events: string[] = [];

  beforeAll(async () => {
    browser = await openChromium();
    page = await browser.newPage();
    page.on('request', (request) => events.push(`request ${request.url()}`));
    page.on('console', (message) => events.push(`console ${message.text()}`));
    page.on('pageerror', (error) => events.push(`error ${error.message}`));
    page.on('dialog', async (dialog) => {
      events.push('dialog');
      await dialog.dismiss();
    });
  });
  afterAll(() => browser?.close());

  async function open(name: Name, colorScheme: 'light' | 'dark' = 'light'): Promise<void> {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 1200, height: 900 });
    events = [];
    await page.setContent(planHtml([plans[name]]), { waitUntil: 'load' });
  }

  // Texts, not functions: the types of a browser's world are none of this project's.
  const unfold = () =>
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");

  describe.each(Object.keys(plans) as Name[])('%s', (name) => {
    it('needs no sideways scrolling, all unfolded', async () => {
      await open(name);
      await unfold();
      for (const width of [1440, 1200, 800, 390, 320]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      }
    });

    it('runs nothing, loads nothing, complains of nothing', async () => {
      await open(name);
      await unfold();
      await page.waitForTimeout(50);
      expect(events).toEqual([]);
      expect(await page.evaluate("'hacked' in window")).toBe(false);
      expect(await page.locator('img, script, iframe, svg, a, form').count()).toBe(0);
    });

    it.each(['light', 'dark'] as const)('has text that can be read: %s', async (scheme) => {
      await open(name, scheme);
      await unfold();
      const measured = await contrasts(page);
      expect(measured.length).toBeGreaterThan(3);
      expect(measured.filter(({ ratio }) => ratio < 4.5)).toEqual([]);
    });
  });

  it('is light or dark as the reader likes', async () => {
    const shade = async (scheme: 'light' | 'dark') => {
      await open('everything', scheme);
      return page.evaluate('getComputedStyle(document.body).backgroundColor');
    };
    expect([await shade('light'), await shade('dark')]).toEqual(['rgb(246, 247, 249)', 'rgb(14, 17, 22)']);
  });

  it('shows the gravest first and open, the rest folded, and unfolds by the keyboard', async () => {
    await open('everything');
    expect(await page.locator('section > details .name').allInnerTexts()).toEqual([
      'delete-me',
      'replace-me',
      'protected',
      'update-me',
      'create-me',
      'pause-me',
      'relabel-me',
      'drifted',
    ]);
    expect(await page.locator('section > details[open]').count()).toBe(3);
    const diff = page.getByText('schedule_config.cron_expression: "0 4 * * *"');
    expect(await diff.isVisible()).toBe(false);
    await page.getByText('update-me', { exact: true }).locator('..').focus();
    await page.keyboard.press('Enter');
    expect(await diff.isVisible()).toBe(true);
  });

  it('is the same without scripts', async () => {
    const still = await browser.newPage({ javaScriptEnabled: false });
    await still.setContent(planHtml([plans.reviewed]));
    const heading = still.getByRole('heading', { name: "Pending already, not this change's" });
    expect(await heading.isVisible()).toBe(true);
    await still.close();
  });

  it('shows text of others as it is', async () => {
    await open('forged');
    const heading = await page.locator('h1').textContent();
    expect(heading).toContain('</details></summary></code></pre></style></script><!-- -->');
  });
});
