import type { Page } from 'playwright-core';

export interface Contrast {
  readonly text: string;
  /** As WCAG 2 counts it: 1 to 21. */
  readonly ratio: number;
}

/** How each text of a page stands out from what is behind it. */
export function contrasts(page: Page): Promise<Contrast[]> {
  return page.evaluate<Contrast[]>(MEASURE);
}

/** Runs in the page. As text, for the types of a browser's world are none of this project's. */
const MEASURE = `(() => {
  const channels = (color) => color.match(/[\\d.]+/g).map(Number);
  const luminance = (color) => {
    const [r, g, b] = channels(color).map((value) => {
      const part = value / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    if (element === null) return 'rgb(255, 255, 255)';
    const color = getComputedStyle(element).backgroundColor;
    return channels(color)[3] === 0 ? behind(element.parentElement) : color;
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = node.textContent.trim();
    if (text === '') continue;
    const [a, b] = [luminance(getComputedStyle(node.parentElement).color), luminance(behind(node.parentElement))];
    found.push({ text: text.slice(0, 40), ratio: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) });
  }
  return found;
})()`;

/** The same of text in drawings: on the shape that is drawn right before it, else on what is behind the drawing. */
export function drawnContrasts(page: Page): Promise<Contrast[]> {
  return page.evaluate<Contrast[]>(MEASURE_DRAWN);
}

const MEASURE_DRAWN = `(() => {
  const channels = (color) => color.match(/[\\d.]+/g).map(Number);
  const luminance = (color) => {
    const [r, g, b] = channels(color).map((value) => {
      const part = value / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    if (element === null) return 'rgb(255, 255, 255)';
    const color = getComputedStyle(element).backgroundColor;
    return channels(color)[3] === 0 ? behind(element.parentElement) : color;
  };
  return [...document.querySelectorAll('svg text')].map((one) => {
    const before = one.matches('.count, .tip text') ? one.previousElementSibling : null;
    const under = before === null ? behind(one) : getComputedStyle(before).fill;
    const [a, b] = [luminance(getComputedStyle(one).fill), luminance(under)];
    return { text: one.textContent.slice(0, 40), ratio: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) };
  });
})()`;
