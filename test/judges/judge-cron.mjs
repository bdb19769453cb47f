// The forecast beside five other readers of cron: croniter, Celery, croner, cron-parser and Debian's cron.
import { readFileSync } from 'node:fs';
import { dayExpressions, timeExpressions, zonedExpressions } from './expressions.mjs';
import { folderWith, NOW } from './install.mjs';
import { eventsOf } from './js-calendars.mjs';
import { javascriptRuns } from './js-cron.mjs';

/** What tells a user that schedulers read an expression, or a change of the clocks, in several ways. */
const TELLING = ['ambiguous_cron', 'dst', 'zone_data'];
const DAY = 86_400;

export async function judgeCron(judges, report, say) {
  const families = [
    { name: 'days', days: 365, list: dayExpressions.map((expression) => ({ expression, zone: 'UTC' })) },
    { name: 'times', days: 3, list: timeExpressions.map((expression) => ({ expression, zone: 'UTC' })) },
    { name: 'zones', days: 365, list: zonedExpressions },
  ];
  const lines = knownLines();
  const used = new Set();
  for (const family of families) {
    const from = NOW.getTime() / 1000;
    const cases = family.list.map((one, at) => ({
      ...one,
      id: `e${at}`,
      from,
      to: from + family.days * DAY,
    }));
    const all = validated(judges, cases);
    const { problems } = all;
    // What mxt refuses is no valid expression; that it refuses few of them keeps this from testing nothing.
    const refused = new Set(problems.map(({ file }) => file));
    const valid = cases.filter(({ id }) => !refused.has(fileOf(id)));
    const { folder, warnings } = refused.size === 0 ? all : validated(judges, valid);
    report(
      `${family.name}: most expressions are valid`,
      valid.length > cases.length * 0.75 ? [] : [JSON.stringify(problems[0])],
    );
    const ours = forecast(judges, folder, family.days);
    const python = judges.pythonLater('cron_readers.py', [], JSON.stringify(valid));
    const theirs = { ...javascriptRuns(valid), ...(await python) };
    const counts = { same: 0, told: 0, documented: 0 };
    for (const one of valid) {
      const told = warnings.some(({ name, code }) => name === one.id && TELLING.includes(code));
      const untold = [];
      for (const [reader, runs] of Object.entries(theirs)) {
        const difference = differenceOf(ours.get(one.id) ?? [], runs[one.id]);
        const said = `${one.expression} ${one.zone}: ${difference}`;
        const line = lines.find(({ readers, pattern }) => readers.includes(reader) && pattern.test(said));
        if (difference === null) counts.same++;
        else if (told) counts.told++;
        else if (line === undefined) untold.push(`${reader} differs, and nothing says so: ${said}`);
        else {
          counts.documented++;
          used.add(line);
        }
      }
      report('cron', untold);
    }
    say(
      `${family.name}: ${valid.length} expressions (${refused.size} refused); readings: ${JSON.stringify(counts)}`,
    );
  }
  const idle = lines
    .filter((line) => !used.has(line))
    .map(({ pattern }) => `no reader needs the line of ${pattern}`);
  report('docs/cron-readers.md', idle);
}

const fileOf = (id) => `manifests/${id}.yaml`;

/** What `mxt validate` says of these, and the folder that holds them. */
function validated(judges, cases) {
  const files = cases.map((one) => [fileOf(one.id), manifest(one)]);
  const folder = folderWith({ 'mxt.yaml': 'owner: acme/judges\n', ...Object.fromEntries(files) });
  return { folder, ...JSON.parse(judges.mxt(folder, ['validate', '--format', 'json'])) };
}

function manifest({ id, expression, zone }) {
  return `name: ${id}
action_type: cluster
action_config: { cluster_id: clust_${id} }
trigger_type: cron
schedule_config: { cron_expression: "${expression}", timezone: ${zone} }
`;
}

/** Runs by name, as the calendar has them: Unix seconds, or counts by the days of UTC where those are too many. */
function forecast(judges, folder, days) {
  const flags = ['--from', NOW.toISOString(), '--days', String(days), '--tz', 'UTC'];
  const runs = new Map();
  for (const { name, at, day, runs: count } of eventsOf(
    judges.mxt(folder, ['schedule', '--format', 'ics', ...flags]),
  )) {
    if (!runs.has(name)) runs.set(name, []);
    runs.get(name).push(at ?? `${day}: ${count}`);
  }
  return runs;
}

/** @returns {string | null} the first difference, in words */
function differenceOf(ours, theirs) {
  if (typeof theirs === 'string') return `refused (${theirs})`;
  const byDay = typeof ours[0] === 'string';
  const read = byDay ? countsByDay(theirs) : [...new Set(theirs)].sort((a, b) => a - b);
  const at = read.findIndex((run, index) => run !== ours[index]);
  if (at === -1 && read.length === ours.length) return null;
  const show = (run) => (typeof run === 'number' ? new Date(run * 1000).toISOString() : (run ?? 'nothing'));
  const place = at === -1 ? read.length : at;
  return `${show(read[place])} where mxt has ${show(ours[place])}`;
}

function countsByDay(runs) {
  const counts = new Map();
  for (const run of runs) {
    const day = new Date(run * 1000).toISOString().slice(0, 10);
    counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  return [...counts].map(([day, count]) => `${day}: ${count}`);
}

/** The tables of docs/cron-readers.md: readers, and what they are known to differ on. */
function knownLines() {
  const text = readFileSync(new URL('../../docs/cron-readers.md', import.meta.url), 'utf8');
  return [...text.matchAll(/^\| ([^|]+) \| `([^`]+)` \|/gm)].map(([, readers, pattern]) => ({
    readers: readers.split(', '),
    pattern: new RegExp(pattern.replaceAll('\\|', '|')),
  }));
}
