/** How many values a field may take: its first and last, and the names that stand for numbers. */
interface Field {
  readonly first: number;
  readonly last: number;
  readonly names: readonly string[];
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const DAYS = 'sun mon tue wed thu fri sat'.split(' ');
const FIELDS: readonly Field[] = [
  { first: 0, last: 59, names: [] },
  { first: 0, last: 23, names: [] },
  { first: 1, last: 31, names: [] },
  { first: 1, last: 12, names: ['', ...MONTHS] },
  { first: 0, last: 7, names: DAYS },
];

const PART = /^(?:(\*)|(\w+)(?:-(\w+))?)(?:\/(\d+))?$/;

/**
 * The same expression with each list of a field as plain numbers, each once. Standard cron lets the parts of a list
 * overlap (`1-5,3`, `0,7`), which cron-parser refuses. What it cannot read is left for cron-parser to refuse.
 */
export function withoutOverlaps(expression: string): string {
  return expression
    .trim()
    .split(/\s+/)
    .map((text, index) => {
      const field = FIELDS[index];
      return field === undefined || !text.includes(',') ? text : listOf(text, field);
    })
    .join(' ');
}

function listOf(text: string, field: Field): string {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const [whole, star, from, to, step] = PART.exec(part) ?? [];
    const first = star ? field.first : numberOf(from, field);
    const last = star || (step && !to) ? field.last : to ? numberOf(to, field) : first;
    const by = Number(step ?? 1);
    if (whole === undefined || !(first >= field.first && last <= field.last && first <= last && by >= 1))
      return text;
    for (let value = first; value <= last; value += by) values.add(field.names === DAYS ? value % 7 : value);
  }
  return [...values].sort((a, b) => a - b).join(',');
}

function numberOf(word: string | undefined, { names }: Field): number {
  const name = names.indexOf(word?.toLowerCase() ?? '');
  return name === -1 ? Number(word) : name;
}
