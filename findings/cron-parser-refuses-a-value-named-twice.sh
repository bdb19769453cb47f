#!/usr/bin/env bash
# cron-parser 5.10.6: a value that stands twice in a list makes the whole expression invalid, also where a range or a star
# holds it ("2-8,8", "10,*"); croner 11.0.1 takes such a list for what it says, and so does cron itself.
# Seen:
#   0 2-8,8 * * *  cron-parser: CronHour Validation error, duplicate values found: 8         croner reads it
#   0 9 10,* * *   cron-parser: CronDayOfMonth Validation error, duplicate values found: 10  croner reads it
#   0 2-8,9 * * *  cron-parser reads it                                                      croner reads it
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

const reading = (read) => {
  try {
    read();
    return 'reads it';
  } catch (error) {
    return error.message;
  }
};
const seen = ['0 2-8,8 * * *', '0 9 10,* * *', '0 2-8,9 * * *'].map((expression) => [
  expression,
  reading(() => CronExpressionParser.parse(expression)),
  reading(() => new Cron(expression).nextRun()),
]);
for (const [expression, ours, theirs] of seen) console.log(`${expression.padEnd(14)} cron-parser: ${ours.padEnd(60)} croner: ${theirs}`);
const same = seen.every(([, ours, theirs], at) => theirs === 'reads it' && /duplicate values/.test(ours) === at < 2);
process.exitCode = same ? 0 : 1;
JAVASCRIPT
node try.mjs
