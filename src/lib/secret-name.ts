/** A reference takes 100 characters, and a number may come behind it. */
const LONGEST = 90;

/** A name for a secret that has none, made of words: `NIGHTLY_CANARY_URL`, or with a number where that is taken. */
export function secretName(words: readonly string[], taken: ReadonlySet<string>): string {
  const base = words
    .join('_')
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter((word) => word !== '')
    .join('_')
    .slice(0, LONGEST);
  let name = base;
  for (let number = 2; taken.has(name); number++) name = `${base}_${number}`;
  return name;
}
