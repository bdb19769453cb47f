import { type Execution, outcomeOf, type RunOutcome } from '../../domain/task.ts';
import { printable } from '../../lib/printable.ts';
import { readTime } from '../../lib/service-time.ts';
import type { Colors } from '../text/colors.ts';
import { momentFromNow } from '../text/from-now.ts';
import { textTable } from '../text/table.ts';
import { showDuration } from '../text/time.ts';
import { shorten } from '../text/truncate.ts';
import type { History } from './history-json.ts';

const MARKS: Readonly<Record<RunOutcome, string>> = {
  done: '✓',
  partly: '!',
  failed: '✗',
  'not-run': '-',
  running: '>',
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
const ERROR = 160;

/**
 * A bar of outcomes, oldest to newest, a table, newest first, and the counts. Ends in a newline.
 *
 * @param zone the trigger's, in which its runs are told
 */
export function historyText(
  { name, trigger_id, total, runs }: History,
  zone: string,
  now: Date,
  colors: Colors,
): string {
  const head = `${colors.bold(printable(name))} ${colors.dim(printable(trigger_id))}\n`;
  if (runs.length === 0) return `${head}\nIt has never run.\n`;
  const rows = runs.map((run) => row(run, zone, now, colors));
  return [
    `${head}\n${bar(runs, colors)}\n`,
    textTable(['STARTED', 'DURATION', 'OUTCOME', 'TASK', 'ERROR'], rows, colors),
    `\n${summary(runs, total)}\n`,
  ].join('');
}

/** A mark for each run below what the marks mean. */
function bar(runs: readonly Execution[], colors: Colors): string {
  const drawn = runs.slice(0, BAR).toReversed();
  const marks = drawn.map(({ status }) => outcomeOf(status));
  const paint = (outcome: RunOutcome) => painter(outcome, colors)(MARKS[outcome]);
  const legend = (Object.keys(WORDS) as RunOutcome[])
    .filter((outcome) => marks.includes(outcome))
    .map((outcome) => `${paint(outcome)} ${WORDS[outcome]}`);
  const of = drawn.length < runs.length ? `, the latest ${drawn.length}` : '';
  return `${colors.bold(`Outcomes, oldest to newest${of}`)} (${legend.join(', ')})\n${marks.map(paint).join('')}\n`;
}

function row(
  { triggered_at, execution_time_ms, status, task_id, error }: Execution,
  zone: string,
  now: Date,
  colors: Colors,
) {
  const at = readTime(triggered_at);
  return [
    at === null ? shorten(triggered_at, ERROR, colors) : momentFromNow(at, zone, now),
    execution_time_ms === null ? '-' : showDuration(execution_time_ms),
    painter(outcomeOf(status), colors)(`${MARKS[outcomeOf(status)]} ${shorten(status, ERROR, colors)}`),
    shorten(task_id, ERROR, colors),
    error === null ? '' : shorten(error, ERROR, colors),
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
