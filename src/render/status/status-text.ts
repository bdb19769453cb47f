import type { Status as StatusJson, Trigger } from '../../../generated/status.d.ts';
import { printable } from '../../lib/printable.ts';
import { notManaged } from '../plan/plan-words.ts';
import type { Colors } from '../text/colors.ts';
import { headingText } from '../text/heading.ts';
import { holdLines, withoutHolds } from '../text/health-words.ts';
import { textTable } from '../text/table.ts';
import { shorten } from '../text/truncate.ts';
import { aboutWords, groupWarnings } from '../text/warning-groups.ts';
import { COLUMNS, statusCells, summaryWords } from './status-words.ts';

/** Words of the service are short; what is not is not one. */
const CELL = 80;

/** A table for a terminal, what a person should know about single triggers, the counts. Ends in a newline. */
export function statusText(status: StatusJson, now: Date, colors: Colors): string {
  const rows = status.triggers.map((one) => {
    const [name = '', sync = '', health = '', ...rest] = statusCells(one, now).map((cell) =>
      shorten(cell, CELL, colors),
    );
    return [name, paintSync(one, colors)(sync), paintHealth(one, colors)(health), ...rest];
  });
  const notes = groupWarnings(withoutHolds(status.warnings, status.health)).map((group) => {
    const { code, message, level } = group;
    const about = aboutWords(group, ({ name }) => name);
    return `${(level === 'error' ? colors.red : colors.yellow)(code)}: ${printable(`${about}${message}`)}\n`;
  });
  const holds = holdLines(status.health, now).map((line) => `${colors.magenta(printable(line))}.\n`);
  const others = notManaged(status);
  return [
    `${headingText(status, colors)}\n\n`,
    ...(rows.length === 0 ? [] : [textTable(COLUMNS, rows, colors), '\n']),
    ...notes,
    ...holds,
    ...(notes.length + holds.length === 0 ? [] : ['\n']),
    `${summaryWords(status)}\n`,
    ...(others === null ? [] : [colors.dim(`Not managed here: ${others}.\n`)]),
  ].join('');
}

function paintSync({ sync }: Trigger, colors: Colors): (text: string) => string {
  switch (sync) {
    case 'in_sync':
      return colors.green;
    case 'blocked':
    case 'missing':
      return colors.red;
    case 'drifted':
    case 'changed':
      return colors.yellow;
    default:
      return sync satisfies never;
  }
}

function paintHealth({ health, unhealthy = [] }: Trigger, colors: Colors): (text: string) => string {
  return health === 'failed' || unhealthy.length > 0
    ? colors.red
    : health === 'active'
      ? colors.green
      : colors.dim;
}
