// The main job on the embedded sandbox: validate, plan, apply, and a second plan that is empty.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const mxt = fileURLToPath(new URL('../dist/mxt.js', import.meta.url));
rmSync(fileURLToPath(new URL('../.mxt/sandbox.json', import.meta.url)), { force: true });

for (const command of ['validate', 'plan --sandbox', 'apply --sandbox --yes', 'plan --sandbox']) {
  console.log(`\n$ mxt ${command}`);
  const { status } = spawnSync(process.execPath, [mxt, ...command.split(' ')], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}
