import prettyMs from 'pretty-ms';

/** How long something takes: `2 min 3 s`, the two largest units of it, written as in `3 d ago`. */
export function showDuration(ms: number): string {
  if (ms > 0 && ms < 1000) return `${Math.round(ms)} ms`;
  const short = prettyMs(Math.round(ms / 1000) * 1000, { unitCount: 2 });
  return short.replaceAll(/(\d)([a-z]+)/g, (_, digit, unit) => `${digit} ${unit === 'm' ? 'min' : unit}`);
}
