// Loaded before a program: says at its end how much memory it held at most, in MiB.
process.on('exit', () =>
  process.stderr.write(`\npeak=${Math.round(process.resourceUsage().maxRSS / 1024)}\n`),
);
