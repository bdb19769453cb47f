import cliProgress from 'cli-progress';
import type { Progress } from '../apply/apply-operations.ts';
import { ciFor } from '../ci/ci.ts';
import { printable } from '../lib/printable.ts';
import { outcomeLine } from '../render/result/report.ts';
import { headOf } from '../render/text/truncate.ts';
import type { CommonFlags } from './flags.ts';
import { canRedraw } from './interactive.ts';
import type { Io } from './io.ts';
import { colorsOn } from './output.ts';

const BAR = 20;

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
  // As wide as what stands beside the name: `████ 12/345 `.
  const room = (colors.width ?? 80) - BAR - 16;
  const bars = new cliProgress.MultiBar(
    {
      format: '{bar} {value}/{total} {name}',
      barsize: BAR,
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
      const line = `${outcomeLine(outcome, colors)}\n`;
      bars.log(colors.width === null ? line : (io.screen?.fold(line, colors.width) ?? line));
      bar?.increment(1, { name: headOf(printable(outcome.operation.name), room) });
    },
    ended() {
      bars.update(); // logged lines are written by the next redraw: stopping alone would drop the last ones
      bars.stop();
    },
  };
}
