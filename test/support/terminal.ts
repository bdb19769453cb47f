import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MXT = fileURLToPath(new URL('../../dist/mxt.js', import.meta.url));

export const CTRL_C = '\u0003';

export interface Terminal {
  /** What a person would type. */
  type(keys: string): void;
  /** Resolves once this stands on the screen. */
  shows(text: string): Promise<void>;
  /** All that was written to the terminal, and the exit code. */
  readonly ended: Promise<{ readonly code: number | null; readonly screen: string }>;
}

/** Runs the bundle on a pseudo-terminal of its own, which `script` (util-linux) makes. `npm test` builds it first. */
export function onTerminal(args: readonly string[], cwd: string, env: Record<string, string> = {}): Terminal {
  const command = [process.execPath, MXT, ...args]
    .map((word) => `'${word.replaceAll("'", "'\\''")}'`)
    .join(' ');
  const child = spawn('script', ['--quiet', '--return', '--flush', '--command', command, '/dev/null'], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', TERM: 'xterm', SHELL: '/bin/sh', ...env },
  });
  let screen = '';
  const waiting = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (data: string) => {
    screen += data;
    for (const look of waiting) look();
  });
  const ended = new Promise<{ code: number | null; screen: string }>((done) =>
    child.on('close', (code) => done({ code, screen })),
  );
  return {
    type: (keys) => child.stdin.write(keys),
    shows: (text) =>
      new Promise((done, fail) => {
        const look = () => {
          if (!screen.includes(text)) return;
          waiting.delete(look);
          done();
        };
        waiting.add(look);
        ended.then(() => fail(new Error(`it ended without showing ${text}:\n${screen}`)));
        look();
      }),
    ended,
  };
}
