// What scripts that drive the sandbox from Python share: a virtual environment of pinned packages, and the sandbox itself.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const mxt = join(root, 'dist/mxt.js');

/** The `bin` folder of an environment with these requirements, kept under node_modules/.cache. */
export function pythonEnvironment(requirements) {
  const version = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const folder = join(root, 'node_modules/.cache/mxt-python', version);
  const [bin, done] = [join(folder, 'bin'), join(folder, 'installed')];
  if (existsSync(done)) return bin;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  execFileSync('python3', ['-m', 'venv', folder], { stdio: 'inherit' });
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements];
  execFileSync(join(bin, 'python'), pip, { stdio: 'inherit' });
  mkdirSync(done);
  return bin;
}

/** `mxt sandbox` as a process of its own, in memory, and where it listens. */
export async function startSandbox(...flags) {
  const child = spawn(process.execPath, [mxt, 'sandbox', '--memory', '--port', '0', ...flags], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const [url] = /http:\/\/[\d.:]+\d/.exec(line) ?? [];
    if (url !== undefined) return { url, stop: () => child.kill() };
  }
  throw new Error('the sandbox did not start: is dist/ built?');
}
