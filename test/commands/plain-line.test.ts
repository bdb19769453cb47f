import type { Command } from 'commander';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { plainLine } from '../../src/cli/plain-line.ts';
import { buildProgram, readLine } from '../../src/cli/program.ts';
import type { Io } from '../../src/terminal/io.ts';
import { runs } from '../support/random.ts';

const RUNS = runs(6000);
const silent = { say: () => {}, err: () => {} } as unknown as Io;

const program = buildProgram(silent, () => async () => {});
const values = [
  'a',
  'nightly',
  'json',
  'text',
  'markdown',
  '',
  '7',
  '0',
  '-1',
  '2,3',
  'a=b',
  'mxt.yaml',
  '--',
  '-',
];

/** Words that a command knows, with values and without, and such as it does not. */
function wordsOf(command: Command): fc.Arbitrary<readonly string[]> {
  const value = fc.constantFrom(...values);
  const known = command.options.flatMap(({ short, long, flags, argChoices }) => {
    const takesValue = /[<[]/.test(flags);
    const own = argChoices === undefined ? value : fc.oneof(fc.constantFrom(...argChoices), value);
    return [short, long]
      .filter((one) => one !== undefined)
      .map((one) => (takesValue ? own.map((text) => [one, text]) : fc.constant([one])));
  });
  const odd = fc.oneof(
    value.map((one) => [one]),
    fc
      .constantFrom('--env=a', '-ea', '-qv', '--formt', '--help', '-h', '--only', '--no-quiet')
      .map((one) => [one]),
  );
  const word = fc.oneof(
    { weight: 6, arbitrary: known.length === 0 ? odd : fc.oneof(...known) },
    { weight: 1, arbitrary: odd },
  );
  return fc.array(word, { maxLength: 4 }).map((all) => all.flat());
}

const lines = fc
  .constantFrom(...program.commands.filter((one) => one.name() !== '__complete'))
  .chain((command) => {
    const needed = command.registeredArguments.map(() => fc.constantFrom(...values));
    return fc
      .tuple(fc.boolean(), fc.tuple(...needed), wordsOf(command))
      .map(([isGiven, args, words]) => [command.name(), ...(isGiven ? args : []), ...words]);
  });

it('what is read without commander is what commander reads, of a third of the lines at least', async () => {
  let plain = 0;
  await fc.assert(
    fc.asyncProperty(lines, async (argv) => {
      const line = plainLine(argv);
      if (line === null) return;
      plain++;
      expect(await readLine(argv, silent)).toEqual(line);
    }),
    { numRuns: RUNS },
  );
  expect(plain).toBeGreaterThan(RUNS / 3);
});

it.each([
  [['plan']],
  [['plan', '--sandbox', '-e', 'staging', '--out', 'plan.json', '--detailed-exitcode']],
  [['apply', 'plan.json', '--yes', '--no-color']],
  [['validate', 'a.yaml', 'b.yaml']],
  [['status', '--format', 'json']],
  [['show', 'nightly']],
])('%j needs no commander', (argv) => {
  expect(plainLine(argv)).not.toBeNull();
});

it.each([
  [[]],
  [['--help']],
  [['plan', '--help']],
  [['pln']],
  [['toString']],
  [['plan', '--only', 'a']],
  [['plan', '--env', 'a,b']],
  [['plan', '--env=a']],
  [['show']],
  [['plan', 'more']],
])('%j is for commander', (argv) => {
  expect(plainLine(argv)).toBeNull();
});
