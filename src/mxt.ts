#!/usr/bin/env node
// The entry: the version needs nothing, so nothing is loaded for it. Everything else goes through the command line.
const [first, ...more] = process.argv.slice(2);
if ((first === '--version' || first === '-V') && more.length === 0) {
  process.stdout.write(`${MXT_VERSION}\n`);
} else {
  const [{ main }, { runCli }] = await Promise.all([import('./main.ts'), import('./cli/cli.ts')]);
  await main((io) => runCli(process.argv.slice(2), io));
}
