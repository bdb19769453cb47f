#!/usr/bin/env bash
# cron-parser 5.10.6: in Australia/Lord_Howe, where clocks change by half an hour, the runs of a daily expression end with
# the error "Invalid expression, loop limit exceeded" on the day before the change of autumn; croner 11.0.1 goes on.
# Seen, for "0 3 * * *" from 1 April 2027 on:
#   2027-04-01T16:00Z  2027-04-02T16:00Z  Invalid expression, loop limit exceeded
#   2027-04-01T16:00Z  2027-04-02T16:00Z  2027-04-03T16:30Z  2027-04-04T16:30Z  (croner)
# Exits with 1 where that has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund cron-parser@5.10.6 croner@11.0.1
cat > try.mjs <<'JAVASCRIPT'
import { CronExpressionParser } from 'cron-parser';
import { Cron } from 'croner';

const [tz, from, seen] = ['Australia/Lord_Howe', new Date('2027-04-01T00:00:00Z'), []];
const runs = CronExpressionParser.parse('0 3 * * *', { tz, currentDate: from });
try {
  while (seen.length < 4) seen.push(runs.next().toDate().toISOString().slice(0, 16) + 'Z');
} catch (error) {
  seen.push(error.message);
}
const theirs = new Cron('0 3 * * *', { timezone: tz }).nextRuns(4, from).map((at) => at.toISOString().slice(0, 16) + 'Z');
console.log(seen.join('  '));
console.log(theirs.join('  '), ' (croner)');
process.exitCode = seen.at(-1) === 'Invalid expression, loop limit exceeded' && theirs.length === 4 ? 0 : 1;
JAVASCRIPT
node try.mjs
