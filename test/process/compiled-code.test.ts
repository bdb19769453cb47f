import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { childEnv } from '../support/child-env.ts';
import { CONFIG, makeRepository, manifestYaml, withSandbox } from '../support/cli.ts';

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));

/** Says of each file of the bundle whether V8 took what was kept of it; nothing where none is looked for. */
const TELL = `
const vm = require('node:vm');
const { basename } = require('node:path');
vm.Script = class extends vm.Script {
  constructor(text, options) {
    super(text, options);
    const word = options.cachedData === undefined ? 'compiled' : this.cachedDataRejected ? 'refused' : 'taken';
    process.stderr.write(basename(options.filename) + ' ' + word + '\\n');
  }
};`;

describe('compiled code', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mxt-compiled-'));
  const dist = join(folder, 'dist');
  const compiled = join(dist, 'compiled');
  const tell = join(folder, 'tell.cjs');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  let cwd: string;
  let env: Readonly<Record<string, string>>;
  beforeEach(async () => {
    writeFileSync(tell, TELL);
    rmSync(dist, { recursive: true, force: true });
    cpSync(DIST, dist, { recursive: true, filter: (path) => basename(path) !== 'compiled' });
    ({ env } = await withSandbox());
    const { root, mxt } = makeRepository({ 'mxt.yaml': CONFIG, 'manifests/a.yaml': manifestYaml('a') }, env);
    expect(await mxt('apply --yes')).toMatchObject({ code: 0 });
    cwd = root;
  });

  /** What a plan says on stderr. */
  async function plan(more: Readonly<Record<string, string>> = {}) {
    const line = [join(dist, 'mxt.js'), 'plan'];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, line, {
      cwd,
      env: childEnv({ NODE_OPTIONS: '', ...env, ...more }),
    });
    expect(stdout).toMatch(/^No changes\./im);
    return stderr;
  }

  /** The same, with the words of TELL: nothing is written then. */
  const told = () => plan({ NODE_OPTIONS: `--require ${tell}` });

  const kept = () => {
    const [only = '', ...more] = readdirSync(compiled);
    expect(more).toEqual([]);
    return { only, files: readdirSync(join(compiled, only)).sort() };
  };

  it('is kept by the first run beside the bundle, and taken by the next', async () => {
    expect(await told()).toBe('');
    expect(readdirSync(dist)).not.toContain('compiled');

    expect(await plan()).toBe('');
    const { only, files } = kept();
    expect(only).toBe(`${process.version}-${process.arch}`);
    expect(files).toEqual(expect.arrayContaining(['client.js', 'plan.js', 'start.js']));

    const words = await told();
    expect(words).toContain('plan.js taken');
    expect(words).toContain('client.js taken');
    expect(words).not.toMatch(/compiled|refused/);
  });

  it('is not written on a machine of CI, nor under flags of Node', async () => {
    await plan({ CI: 'true' });
    await plan({ NODE_OPTIONS: '--max-old-space-size=512' });
    expect(readdirSync(dist)).not.toContain('compiled');
  });

  it('is no fault where it cannot be written', async () => {
    writeFileSync(compiled, '');
    expect(await plan()).toBe('');
    expect(readFileSync(compiled, 'utf8')).toBe('');
  });

  it.each([
    ['that was cut off', (whole: Buffer) => whole.subarray(0, whole.length / 2)],
    ['that is empty', () => Buffer.of()],
    ['of something else', (whole: Buffer) => Buffer.alloc(whole.length, 'x')],
    ['whose end is lost', (whole: Buffer) => whole.fill(0, whole.length - 4096)],
  ])('%s is left alone, and the next run writes it again', async (_, spoil) => {
    await plan();
    const path = join(compiled, kept().only, 'plan.js');
    writeFileSync(path, spoil(readFileSync(path)));
    expect(await told()).toContain('plan.js compiled');
    await plan();
    expect(await told()).toContain('plan.js taken');
  });

  it('of another text is left alone, also where that is as long', async () => {
    await plan();
    const path = join(dist, 'plan.js');
    writeFileSync(path, readFileSync(path, 'utf8').replace('No changes. ', 'No CHANGES. '));
    expect(await told()).toContain('plan.js compiled');
  });

  it('leaves nothing behind where it cannot be written', async () => {
    await plan();
    const path = join(compiled, kept().only, 'plan.js');
    const before = kept().files;
    rmSync(path);
    mkdirSync(path);
    expect(await plan()).toBe('');
    expect(kept().files).toEqual(before);
  });

  it('is in the bundle of a clone from its build on', () => {
    const [own] = readdirSync(join(DIST, 'compiled')).filter((name) =>
      name.startsWith(`${process.version}-`),
    );
    expect(readdirSync(join(DIST, 'compiled', own ?? ''))).toEqual(
      expect.arrayContaining(['plan.js', 'client.js', 'start.js', 'program.js']),
    );
  });
});
