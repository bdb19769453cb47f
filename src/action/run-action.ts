import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { announceError } from '../ci/announce.ts';
import { type Ci, ciFor } from '../ci/ci.ts';
import { MxtError } from '../errors.ts';
import type { ProcessIo } from '../terminal/io.ts';
import { type Inputs, readInputs } from './inputs.ts';
import { keyVariable } from './key.ts';
import { writeMatrix } from './matrix.ts';
import type { Mxt } from './mxt-runner.ts';

interface Files {
  readonly plan: string;
  readonly markdown: string;
  readonly result: string;
}

/**
 * The action: one command of mxt, then the comment where one is wanted. A comment that cannot be written is a warning:
 * the step ends as the command did. Pending changes (2) are no failure of a step; the output `exit-code` tells.
 */
export async function runAction(io: ProcessIo, mxt: Mxt): Promise<number> {
  const ci = ciFor(io);
  let inputs: Inputs;
  try {
    inputs = readInputs(io.env);
  } catch (error) {
    if (!(error instanceof MxtError)) throw error;
    io.err(`error: ${error.message}\n`);
    announceError(ci, error.message);
    return 1;
  }
  const { env } = io;
  const cwd = resolve(env['GITHUB_WORKSPACE'] || io.cwd, inputs.workingDirectory);
  const given = { ...env, ...inputs.env };
  const inside: ProcessIo = {
    ...io,
    env: { ...given, ...(await keyVariable(inputs, { env: given, cwd })) },
    cwd,
  };
  if (inputs.command === 'environments') {
    const code = await writeMatrix(inputs, ci, inside, mxt);
    ci?.output('exit-code', String(code));
    return code;
  }
  const files = filesIn(mkdtempSync(join(env['RUNNER_TEMP'] || tmpdir(), 'mxt-')));
  if (inputs.command === 'apply' && inputs.comment) await planFirst(inputs, files, inside, mxt);
  const code = await mxt([inputs.command, ...argsFor(inputs, files)], inside);
  if (inputs.comment && inputs.command !== 'validate') await comment(inputs, files, inside, mxt);
  outputs(ci, files, code);
  return code === 2 ? 0 : code;
}

function filesIn(folder: string): Files {
  return {
    plan: join(folder, 'plan.json'),
    markdown: join(folder, 'plan.md'),
    result: join(folder, 'result.json'),
  };
}

function argsFor({ command, args, own }: Inputs, { plan, markdown, result }: Files): string[] {
  switch (command) {
    case 'validate':
    case 'environments':
      return [...own, ...args];
    case 'plan':
      return ['--out', plan, '--out-markdown', markdown, ...own, ...args];
    case 'apply':
      return ['--out-json', result, ...own, ...args];
  }
}

/**
 * The comment on a result needs to know what was planned, and apply saves only what it did. This plan is for the
 * comment alone: it is not shown, and its failure is apply's to tell.
 */
async function planFirst({ args }: Inputs, { plan }: Files, io: ProcessIo, mxt: Mxt): Promise<void> {
  const { GITHUB_ACTIONS: _, ...env } = io.env;
  await mxt(['plan', '--out', plan, ...args], { ...io, env, out: () => {}, err: () => {} });
}

async function comment({ command }: Inputs, { plan, result }: Files, io: ProcessIo, mxt: Mxt): Promise<void> {
  if (!existsSync(plan) || (command === 'apply' && !existsSync(result))) {
    io.err('no comment: there is nothing to show\n');
    return;
  }
  const what = command === 'apply' ? ['--result', result] : ['--check'];
  const code = await mxt(['comment', '--plan', plan, ...what], io);
  if (code !== 0) io.err(`warning: the comment could not be written; this step ends as ${command} did\n`);
}

function outputs(ci: Ci | null, { plan, markdown, result }: Files, code: number): void {
  ci?.output('exit-code', String(code));
  for (const [name, path] of Object.entries({ plan, markdown, result })) {
    if (existsSync(path)) ci?.output(name, path);
  }
}
