/** Milliseconds that a zone's clocks are ahead of UTC at an instant. */
export type AskOffset = (at: number) => number;

/** How often the clock of the process is put to another zone: after that, `Intl` has paid for itself. */
const MOST_SWITCHES = 12;
let switches = 0;
let obeys: boolean | undefined;
const OFFSET = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/;
let listed: readonly string[] | undefined;

/** Zones that every Node lists, and that most schedules have: the list takes a hundredth of a short plan to make. */
export const COMMON: ReadonlySet<string> = new Set([
  'America/Chicago',
  'America/Los_Angeles',
  'America/New_York',
  'America/Sao_Paulo',
  'Asia/Shanghai',
  'Asia/Singapore',
  'Asia/Tokyo',
  'Australia/Sydney',
  'Europe/Amsterdam',
  'Europe/Berlin',
  'Europe/London',
  'Europe/Paris',
]);

/** Whether this Node lists a zone by its name. */
export function isListed(zone: string): boolean {
  return COMMON.has(zone) || listedZones().includes(zone);
}

/** The zones that this Node lists, which are not all that it knows. */
export function listedZones(): readonly string[] {
  listed ??= Intl.supportedValuesOf('timeZone');
  return listed;
}

export function isKnown(zone: string): boolean {
  return isListed(zone) || formatOf(zone) !== null;
}

/**
 * Whether a zone's next questions are for the clock of the process. The first formatter of `Intl` costs a process some
 * 12 ms, its own clock next to nothing. Workers share their process's clock and cannot put it to another zone.
 */
export function isForClock(zone: string): boolean {
  return switches < MOST_SWITCHES && isListed(zone) && isClockOurs();
}

/** Whether the clock of the process goes by the variable that is set for it: tried once. */
function isClockOurs(): boolean {
  if (obeys === undefined) {
    const found: number[] = [];
    for (const zone of ['Etc/GMT+11', 'Etc/GMT-13']) withClock(zone, (ask) => found.push(ask(0)));
    obeys = found.join() === [-11, 13].map((hours) => hours * 3_600_000).join();
  }
  return obeys;
}

export function withIntl(zone: string, use: (ask: AskOffset) => void): void {
  const format = formatOf(zone);
  if (format !== null) use((at) => offsetIn(format.format(at)));
}

/** Puts the clock of the process to a zone, and back within this call. To the minute: since 1973 no zone has seconds. */
export function withClock(zone: string, use: (ask: AskOffset) => void): void {
  switches++;
  const { TZ: own } = process.env;
  process.env['TZ'] = zone;
  try {
    use((at) => -60_000 * new Date(at).getTimezoneOffset() + 0);
  } finally {
    if (own === undefined) delete process.env['TZ'];
    else process.env['TZ'] = own;
  }
}

/** @param text that ends in `GMT`, `GMT-05:00` or `GMT-00:44:30` */
function offsetIn(text: string): number {
  const [, sign, hours, minutes, seconds] = OFFSET.exec(text) ?? [];
  if (sign === undefined) return 0;
  const size = (Number(hours) * 60 + Number(minutes)) * 60_000 + Number(seconds ?? 0) * 1000;
  return sign === '-' ? -size : size;
}

function formatOf(zone: string): Intl.DateTimeFormat | null {
  // Newer versions of Node take offsets for zones, older ones do not.
  if (/^[+-]/.test(zone)) return null;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset', hour: 'numeric' });
  } catch {
    return null; // RangeError: no zone of that name is known here
  }
}
