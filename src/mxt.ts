#!/usr/bin/env node
// The entry: the version needs nothing, so nothing is loaded for it. Everything else goes through the command line.
const [first, ...more] = process.argv.slice(2);
if ((first === '--version' || first === '-V') && more.length === 0) {
  process.stdout.write(`${MXT_VERSION}\n`);
} else {
  const { main } = await import('./main.ts');
  await main(process.argv.slice(2));
}
