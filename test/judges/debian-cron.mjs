// Debian's cron (3.0pl1-162) as it is: entry.c reads an expression, cron.c finds the jobs of a minute, and its main loop
// says what a leap of the local time does. Written down from that source, function by function.
const FIELDS = [
  { name: 'minute', low: 0, high: 59 },
  { name: 'hour', low: 0, high: 23 },
  { name: 'dom', low: 1, high: 31 },
  { name: 'month', low: 1, high: 12, names: 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ') },
  { name: 'dow', low: 0, high: 7, names: 'sun mon tue wed thu fri sat sun'.split(' ') },
];
const MINUTE = 60_000;
const DAY = 1440;

/** load_entry(): the bits of each field, and the flags of those that begin with a star. @throws where it refuses */
export function readEntry(expression) {
  const entry = { flags: new Set() };
  for (const [at, text] of expression.split(' ').entries()) {
    const field = FIELDS[at];
    if (text.startsWith('*')) entry.flags.add(field.name);
    entry[field.name] = getList(text, field);
  }
  // "make sundays equivilent"
  if (entry.dow.has(0) || entry.dow.has(7)) entry.dow.add(0).add(7);
  return entry;
}

/** get_list(), get_range(), set_element() */
function getList(text, { low, high, names = [] }) {
  const bits = new Set();
  for (const item of text.split(',')) {
    const [range, step, ...more] = item.split('/');
    if (more.length > 0) throw new Error('a second step');
    const ends = range.split('-');
    let [first, last] = [low, high];
    if (range !== '*') {
      first = getNumber(ends[0], low, names);
      if (ends.length === 1 && step !== undefined) throw new Error('step specified without range');
      last = ends.length === 1 ? first : getNumber(ends[1], low, names);
    }
    const by = step === undefined ? 1 : getNumber(step, 0, []);
    if (by <= 0 || first < low || first > high || last < low || last > high) throw new Error('out of range');
    for (let value = first; value <= last; value += by) bits.add(value);
  }
  return bits;
}

function getNumber(text, low, names) {
  const at = names.indexOf(text.toLowerCase());
  if (at !== -1) return at + low;
  if (!/^\d+$/.test(text)) throw new Error(`not a number: ${text}`);
  return Number(text);
}

/** find_jobs(): whether the entry runs in a minute of the local time. */
function matches(entry, minute) {
  if (!entry.minute.has(minute % 60) || !entry.hour.has(Math.floor(minute / 60) % 24)) return false;
  const at = new Date(minute * MINUTE);
  const onDom = entry.dom.has(at.getUTCDate());
  const onDow = entry.dow.has(at.getUTCDay());
  const either = entry.flags.has('dom') || entry.flags.has('dow');
  return entry.month.has(at.getUTCMonth() + 1) && (either ? onDom && onDow : onDom || onDow);
}

/** The main loop, awake in every minute of `from <= time < to`. Times are Unix minutes; the offset is in minutes. */
export function debianRuns(entry, offsetAt, from, to) {
  const wild = entry.flags.has('minute') || entry.flags.has('hour');
  const runs = new Set();
  const findJobs = (virtual, now, doWild, doNonWild) => {
    if ((wild ? doWild : doNonWild) && matches(entry, virtual)) runs.add(now);
  };
  let virtualTime = from - DAY + offsetAt(from - DAY) - 1;
  for (let now = from - DAY; now < to; now++) {
    const timeRunning = now + offsetAt(now);
    const difference = timeRunning - virtualTime;
    if (difference > 180 || difference <= -180) {
      virtualTime = timeRunning;
      findJobs(virtualTime, now, true, true);
    } else if (difference > 5) {
      findJobs(timeRunning, now, true, false);
      while (virtualTime < timeRunning) findJobs(++virtualTime, now, false, true);
    } else if (difference > 0) {
      while (virtualTime < timeRunning) findJobs(++virtualTime, now, true, true);
    } else {
      findJobs(timeRunning, now, true, false);
    }
  }
  return [...runs].filter((run) => run >= from);
}
