/** Letters and signs that other schedulers know; null where the text has none of them. */
export function signFault(text: string, where: string): { message: string; hint: string | null } | null {
  const sign = /^(?:.*?(?<other>[?#]).*|(?:\d*|[A-Z]{3})(?<last>L)|(?:\d*|L)(?<weekday>W))$/i.exec(
    text,
  )?.groups;
  if (sign?.['other'] === '?')
    return { message: `${where} has ?, which is not standard cron`, hint: 'write *' };
  const letter = sign?.['other'] ?? (sign?.['last'] && 'L') ?? (sign?.['weekday'] && 'W');
  return letter === undefined
    ? null
    : { message: `${where} has ${letter}, which is not standard cron`, hint: null };
}
