// Loaded before a program: says at its end how much memory it held at most, in MiB, and its CPU, in seconds.
process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const seconds = ((userCPUTime + systemCPUTime) / 1e6).toFixed(1);
  process.stderr.write(`\npeak=${Math.round(maxRSS / 1024)} cpu=${seconds}\n`);
});
