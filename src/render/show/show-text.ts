import stringWidth from 'string-width';
import type { Operation as OperationJson } from '../../../generated/plan.d.ts';
import type { Show } from '../../../generated/show.d.ts';
import type { Json } from '../../domain/json.ts';
import { printable } from '../../lib/printable.ts';
import { readTime } from '../../lib/service-time.ts';
import { causeWords, labelNote } from '../plan/plan-words.ts';
import type { Colors } from '../text/colors.ts';
import { momentFromNow, showRelative } from '../text/from-now.ts';
import { showDuration } from '../text/time.ts';
import { shorten } from '../text/truncate.ts';
import { showPath, showValue } from '../text/value.ts';

/** A line of YAML with remarks on the values that begin there. */
interface Line {
  readonly text: string;
  readonly remarks: readonly string[];
}

/** Where remarks begin at the latest: longer lines push them on. */
const COLUMN = 44;
const REMARK = 160;
const MESSAGE = 400;

/** Where a value comes from: `line 7`, `mxt.yaml:3`, and what stands there. Null where nobody wrote it. */
export function remarkWords(
  { source: own }: Pick<Show, 'source'>,
  source: { readonly file: string; readonly line: number } | null,
  written: string | null,
): string | null {
  if (source === null) return null;
  const place = source.file === own?.file ? `line ${source.line}` : `${source.file}:${source.line}`;
  return written === null ? place : `${place}, ${written}`;
}

/** One trigger whole, for a terminal. Ends in a newline. */
export function showText(show: Show, yaml: readonly Line[], now: Date, colors: Colors): string {
  const { name, owner, environment, namespace, source, manifest, live } = show;
  const where = environment === null ? '' : ` (${environment})`;
  const head = `${colors.bold(printable(name))}  ${colors.dim(printable(`${owner}${namespace === null ? '' : ` → ${namespace}`}${where}`))}`;
  const of = source === null ? '' : `  ${colors.dim(printable(`${source.file}:${source.line}`))}`;
  const title = manifest === null ? 'Live, and in no manifest here' : 'Manifest';
  return [
    [head],
    ...(yaml.length === 0
      ? [['In no manifest here, and not live.']]
      : [[`${colors.bold(title)}${of}`, ...yamlLines(yaml, colors)]]),
    ...(namespace === null || yaml.length === 0 ? [] : [liveLines(show, now, colors)]),
    ...(live === null
      ? []
      : [
          [
            colors.bold('Label'),
            ...live.label.words.map((one) => `  ${printable(one)}`),
            ...holdEnd(live.label.until, now),
          ],
        ]),
    ...(live === null ? [] : [[colors.bold('Last runs'), ...lastRuns(show, now, colors)]]),
    ...(yaml.length === 0 ? [] : [[colors.bold('Next runs'), ...nextRuns(show, now)]]),
  ]
    .map((block) => block.join('\n'))
    .join('\n\n')
    .concat('\n');
}

function holdEnd(until: string | null, now: Date): string[] {
  const end = readTime(until);
  if (end === null) return [];
  return [`  its hold ${end > now ? 'ends' : 'ended'} ${showRelative(end, now)}`];
}

function yamlLines(lines: readonly Line[], colors: Colors): string[] {
  const width = Math.min(COLUMN, Math.max(...lines.map(({ text }) => text.length)));
  return lines.map(({ text, remarks }) => {
    const shown = printable(text);
    if (remarks.length === 0) return `  ${shown}`;
    const remark = `# ${remarks.map((one) => shorten(one, REMARK, colors)).join('; ')}`;
    const beside = `  ${shown.padEnd(width)}  `;
    // Where there is no room for both they stand one below the other.
    const fits = colors.width === null || stringWidth(beside) + stringWidth(remark) <= colors.width;
    return fits ? beside + colors.dim(remark) : `  ${shown}\n    ${colors.dim(remark)}`;
  });
}

function liveLines({ live, operation, manifest }: Show, now: Date, colors: Colors): string[] {
  const title = colors.bold('Live');
  const planned = operation as OperationJson | null;
  if (live === null) {
    return [title, '  not there', ...(planned === null ? [] : operationLines(planned, colors))];
  }
  const times = [
    ['created', live.created_at],
    ['updated', live.updated_at],
  ].flatMap(([what, at]) => {
    const time = at == null ? null : readTime(at);
    return time === null ? [] : [`  ${what}  ${momentFromNow(time, 'UTC', now)}`];
  });
  const equal = manifest === null ? [] : ['  equals the manifest'];
  return [
    `${title}  ${colors.dim(printable(live.trigger_id))}`,
    `  ${printable(live.status)}`,
    ...times,
    ...(planned === null ? equal : operationLines(planned, colors)),
  ];
}

function operationLines(operation: OperationJson, colors: Colors): string[] {
  const { kind, intended, blocked_by: by, cause, changes, warnings } = operation;
  const what = kind === 'blocked' ? `${intended} is blocked (${by})` : `apply would ${kind}`;
  const note = labelNote(operation);
  const width = Math.max(0, ...changes.map(({ path }) => showPath(path).length));
  const values = kind === 'create' ? [] : changes;
  return [
    `  ${colors.yellow(what)}: ${causeWords(cause, intended ?? kind, by)}${values.length === 0 ? '' : ' (live → manifest)'}`,
    ...(note === null ? [] : [`    ${note}`]),
    ...values.map(
      ({ path, before, after }) =>
        `    ${showPath(path).padEnd(width)}  ${side(before, colors)} → ${side(after, colors)}`,
    ),
    ...warnings.map(({ code, message }) => `  ${colors.yellow(`warning (${code})`)}: ${printable(message)}`),
  ];
}

function side(value: unknown, colors: Colors): string {
  return value === null ? '(none)' : showValue(value as Json, colors);
}

function lastRuns({ last_runs, time_zone: zone }: Show, now: Date, colors: Colors): string[] {
  if (last_runs.length === 0) return ['  none yet'];
  return last_runs.map(({ started_at, status, outcome, duration_ms, error }) => {
    const at = readTime(started_at);
    const when = at === null ? shorten(started_at, MESSAGE, colors) : momentFromNow(at, zone, now);
    const paint = outcome === 'failed' ? colors.red : outcome === 'done' ? colors.green : colors.yellow;
    const took = duration_ms === null ? '' : `, took ${showDuration(duration_ms)}`;
    const why = error === null ? '' : `: ${shorten(error, MESSAGE, colors)}`;
    return `  ${when}  ${paint(shorten(status, MESSAGE, colors))}${took}${why}`;
  });
}

function nextRuns({ next_runs, time_zone: zone, not_running, live }: Show, now: Date): string[] {
  if (not_running != null) return [`  none: ${not_running}`];
  if (next_runs.length === 0) return [live === null ? '  once it is applied' : '  none'];
  return next_runs.map((text) => {
    return `  ${momentFromNow(new Date(text), zone, now)}`;
  });
}
