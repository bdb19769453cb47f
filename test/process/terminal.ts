import { spawn, spawnSync } from 'node:child_process';
import { childEnv } from '../support/child-env.ts';

// A terminal that is real to the program in it: Python's own module for that, which every CI machine has.
const IN_TERMINAL = 'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])) % 256)';

const CHECK = 'import os, pty; os.waitstatus_to_exitcode';

export interface Terminal {
  /** Types: `\x03` is Ctrl-C, `\x04` Ctrl-D. */
  type(keys: string): void;
  /** Resolves once a text has come up on the screen. */
  shows(text: string): Promise<void>;
  readonly ended: Promise<{ readonly code: number | null; readonly screen: string }>;
}

/**
 * Runs a command on a terminal of its own.
 *
 * @param columns how wide it is; without it, it does not say
 * @throws where this machine cannot make one
 */
export function inTerminal(
  command: readonly string[],
  cwd: string,
  env: Record<string, string>,
  columns?: number,
): Terminal {
  if (spawnSync('python3', ['-c', CHECK]).status !== 0)
    throw new Error('The tests on a terminal need a python3 (3.9 or later) with its module pty: install it.');
  const sized = columns === undefined ? [] : ['sh', '-c', `stty cols ${columns} && exec "$0" "$@"`];
  const child = spawn('python3', ['-c', IN_TERMINAL, ...sized, ...command], {
    cwd,
    env: childEnv({ TERM: 'xterm', NO_COLOR: '1', ...env }),
  });
  let screen = '';
  const waiting = new Map<string, () => void>();
  const look = () => {
    for (const [text, found] of waiting) if (screen.includes(text)) found();
  };
  child.stdout.on('data', (data) => {
    screen += data;
    look();
  });
  child.stderr.on('data', (data) => {
    screen += data;
  });
  const ended = new Promise<{ code: number | null; screen: string }>((done) =>
    child.on('close', (code) => done({ code, screen })),
  );
  return {
    type: (keys) => void child.stdin.write(keys),
    shows: (text) =>
      new Promise((found, fail) => {
        waiting.set(text, found);
        look();
        void ended.then(() => fail(new Error(`ended without "${text}":\n${screen}`)));
      }),
    ended,
  };
}
