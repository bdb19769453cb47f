// Runs commands in turn. Machines drift: only ratios within one race mean something.
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';

const memory = pathToFileURL(new URL('./peak-memory.mjs', import.meta.url).pathname).href;

export const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** @returns milliseconds of wall time, and what it printed */
export function run([program, ...args], options) {
  const start = process.hrtime.bigint();
  const { status, stderr, stdout, error } = spawnSync(program, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    ...options,
  });
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0) throw error ?? new Error(`${args.join(' ')} exited with ${status}: ${stderr}${stdout}`);
  return { ms, stdout, stderr };
}

/**
 * Every command once a round, in turn, after one round that does not count: what slows the machine down slows all.
 *
 * @param commands by name, each as [command line, options]
 * @returns the median of each, in milliseconds
 */
export function race(commands, rounds) {
  const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    for (const [name, [line, options]] of Object.entries(commands)) {
      const { ms } = run(line, options);
      if (round >= 0) times[name].push(ms);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)]));
}

/** What a Node program holds at most, in MiB. */
export function peakOf([[node, ...args], options]) {
  const { stderr } = run([node, '--import', memory, ...args], options);
  return Number(/peak=(\d+)/.exec(stderr)[1]);
}
