#!/usr/bin/env node
// The entry, which bin/mxt.js loads: the version needs no other file, so none is loaded for it. Everything else goes
// through the command line.
import { keepCompiledCode } from './compiled-code.ts';

const failed = (what: string) => (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return;
  process.exitCode = 1;
  process.stderr.write(`error: ${what}: ${error.message}\n`);
};

const [first, ...more] = process.argv.slice(2);
if ((first === '--version' || first === '-V') && more.length === 0) {
  process.stdout.on('error', failed('cannot write to stdout')).write(`${MXT_VERSION}\n`);
} else {
  keepCompiledCode(import.meta.dirname);
  Promise.all([import('./main.ts'), import('./cli/cli.ts')]).then(
    ([{ main }, { runCli }]) => main((io) => runCli(process.argv.slice(2), io)),
    failed('mxt cannot be loaded'),
  );
}
