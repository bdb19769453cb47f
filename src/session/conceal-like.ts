import { pieces } from '../manifest/resolve/pieces.ts';
import { secretDigest } from '../schema/secret-places.ts';

/**
 * A live text with digests where a manifest's template has secrets: `Bearer ${{ secrets.T }}` leaves `Bearer ` as it is. One
 * that does not fit the template is a digest as a whole.
 */
export function concealLike(value: string, template: string): string {
  const parts = pieces(template);
  let concealed = '';
  let at = 0;
  let secretFrom: number | null = null;
  for (const [index, part] of parts.entries()) {
    if (typeof part !== 'string') {
      secretFrom ??= at;
      continue;
    }
    const last = index === parts.length - 1;
    const from = secretFrom === null ? at : last ? value.length - part.length : value.indexOf(part, at + 1);
    const fits = from >= at && value.startsWith(part, from) && (secretFrom === null || from > secretFrom);
    if (!fits) return secretDigest(value);
    if (secretFrom !== null) concealed += secretDigest(value.slice(secretFrom, from));
    secretFrom = null;
    concealed += part;
    at = from + part.length;
  }
  if (secretFrom !== null && at < value.length) return concealed + secretDigest(value.slice(secretFrom));
  return secretFrom === null && at === value.length ? concealed : secretDigest(value);
}
