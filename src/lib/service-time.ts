const SERVICE_TIME =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}(?::?\d{2})?)?$/i;

const PLAIN = /^20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T[01]\d:[0-5]\d:[0-5]\d(?:\.\d{1,9})?Z$/;

/**
 * A time as the service writes it; null where there is none or it cannot be read. One without a zone is UTC, as its
 * Python means it; a blank may stand for the `T`, and an offset may have hours alone.
 */
export function readTime(text: string | null | undefined): Date | null {
  if (typeof text !== 'string') return null;
  // As the service writes nearly all of them, which every Date reads alike.
  if (PLAIN.test(text)) return new Date(text);
  const [, date, time, zone = 'Z'] = SERVICE_TIME.exec(text.trim()) ?? [];
  const offset = /^[+-]\d{2}$/.test(zone) ? `${zone}:00` : zone;
  const at = new Date(date === undefined ? text : `${date}T${time}${offset}`);
  return Number.isNaN(at.getTime()) ? null : at;
}
