import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { validate } from '../../generated/validate-plan.js';
import { CONFIG, makeRepository, manifestYaml, withSandbox } from '../support/cli.ts';
import { initGit } from '../support/git.ts';

const files = { 'mxt.yaml': CONFIG, 'manifests/a.yaml': manifestYaml('a') };

describe('mxt plan', () => {
  it('writes every format from one read of live state', async () => {
    const { sandbox, env } = await withSandbox();
    const { mxt, root } = makeRepository(files, env);
    const out = '--out saved.json --out-json plan.json --out-markdown plan.md --out-html plan.html';
    const { code, stdout, stderr } = await mxt(`plan ${out}`);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(sandbox.requests).toHaveLength(1);
    const read = (file: string) => readFileSync(join(root, file), 'utf8');
    expect(stdout).toContain('Plan: 1 to create');
    expect(validate(JSON.parse(read('plan.json')))).toBe(true);
    expect(read('saved.json')).toBe(read('plan.json'));

    for (const [format, file] of [
      ['json', 'plan.json'],
      ['markdown', 'plan.md'],
      ['html', 'plan.html'],
    ] as const) {
      expect((await mxt(`plan --format ${format}`)).stdout).toBe(read(file));
    }
    expect(read('plan.md')).toMatch(
      /^### 🟢 mxt plan: 1 to create\n\nacme\/search → ns_test · 0 unchanged\.\n/,
    );
    expect(read('plan.html')).toMatch(/^<!doctype html>\n/);
  });

  it('links to the sources where a workflow says where the repository is', async () => {
    const { env } = await withSandbox();
    const { mxt, root } = makeRepository(
      { 'ops/mxt.yaml': CONFIG, 'ops/manifests/a b.yaml': manifestYaml('a') },
      env,
    );
    const commit = initGit(root).commit();
    const github = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'acme/search' };
    const plan = 'plan --config ops/mxt.yaml --format markdown';
    expect((await mxt(plan, { env: github })).stdout).toContain(
      `[manifests/a b.yaml:1](https://github.com/acme/search/blob/${commit}/ops/manifests/a%20b.yaml#L1)`,
    );
    expect((await mxt(plan)).stdout).not.toContain('](');
  });

  it('points to the job summary where there is no room', async () => {
    const { env } = await withSandbox();
    const description = JSON.stringify('word '.repeat(160));
    const many = Array.from({ length: 120 }, (_, at) => `t${at}`).map(
      (name) => [`manifests/${name}.yaml`, manifestYaml(name, { description })] as const,
    );
    const { mxt } = makeRepository({ 'mxt.yaml': CONFIG, ...Object.fromEntries(many) }, env);
    const github = {
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: 'acme/search',
      GITHUB_RUN_ID: '77',
    };
    const { stdout } = await mxt('plan --format markdown', { env: github });
    expect(stdout.length).toBeLessThanOrEqual(65_536);
    expect(stdout).toMatch(
      /Not shown for lack of space: \d+ create, 6 warning\.\*\* \[The job summary\]\(https:\/\/github\.com\/acme\/search\/actions\/runs\/77\)/,
    );
  });

  it('refuses a format that there is none of', async () => {
    const { mxt } = makeRepository(files);
    expect(await mxt('plan --format pdf')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Allowed choices are text, json, markdown, html'),
    });
  });

  it('says where it cannot write, after what it can still say, and leaves nothing half written', async () => {
    const { env } = await withSandbox();
    const { mxt, root } = makeRepository(files, env);
    expect(await mxt('plan --out-html no/such/plan.html')).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('Plan: '),
      stderr: expect.stringContaining('cannot write no/such/plan.html'),
    });
    expect(existsSync(join(root, 'no'))).toBe(false);
  });
});
