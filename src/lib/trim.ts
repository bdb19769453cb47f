/**
 * A text without some characters at its end. In place of `/x+$/`, which begins anew at each `x` of a run in the middle,
 * and so takes the square of the run's length.
 */
export function trimEndOf(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}
