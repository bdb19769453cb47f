import cliProgress from 'cli-progress';
import type { Progress } from '../apply/apply-operations.ts';
import { ciFor } from '../ci/ci.ts';
import { printable } from '../lib/printable.ts';
import { outcomeLine } from '../render/result/report.ts';
import type { CommonFlags } from './flags.ts';
import { canRedraw } from './interactive.ts';
import type { Io } from './io.ts';
import { colorsOn } from './output.ts';

/** Shows operations as they end: a bar on a terminal, a line each in a log and in CI, nothing with --quiet. */
export function progressFor(flags: CommonFlags, io: Io): Progress {
  if (flags.quiet) return { started: () => {}, finished: () => {}, ended: () => {} };
  const colors = colorsOn(flags, io, 'err');
  if (!canRedraw(io)) {
    const ci = ciFor(io);
    return {
      started: (total) => ci?.group(`Apply: ${total} ${total === 1 ? 'operation' : 'operations'}`),
      finished: (outcome) => io.err(`${outcomeLine(outcome, colors)}\n`),
      ended: () => ci?.endGroup(),
    };
  }
  const bars = new cliProgress.MultiBar(
    {
      format: '{bar} {value}/{total} {name}',
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
    },
    cliProgress.Presets.shades_classic,
  );
  let bar: cliProgress.SingleBar | null = null;
  return {
    started(total) {
      bar = bars.create(total, 0, { name: '' });
    },
    finished(outcome) {
      bars.log(`${outcomeLine(outcome, colors)}\n`);
      bar?.increment(1, { name: printable(outcome.operation.name) });
    },
    ended() {
      bars.update(); // logged lines are written by the next redraw: stopping alone would drop the last ones
      bars.stop();
    },
  };
}
