// Holds what mxt forecasts, exports, publishes and writes to readers that others made, in Python, Go, Rust and JavaScript.
// A difference is a finding that `mxt validate` tells, or a line of docs/cron-readers.md. Dates and seeds are fixed.
import { makeJudges } from '../test/judges/install.mjs';
import { judgeCalendars } from '../test/judges/judge-calendars.mjs';
import { judgeCron } from '../test/judges/judge-cron.mjs';
import { judgeReports } from '../test/judges/judge-reports.mjs';
import { judgeEditor, judgeSchemas } from '../test/judges/judge-schemas.mjs';
import { judgeWorkflows } from '../test/judges/judge-workflows.mjs';

const started = Date.now();
const seconds = () => `${((Date.now() - started) / 1000).toFixed(1)} s`;
const totals = { passed: 0, failed: 0 };
/** Counts a result; one that failed is said in full. */
const report = (name, problems) => {
  if (problems.length === 0) totals.passed++;
  else totals.failed++;
  for (const problem of problems.slice(0, 12)) console.log(`✗ ${name}: ${problem}`);
  if (problems.length > 12) console.log(`✗ ${name}: and ${problems.length - 12} more`);
};

const judges = await makeJudges();
console.log(`judges are installed after ${seconds()}`);
for (const judge of [judgeCron, judgeCalendars, judgeSchemas, judgeEditor, judgeWorkflows, judgeReports]) {
  await judge(judges, report, console.log);
  console.log(`${judge.name} ended after ${seconds()}`);
}
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed === 0 ? 0 : 1;
