import { type Execution, outcomeOf, type RunOutcome } from '../../domain/task.ts';
import { printable } from '../../lib/printable.ts';
import { readTime } from '../../lib/service-time.ts';
import type { Colors } from '../text/colors.ts';
import { textTable } from '../text/table.ts';
import { showDuration, showMoment, showRelative } from '../text/time.ts';
import { truncate } from '../text/truncate.ts';
import type { History } from './history-json.ts';

const MARKS: Readonly<Record<RunOutcome, string>> = {
  done: '✓',
  partly: '!',
  failed: '✗',
  'not-run': '-',
  running: '…',
};
const WORDS: Readonly<Record<RunOutcome, string>> = {
  done: 'done',
  partly: 'partly done',
  failed: 'failed',
  'not-run': 'skipped',
  running: 'running',
};
/** What a line of a terminal holds. */
const BAR = 60;
const ERROR = 80;

/** A bar of outcomes, oldest to newest, a table, newest first, and the counts. Ends in a newline. */
export function historyText({ name, trigger_id, total, runs }: History, now: Date, colors: Colors): string {
  const head = `${colors.bold(printable(name))} ${colors.dim(printable(trigger_id))}\n`;
  if (runs.length === 0) return `${head}\nIt has never run.\n`;
  const bar = runs
    .slice(0, BAR)
    .toReversed()
    .map(({ status }) => painter(outcomeOf(status), colors)(MARKS[outcomeOf(status)]))
    .join('');
  const rows = runs.map((run) => row(run, now, colors));
  return [
    `${head}\n${bar}\n\n`,
    textTable(['STARTED', '', 'DURATION', 'OUTCOME', 'TASK', 'ERROR'], rows, colors),
    `\n${summary(runs, total)}\n`,
  ].join('');
}

function row(
  { triggered_at, execution_time_ms, status, task_id, error }: Execution,
  now: Date,
  colors: Colors,
) {
  const at = readTime(triggered_at);
  return [
    at === null ? truncate(triggered_at, ERROR) : showMoment(at),
    at === null ? '' : showRelative(at, now),
    execution_time_ms === null ? '-' : showDuration(execution_time_ms),
    painter(outcomeOf(status), colors)(`${MARKS[outcomeOf(status)]} ${truncate(status, ERROR)}`),
    truncate(task_id, ERROR),
    error === null ? '' : truncate(error, ERROR),
  ];
}

/** `20 of 40 runs: 18 done, 2 failed; median 2m 3s.` */
function summary(runs: readonly Execution[], total: number): string {
  const outcomes = runs.map(({ status }) => outcomeOf(status));
  const parts = (Object.keys(WORDS) as RunOutcome[])
    .map((outcome) => [outcomes.filter((one) => one === outcome).length, WORDS[outcome]] as const)
    .filter(([count]) => count > 0)
    .map(([count, words]) => `${count} ${words}`);
  const of = runs.length < total ? ` of ${total}` : '';
  const times = runs.flatMap(({ execution_time_ms: ms }) => (ms === null ? [] : [ms])).sort((a, b) => a - b);
  const median = times[Math.floor((times.length - 1) / 2)];
  const typical = median === undefined || times.length < 2 ? '' : `; median ${showDuration(median)}`;
  return `${runs.length}${of} ${total === 1 ? 'run' : 'runs'}: ${parts.join(', ')}${typical}.`;
}

function painter(outcome: RunOutcome, colors: Colors): (text: string) => string {
  switch (outcome) {
    case 'done':
      return colors.green;
    case 'failed':
      return colors.red;
    case 'partly':
      return colors.yellow;
    case 'not-run':
    case 'running':
      return colors.dim;
    default:
      return outcome satisfies never;
  }
}
