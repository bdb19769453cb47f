import { setTimeout as delay } from 'node:timers/promises';
import type { Screen } from './screen.ts';

/** The process around a command: streams, environment, clock, terminal. Passed in, so that tests pass theirs. */
export interface ProcessIo {
  /** Results. */
  out(text: string): void;
  /** Everything else: progress, warnings, errors. */
  err(text: string): void;
  /** A command of CI's, which reads it there: as `err`, which would make it harmless. */
  command?(text: string): void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly stdoutIsTerminal: boolean;
  readonly stderrIsTerminal: boolean;
  readonly stdinIsTerminal: boolean;
  /** Where somebody looks at a terminal. */
  readonly screen?: Screen | null;
  now(): Date;
  /** The zone of this machine's clocks: `America/New_York`. */
  timeZone(): string;
  /** Rejects with an AbortError when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Aborted at the first Ctrl-C. */
  readonly interrupted: AbortSignal;
  /** Asks a yes-or-no question on the terminal. */
  confirm(question: string): Promise<boolean>;
  /**
   * Asks for a line on the terminal until it is one that means something.
   *
   * @param wrong what is wrong with an answer; null where it is taken
   * @param fallback what Enter alone gives. Where there is one, a wrong answer stays on the line, to be corrected
   * @returns null where the terminal is gone
   */
  askFor(question: string, wrong: Judge, fallback?: string): Promise<string | null>;
}

/** What is wrong with an answer; null where it is taken. */
export type Judge = (answer: string) => string | null | Promise<string | null>;

/** What a command is handed: the same, and no secret is printed. */
export interface Io extends ProcessIo {
  /** Results for people: as `out`, and folded to the width of a terminal. Data is never folded. */
  say(text: string): void;
  /** From now on this text is masked wherever it is printed: an API key, once it is known which variable holds it. */
  hide(secret: string): void;
  /** A text with every secret masked, for a file that people read. */
  mask(text: string): string;
}

/** @param out where results go */
export function processIo(
  interrupted: AbortSignal,
  out: (text: string) => void,
  screen: Screen | null = null,
): ProcessIo {
  return {
    out,
    screen,
    err: (text) => void process.stderr.write(text),
    env: process.env,
    cwd: process.cwd(),
    stdoutIsTerminal: process.stdout.isTTY === true,
    stderrIsTerminal: process.stderr.isTTY === true,
    stdinIsTerminal: process.stdin.isTTY === true,
    now: () => new Date(),
    timeZone: () => new Intl.DateTimeFormat().resolvedOptions().timeZone,
    sleep: (ms, signal) => delay(ms, undefined, signal === undefined ? {} : { signal }),
    interrupted,
    async confirm(question) {
      const { default: confirm } = await import('@inquirer/confirm');
      const answer = confirm(
        { message: question, default: false },
        { output: process.stderr, signal: interrupted },
      );
      return unlessGone(answer, false);
    },
    async askFor(question, wrong, fallback) {
      const { default: input } = await import('@inquirer/input');
      const answer = input(
        {
          message: question,
          ...(fallback === undefined ? {} : { default: fallback }),
          validate: async (line) => (await wrong(line)) ?? true,
          theme: { validationFailureMode: fallback === undefined ? 'clear' : 'keep' },
        },
        { output: process.stderr, signal: interrupted },
      );
      return unlessGone<string | null>(answer, null);
    },
  };
}

/** After Ctrl-D a prompt would wait for ever on a terminal that was closed: nothing is left to do, and that ends it. */
async function unlessGone<T>(prompt: Promise<T>, fallback: T): Promise<T> {
  let leave = () => {};
  const gone = new Promise<T>((done) => {
    leave = () => done(fallback);
  });
  process.once('beforeExit', leave);
  try {
    return await Promise.race([prompt, gone]);
  } finally {
    process.removeListener('beforeExit', leave);
  }
}
