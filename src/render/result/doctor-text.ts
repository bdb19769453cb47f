import type { Doctor } from '../../../generated/doctor.d.ts';
import { printable } from '../../lib/printable.ts';
import type { ZoneReport } from '../../schedule/zone/zone-data.ts';
import { FORMAT_VERSION } from '../plan/plan-json.ts';
import type { Colors } from '../text/colors.ts';
import { textTable } from '../text/table.ts';

/** One thing that was looked at. `warning` is also what could not be told. */
export interface Check {
  readonly check: string;
  readonly status: 'ok' | 'warning' | 'failed';
  readonly message: string;
  /** What to do about it; null where there is nothing to do. */
  readonly todo: string | null;
}

export function doctorJson(
  environment: string | null,
  checks: readonly Check[],
  { node, release, newest, wrong }: ZoneReport,
): Doctor {
  return {
    format_version: FORMAT_VERSION,
    environment,
    ok: checks.every(({ status }) => status !== 'failed'),
    checks: checks.map((one) => ({ ...one })),
    zone_data: {
      node,
      release,
      newest,
      wrong: wrong.map(({ zone, used, periods }) => ({
        zone,
        used,
        periods: periods.map(({ from, to, late, since }) => ({
          from: from.toISOString(),
          to: to.toISOString(),
          minutes_late: late,
          since,
        })),
      })),
    },
  };
}

const MARKS = { ok: '✓', warning: '!', failed: '✗' } as const;

/** A table of findings, then what to do about those that need it. Ends in a newline. */
export function doctorText(checks: readonly Check[], colors: Colors): string {
  const paint = { ok: colors.green, warning: colors.yellow, failed: colors.red };
  const rows = checks.map(({ check, status, message }) => [
    paint[status](MARKS[status]),
    printable(check),
    printable(message),
  ]);
  const todo = checks.flatMap((one) =>
    one.todo === null
      ? []
      : [`${paint[one.status](MARKS[one.status])} ${one.check}: ${printable(one.todo)}\n`],
  );
  const failed = checks.filter(({ status }) => status === 'failed').length;
  const verdict = failed === 0 ? 'Ready.' : `${failed} of ${checks.length} checks failed.`;
  return [
    textTable(['', 'CHECK', 'FINDING'], rows, colors),
    ...(todo.length === 0 ? [] : [`\n${colors.bold('What to do')}\n`, ...todo]),
    `\n${verdict}\n`,
  ].join('');
}
