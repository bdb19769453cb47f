import prettyMs from 'pretty-ms';

/** How long something takes: `2m 3s`, the two largest units of it. */
export function showDuration(ms: number): string {
  if (ms > 0 && ms < 1000) return `${Math.round(ms)}ms`;
  return prettyMs(Math.round(ms / 1000) * 1000, { unitCount: 2 });
}
