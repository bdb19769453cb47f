import { execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CONFIG, makeRepository, manifestYaml } from '../support/cli.ts';

// The bundle as users run it. `npm test` builds it first.
const MXT = fileURLToPath(new URL('../../dist/mxt.js', import.meta.url));

const FILES = { 'mxt.yaml': CONFIG, 'manifests/a.yaml': manifestYaml('a') };

interface Surroundings {
  /** Where results go; else they are read. */
  readonly stdout?: string;
  /** Of open files. */
  readonly limit?: number;
}

/** Runs a command line in a shell of its own, whose limits it has. */
async function run(args: string, cwd: string, { stdout, limit = 4096 }: Surroundings) {
  const file = stdout === undefined ? null : openSync(stdout, 'w');
  const child = spawn(
    'sh',
    ['-c', `ulimit -n ${limit}; exec "$0" "$@"`, process.execPath, MXT, ...args.split(' ')],
    {
      cwd,
      env: { PATH: process.env['PATH'] ?? '' },
      stdio: ['ignore', file ?? 'pipe', 'pipe'],
    },
  );
  if (file !== null) closeSync(file);
  let [out, err] = ['', ''];
  child.stdout?.on('data', (data) => {
    out += data;
  });
  child.stderr?.on('data', (data) => {
    err += data;
  });
  const code = await new Promise<number | null>((done) => child.on('close', done));
  return { code, out, err };
}

describe('on a full disk', () => {
  it.each([
    'plan --sandbox --format json',
    'validate',
    'schema',
    'schedule',
    'doctor --sandbox',
    '--help',
    '--version',
  ])('mxt %s says so and exits 1', async (args) => {
    const { root } = makeRepository(FILES);
    const { code, err } = await run(args, root, { stdout: '/dev/full' });
    expect(code).toBe(1);
    expect(err).toContain('error: cannot write to stdout: ENOSPC');
    expect(err).not.toMatch(/internal error|^ {4}at /m);
  });

  it('apply says what it did before it says that', async () => {
    const { root } = makeRepository(FILES);
    const { code, err } = await run('apply --sandbox --yes', root, { stdout: '/dev/full' });
    expect(code).toBe(1);
    expect(err).toMatch(/create a[\s\S]*error: cannot write to stdout: ENOSPC/);
  });

  it('apply --out-json says what it did, and plan --out what it would do', async () => {
    const { root } = makeRepository(FILES);
    const plan = await run('plan --sandbox --out /dev/full', root, {});
    expect(plan).toMatchObject({ code: 1, out: expect.stringContaining('Plan: 1 to create') });
    expect(plan.err).toContain('cannot write /dev/full: ENOSPC');
    const apply = await run('apply --sandbox --yes --out-json /dev/full', root, {});
    expect(apply).toMatchObject({ code: 1, out: expect.stringContaining('Apply: 1 applied.') });
    expect(apply.err).toContain('cannot write /dev/full: ENOSPC');
  });
});

it.each([24, 40, 64])('a limit of %i open files is named, without a stack', async (limit) => {
  const { root } = makeRepository(FILES);
  const { code, out, err } = await run('apply --sandbox --yes', root, { limit });
  expect(err).not.toMatch(/internal error|^ {4}at /m);
  if (code === 0) expect(out).toContain('Apply: 1 applied.');
  else expect({ code, err }).toMatchObject({ code: 1, err: expect.stringMatching(/^error: .*EMFILE/m) });
});

it('a pipe is written to, and stays one', async () => {
  const { root } = makeRepository(FILES);
  const pipe = join(root, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const read = readFile(pipe, 'utf8');
  expect(await run('plan --sandbox --out-json pipe', root, {})).toMatchObject({ code: 0, err: '' });
  expect(JSON.parse(await read)).toMatchObject({ format_version: '1.0' });
  expect(statSync(pipe).isFIFO()).toBe(true);
});
