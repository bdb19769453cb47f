import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { runCli } from '../../src/cli/cli.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/http/server.ts';
import type { ProcessIo } from '../../src/terminal/io.ts';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Repository {
  readonly root: string;
  /** Writes a file, folders on the way included. */
  write(path: string, text: string): void;
  remove(path: string): void;
  /** Runs a command line in this process: everything is real but the streams, the clock and the terminal. */
  mxt(args: string | readonly string[], options?: RunOptions): Promise<Ran>;
}

export interface RunOptions {
  readonly env?: Record<string, string>;
  /** Answers the question that a terminal would; without it there is no terminal. */
  readonly answer?: () => boolean | Promise<boolean>;
  /** Lines that are typed where one is asked for, in order; after them nothing but Enter, or the terminal is gone. */
  readonly lines?: readonly string[];
  readonly interrupted?: AbortSignal;
  /** That of the machine; UTC without it. */
  readonly timeZone?: string;
  /** In place of real time: a sleep then moves it. */
  readonly clock?: Pick<TestClock, 'now' | 'sleep'>;
  /** Is told of both streams, in the order in which a terminal shows them. */
  readonly onOutput?: (text: string, stream: 'stdout' | 'stderr') => void;
  /** The sandbox has another clock, for that is what is tested. */
  readonly clocksDiffer?: true;
}

/** A clock that stands still until somebody sleeps, for commands and the sandbox alike. */
export class TestClock {
  #now: number;

  constructor(start = '2026-11-26T12:00:00Z') {
    this.#now = Date.parse(start);
  }

  readonly now = (): Date => new Date(this.#now);

  readonly sleep = async (ms: number): Promise<void> => {
    this.#now += ms;
  };
}

/** What each sandbox that stands tells the time by, by its URL. */
const clocks = new Map<string, () => Date>();

/** Real time, of the client and of a sandbox that is given no clock. */
const realTime = () => new Date();

/** A client and a sandbox on two clocks agree on some dates alone: such a test fails on every date. */
function expectOneClock(apiUrl: string | undefined, now: () => Date): void {
  const theirs = clocks.get(apiUrl ?? '');
  if (theirs !== undefined && theirs !== now)
    throw new Error('the sandbox and the client have two clocks: give both the same one, or neither any');
}

/** A process without a terminal, for what a test does not care about. A sleep takes no time. */
export function testIo(given: Partial<ProcessIo>): ProcessIo {
  return {
    out: () => {},
    err: () => {},
    env: {},
    cwd: '/',
    stdoutIsTerminal: false,
    stderrIsTerminal: false,
    stdinIsTerminal: false,
    now: () => new Date(),
    timeZone: () => 'UTC',
    sleep: async () => {},
    interrupted: new AbortController().signal,
    confirm: async () => false,
    askFor: async () => null,
    ...given,
  };
}

/** A repository in a folder of its own, gone when the test is. */
export function makeRepository(
  files: Record<string, string> = {},
  env: Record<string, string> = {},
): Repository {
  const root = mkdtempSync(join(tmpdir(), 'mxt-test-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  for (const [path, text] of Object.entries(files)) write(path, text);
  return {
    root,
    write,
    remove: (path) => rmSync(join(root, path), { recursive: true }),
    async mxt(args, options = {}) {
      let stdout = '';
      let stderr = '';
      const terminal = options.answer !== undefined || options.lines !== undefined;
      const variables = { ...env, ...options.env };
      const now = options.clock?.now ?? realTime;
      if (!options.clocksDiffer) expectOneClock(variables['MP_API_URL'], now);
      const lines = [...(options.lines ?? [])];
      const io = testIo({
        out: (text) => {
          stdout += text;
          options.onOutput?.(text, 'stdout');
        },
        err: (text) => {
          stderr += text;
          options.onOutput?.(text, 'stderr');
        },
        env: variables,
        cwd: root,
        stdinIsTerminal: terminal,
        now,
        timeZone: () => options.timeZone ?? 'UTC',
        ...(options.clock === undefined ? {} : { sleep: options.clock.sleep }),
        ...(options.interrupted === undefined ? {} : { interrupted: options.interrupted }),
        askFor: async (question, wrong, fallback) => {
          stderr += `${question}${fallback ? ` (${fallback})` : ''}\n`;
          for (;;) {
            const typed = lines.shift();
            if (typed === undefined && fallback === undefined && options.answer === undefined) return null;
            const yesOrNo = async () => ((await options.answer?.()) ? 'yes' : 'no');
            const line = fallback === undefined ? (typed ?? (await yesOrNo())) : typed || fallback;
            const why = await wrong(line);
            if (why === null) return line;
            if (typed === undefined) throw new Error(`nothing more is typed: ${why}`);
            stderr += `${why}\n`;
          }
        },
        confirm: async (question) => {
          stderr += `${question}\n`;
          return (await options.answer?.()) ?? false;
        },
      });
      const argv = typeof args === 'string' ? args.split(' ').filter((arg) => arg !== '') : args;
      const code = await runCli(argv, io);
      return { code, stdout, stderr };
    },
  };
}

export const NAMESPACE = 'ns_test';
export const KEY = 'mxp_test_key_that_must_never_be_shown';

/** A sandbox in memory that ends with the test, and the environment that points at it. */
export async function withSandbox(
  options: Partial<SandboxOptions> = {},
): Promise<{ sandbox: Sandbox; env: Record<string, string> }> {
  const clock = options.clock ?? realTime;
  const sandbox = await startSandbox({ file: null, ...options, clock });
  clocks.set(sandbox.url, clock);
  onTestFinished(async () => {
    clocks.delete(sandbox.url);
    await sandbox.close();
  });
  return { sandbox, env: { MP_API_URL: sandbox.url, MP_API_KEY: KEY, MP_NAMESPACE: NAMESPACE } };
}

export const CONFIG = 'owner: acme/search\n';

export function manifestYaml(name: string, more: Record<string, string> = {}): string {
  const fields: Record<string, string> = {
    description: `About ${name}`,
    action_type: 'cluster',
    action_config: '{ cluster_id: clust_abc123 }',
    trigger_type: 'cron',
    schedule_config: '{ cron_expression: "0 2 * * *", timezone: UTC }',
    ...more,
  };
  return [`name: ${name}`, ...Object.entries(fields).map(([key, value]) => `${key}: ${value}`), ''].join(
    '\n',
  );
}
