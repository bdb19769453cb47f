import cronstrue from 'cronstrue';
import prettyMs from 'pretty-ms';
import type { Clock } from './schedule-clock.ts';

/**
 * A schedule in words: `At 02:00, only on Monday (America/New_York)`, `Every 6 hours`. One line of harmless text: a
 * clock holds nothing but what was read as cron, and the name of a zone that is known.
 */
export function wordsOf(clock: Clock): string {
  if (clock.kind === 'interval') return `Every ${intervalWords(clock.seconds)}`;
  const { expression, zone } = clock;
  const words = cronstrue.toString(expression, {
    use24HourTimeFormat: true,
    throwExceptionOnParseError: false,
  });
  return `${words} (${zone})`;
}

/** `6 hours`, `minute`: what follows "every". */
export function intervalWords(seconds: number): string {
  return prettyMs(seconds * 1000, { verbose: true }).replace(/^1 (\w+)$/, '$1');
}
