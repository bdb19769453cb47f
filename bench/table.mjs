// What was measured, beside what it may be.

/** A ratio or a number of MiB, with its limit where there is one. */
export function row(what, n, value, unit, limit = null, note = '') {
  const missed = limit !== null && value > limit;
  return { what, n: String(n), value: `${value.toFixed(unit === '×' ? 2 : 0)} ${unit}`, limit, missed, note };
}

export function print(rows) {
  const shown = rows.map(({ what, n, value, limit, missed, note }) => [
    what,
    n,
    value,
    limit === null ? '' : `≤ ${limit}`,
    [missed ? 'MISSED' : '', note].filter((part) => part !== '').join(', '),
  ]);
  const lines = [['', 'n', 'is', 'may be', ''], ...shown];
  const widths = lines[0].map((_, at) => Math.max(...lines.map((line) => line[at].length)));
  for (const line of lines) {
    const cells = line.map((cell, at) =>
      at === 0 || at === 4 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]),
    );
    console.log(cells.join('  ').trimEnd());
  }
  const missed = rows.filter((one) => one.missed).length;
  console.log(missed === 0 ? '\nEvery limit is kept.' : `\n${missed} missed.`);
  return missed === 0;
}
