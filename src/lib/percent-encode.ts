/** `encodeURIComponent` that encodes further characters too; lone surrogates become U+FFFD, as UTF-8 wants. */
export function percentEncode(text: string, further: RegExp): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    further,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
