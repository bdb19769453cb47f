import prettyMs from 'pretty-ms';

/** `6 hours`, `minute`: what follows "every". */
export function intervalWords(seconds: number): string {
  return prettyMs(seconds * 1000, { verbose: true }).replace(/^1 (\w+)$/, '$1');
}
