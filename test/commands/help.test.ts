import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { makeRepository } from '../support/cli.ts';

const KEPT = fileURLToPath(new URL('golden/help/', import.meta.url));

it('every command has a help that says what it does, with an example', async () => {
  const { mxt } = makeRepository();
  const commands = (await mxt(['__complete', '--', ''])).stdout
    .split('\n')
    .flatMap((line) => line.split('\t')[0] || [])
    .filter((name) => name !== 'help');
  for (const command of commands) {
    const { code, stdout, stderr } = await mxt(`${command} --help`);
    expect({ command, code, stderr }).toEqual({ command, code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^Usage: mxt ${command} [^]*\\nExamples:\\n  .*mxt ${command}`));
    await expect(stdout).toMatchFileSnapshot(`golden/help/${command}.txt`);
  }
  await expect((await mxt('--help')).stdout).toMatchFileSnapshot('golden/help/mxt.txt');
  // A command that is gone takes its file along.
  const left = readdirSync(KEPT).filter((file) => ![...commands, 'mxt'].includes(file.replace(/\.txt$/, '')));
  expect(left).toEqual([]);
});

it('plan takes every flag that changes what apply does, so that its digest can be expected', async () => {
  const { mxt } = makeRepository();
  const flagsOf = async (command: string) =>
    new Set((await mxt(`${command} --help`)).stdout.match(/(?<=^ .*)--[a-z-]+(?=[ ,])/gm));
  const [plan, apply] = [await flagsOf('plan'), await flagsOf('apply')];
  expect([...apply].filter((flag) => !plan.has(flag))).toEqual([
    // Whether and how it is carried out, and what is told of it.
    '--yes',
    '--keep-going',
    '--expect-digest',
    '--events',
    '--reviewed',
    '--on-mismatch',
  ]);
  for (const flag of [
    '--max-deletes',
    '--allow-empty',
    '--allow-older',
    '--create-missing',
    '--replace',
    '--resume-failed',
  ])
    expect([...plan], flag).toContain(flag);
});

it.each([
  ['help plna', "error: unknown command 'plna'\n(Did you mean plan?)\n(mxt --help lists the commands)\n"],
  ['help nope', "error: unknown command 'nope'\n(mxt --help lists the commands)\n"],
])('mxt %s says that there is no such command', async (line, stderr) => {
  expect(await makeRepository().mxt(line)).toEqual({ code: 1, stdout: '', stderr });
});

it('a flag before the command is told where it belongs', async () => {
  expect(await makeRepository().mxt('-e staging plan')).toEqual({
    code: 1,
    stdout: '',
    stderr: 'error: -e comes before the command\n  Flags come after it: mxt plan -e.\n',
  });
});

it('mxt help help is mxt help', async () => {
  const { mxt } = makeRepository();
  expect(await mxt('help help')).toEqual(await mxt('help'));
});
