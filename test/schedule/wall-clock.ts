const MINUTE = 60_000;

/** What cron(8) means, the slow way: the wall time of every minute, read from `Intl` one by one. */
export function byTheMinute(expression: string, timeZone: string, from: number, until: number): number[] {
  const matches = matcher(expression);
  const hasWildcardTime = /^\*|^\S+ \*/.test(expression);
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  const wallOf = (at: number): number => Date.parse(`${format.format(at).replace(' ', 'T')}Z`);
  const times = new Set<number>();
  const shown = new Set<number>();
  // From a day before, to know what the clock has shown.
  let before = wallOf(from - 1441 * MINUTE);
  for (let at = from - 1440 * MINUTE; at < until; at += MINUTE) {
    const wall = wallOf(at);
    if (!hasWildcardTime) {
      for (let skipped = before + MINUTE; skipped < wall; skipped += MINUTE) {
        if (matches(skipped)) times.add(at);
      }
    }
    if (matches(wall) && (hasWildcardTime || !shown.has(wall))) times.add(at);
    shown.add(wall);
    before = wall;
  }
  return [...times].filter((at) => at >= from && at < until).sort((a, b) => a - b);
}

function matcher(expression: string): (wall: number) => boolean {
  const [minute = '*', hour = '*', date = '*', month = '*', weekday = '*'] = expression.split(' ');
  const is = (field: string, value: number, first: number): boolean =>
    field.split(',').some((item) => {
      const [range = '', step] = item.split('/');
      const [low = 0, high = step === undefined ? low : 99] =
        range === '*' ? [first, 99] : range.split('-').map(Number);
      return value >= low && value <= high && (value - low) % Number(step ?? 1) === 0;
    });
  return (wall) => {
    const at = new Date(wall);
    const onDate = is(date, at.getUTCDate(), 1);
    const onWeekday = is(weekday, at.getUTCDay(), 0);
    return (
      is(minute, at.getUTCMinutes(), 0) &&
      is(hour, at.getUTCHours(), 0) &&
      is(month, at.getUTCMonth() + 1, 1) &&
      (date !== '*' && weekday !== '*' ? onDate || onWeekday : onDate && onWeekday)
    );
  };
}
