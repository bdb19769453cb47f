/** Values without repetitions, compared as JSON; the first of each stays where it is. */
export function unique<T>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value] as const)).values()];
}
