// Runs the tests on other dates than today's: `npm run test:dates [-- FILTER…]`. MXT_DAYS is a list of days from now.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const preload = new URL('shift-date.mjs', import.meta.url);
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const days = (process.env.MXT_DAYS ?? '17,401,1234').split(',').map(Number);

for (const ahead of days) {
  console.log(`\n${new Date(Date.now() + ahead * 86_400_000).toDateString()}, ${ahead} days from now`);
  const NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --import ${preload}?days=${ahead}`.trim();
  const { status } = spawnSync(process.execPath, [vitest, 'run', ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, NODE_OPTIONS },
  });
  if (status !== 0) process.exitCode = 1;
}
