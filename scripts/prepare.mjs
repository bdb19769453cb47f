// Builds what a Git address installs. `npm install --global` of one (pre-commit does that) hands `global` on to its own
// install in the clone, whose packages then go elsewhere: they are installed here first.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const npm = process.env.npm_execpath;
if (!existsSync(join(root, 'node_modules/esbuild')) && npm?.endsWith('.js')) {
  const flags = ['--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--global=false'];
  const { npm_config_global: _, ...env } = process.env;
  execFileSync(process.execPath, [npm, 'ci', ...flags], { cwd: root, env, stdio: 'inherit' });
}
await import('./build.mjs');
