import cliProgress from 'cli-progress';
import type { Task } from '../../domain/task.ts';
import { printable } from '../../lib/printable.ts';
import { showDuration } from '../../render/text/time.ts';
import { headOf } from '../../render/text/truncate.ts';
import type { CommonFlags } from '../../terminal/flags.ts';
import { canRedraw } from '../../terminal/interactive.ts';
import type { Io } from '../../terminal/io.ts';

/** Shows a run while it goes on. */
export interface Watch {
  seen(task: Task): void;
  ended(): void;
}

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'] as const;
/** A log that stays silent for long looks like a run that hangs. */
const SIGN_OF_LIFE_MS = 60_000;

/** A spinner on a terminal; in a log and in CI a line for each change, and one a minute. */
export function watchFor(name: string, { quiet }: CommonFlags, io: Io): Watch {
  if (quiet) return { seen: () => {}, ended: () => {} };
  const started = io.now().getTime();
  const words = (status: string) =>
    `${printable(name)}: ${printable(status)} ${showDuration(io.now().getTime() - started)}`;
  // A line that is drawn over again must be one.
  const width = io.screen?.columns('err') ?? 80;
  return canRedraw(io) ? spinner((status) => headOf(words(status), width - 4)) : lines(words, io);
}

function lines(words: (status: string) => string, io: Io): Watch {
  let last = { status: '', at: 0 };
  return {
    seen({ status }) {
      const at = io.now().getTime();
      if (status === last.status && at - last.at < SIGN_OF_LIFE_MS) return;
      last = { status, at };
      io.err(`${words(status)}\n`);
    },
    ended: () => {},
  };
}

function spinner(words: (status: string) => string): Watch {
  let frame = 0;
  const bar = new cliProgress.SingleBar({
    format: (_options, _params, { status }: { status: string }) => {
      frame = (frame + 1) % FRAMES.length;
      return `${FRAMES[frame]} ${words(status)}`;
    },
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
    forceRedraw: true,
  });
  let running = false;
  return {
    seen({ status }) {
      if (running) bar.update({ status });
      else bar.start(1, 0, { status });
      running = true;
    },
    ended: () => bar.stop(),
  };
}
