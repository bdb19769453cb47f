/** Letters and signs that other schedulers know; null where the text has none of them. */
export function signFault(text: string, where: string): { message: string; hint: string | null } | null {
  const other = /[?#]/.exec(text)?.[0];
  if (other === '?') return { message: `${where} has ?, which is not standard cron`, hint: 'write *' };
  const last = /^(?:\d*|[A-Z]{3})L$/i.test(text) ? 'L' : undefined;
  const weekday = /^(?:\d*|L)W$/i.test(text) ? 'W' : undefined;
  const letter = other ?? last ?? weekday;
  return letter === undefined
    ? null
    : { message: `${where} has ${letter}, which is not standard cron`, hint: null };
}
