/** Single quotes keep everything literal for a shell, but themselves. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
