/**
 * A time as the service writes it; null where there is none or it cannot be read. One without a zone is UTC, as its
 * Python means it.
 */
export function readTime(text: string | null | undefined): Date | null {
  if (typeof text !== 'string') return null;
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text) || !text.includes('T');
  const at = new Date(zoned ? text : `${text}Z`);
  return Number.isNaN(at.getTime()) ? null : at;
}
