// When croner and cron-parser run, each as a newcomer uses it; a refusal is said in words.
import { CronExpressionParser } from 'cron-parser';
import { Cron } from 'croner';
import { debianRuns, readEntry } from './debian-cron.mjs';

function* byCroner({ expression, zone, from }) {
  const job = new Cron(expression, { timezone: zone, mode: '5-part' });
  for (let at = job.nextRun(new Date((from - 1) * 1000)); at !== null; at = job.nextRun(at)) {
    yield at.getTime() / 1000;
  }
}

function* byCronParser({ expression, zone, from, to }) {
  const [currentDate, endDate] = [from - 1, to].map((at) => new Date(at * 1000));
  const runs = CronExpressionParser.parse(expression, { tz: zone, currentDate, endDate });
  for (;;) yield runs.next().getTime() / 1000;
}

function* byDebian({ expression, zone, from, to }) {
  yield* debianRuns(readEntry(expression), offsetsOf(zone, from, to), from / 60, to / 60).map(
    (at) => at * 60,
  );
}

/** The offset of a zone in minutes at a Unix minute, from Intl: asked once a quarter of an hour where it changes. */
function offsetsOf(timeZone, from, to) {
  if (timeZone === 'UTC') return () => 0;
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  const ask = (minute) =>
    Date.parse(`${format.format(minute * 60_000).replace(' ', 'T')}Z`) / 60_000 - minute;
  const quarter = (minute) => Math.floor(minute / 15) * 15;
  const first = quarter(from / 60 - 2880);
  const changes = [[first, ask(first)]];
  for (let day = first; day < to / 60; day += 1440) {
    if (ask(day + 1440) === changes.at(-1)[1]) continue;
    for (let at = day; at < day + 1440; at += 15) {
      if (ask(at + 15) !== changes.at(-1)[1]) changes.push([at + 15, ask(at + 15)]);
    }
  }
  return (minute) => changes.findLast(([since]) => since <= minute)?.[1] ?? changes[0][1];
}

function runsOf(reader, wanted) {
  const runs = [];
  try {
    for (const at of reader(wanted)) {
      if (at >= wanted.to) break;
      runs.push(at);
    }
  } catch (error) {
    // How cron-parser says that the next one is behind the end.
    if (!/^Out of the time/i.test(error.message)) return `${error.name}: ${error.message}`;
  }
  return runs;
}

const READERS = { croner: byCroner, 'cron-parser': byCronParser, debian: byDebian };

/** @returns {Record<string, Record<string, number[] | string>>} by reader and id: Unix seconds, or why it refuses */
export function javascriptRuns(cases) {
  return Object.fromEntries(
    Object.entries(READERS).map(([name, reader]) => [
      name,
      Object.fromEntries(cases.map((one) => [one.id, runsOf(reader, one)])),
    ]),
  );
}
