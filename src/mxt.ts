#!/usr/bin/env node
// The entry. It is written in what Node 10 can read, so that a Node that is too old says so in one line, and loads
// nothing. The version needs nothing either. Everything else goes through the command line.
const failed = (what: string) => (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return;
  process.exitCode = 1;
  process.stderr.write(`error: ${what}: ${error.message}\n`);
};

const [first, ...more] = process.argv.slice(2);
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const [oldestMajor = 0, oldestMinor = 0] = MXT_OLDEST_NODE.split('.').map(Number);
if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
  process.exitCode = 1;
  process.stderr.write(
    `error: mxt needs Node ${MXT_OLDEST_NODE} or newer, and this is Node ${process.versions.node}: ${process.execPath}\n`,
  );
} else if ((first === '--version' || first === '-V') && more.length === 0) {
  process.stdout.on('error', failed('cannot write to stdout')).write(`${MXT_VERSION}\n`);
} else {
  Promise.all([import('./main.ts'), import('./cli/cli.ts')]).then(
    ([{ main }, { runCli }]) => main((io) => runCli(process.argv.slice(2), io)),
    failed('mxt cannot be loaded'),
  );
}
