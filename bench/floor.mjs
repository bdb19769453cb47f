// The floor: the least that a no-change plan needs, and nothing else. Reads, parses, hashes, lists, compares.
// No positions, no diagnostics, no normalisation, no guards: what mxt costs on top of this is what it is worth.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { close, list } from 'list-page'; // list-by-http.mjs, or list-by-undici.mjs: see run.mjs

const [folder, url] = process.argv.slice(2);
const NAME = /^[a-z0-9][a-z0-9-]{0,62}$/;

const sorted = (value) =>
  value === null || typeof value !== 'object'
    ? JSON.stringify(value)
    : Array.isArray(value)
      ? `[${value.map(sorted).join(',')}]`
      : `{${Object.keys(value)
          .sort()
          .map((key) => `${JSON.stringify(key)}:${sorted(value[key])}`)
          .join(',')}}`;
const hash = (value) => createHash('sha256').update(sorted(value)).digest('hex').slice(0, 8);

const desired = new Map();
for (const file of readdirSync(folder).sort()) {
  const one = load(readFileSync(join(folder, file), 'utf8'));
  if (
    !NAME.test(one.name) ||
    typeof one.action_config !== 'object' ||
    typeof one.schedule_config !== 'object'
  )
    throw new Error(file);
  if (one.trigger_type === 'cron' && one.schedule_config.cron_expression.split(' ').length !== 5)
    throw new Error(file);
  desired.set(one.name, one);
}
if (url === undefined) {
  console.log(`${desired.size} read`);
  process.exit();
}
const live = new Map();
for (let offset = 0, total = 1; offset < total; ) {
  const page = await list(url, offset);
  total = page.total;
  offset += page.results.length;
  for (const one of page.results) live.set(/ name=(\S+) /.exec(one.description)?.[1], one);
}
let changes = 0;
for (const [name, one] of desired) {
  const other = live.get(name);
  const text = other?.description.slice(0, other.description.lastIndexOf('\n\n['));
  const same =
    other !== undefined &&
    hash([one.action_type, one.action_config, one.trigger_type]) ===
      hash([other.action_type, other.action_config, other.trigger_type]) &&
    hash([one.schedule_config, one.description]) === hash([other.schedule_config, text]);
  if (!same) changes++;
}
console.log(`${changes} changes, ${live.size} live`);
await close();
