/**
 * A text as it is, and nothing of any other value: what a file says may be a mapping with a member called `toString`, at
 * which `String` throws.
 */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
