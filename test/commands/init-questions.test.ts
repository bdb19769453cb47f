import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ownerInUrl } from '../../src/commands/init/remote-owner.ts';
import { git } from '../github/remote.ts';
import { inTerminal } from '../process/terminal.ts';
import { makeRepository } from '../support/cli.ts';
import { handMade } from './hand-made.ts';

const SHA = 'a'.repeat(40);

const read = (root: string, path: string) => readFileSync(join(root, path), 'utf8');

describe('the questions of mxt init', () => {
  it('are about what no flag says, and take the remote for the owner', async () => {
    const { root, mxt } = makeRepository();
    git(root, 'init', '--quiet');
    git(root, 'remote', 'add', 'origin', 'git@github.com:acme/search.git');
    const options = { answer: () => true, lines: ['', 'staging=ns_1, production=ns_2'] };
    const { code, stderr } = await mxt('init', options);
    expect(code).toBe(0);
    expect(stderr.match(/^.*\?.*$/gm)).toEqual([
      'Who owns these triggers? Such as organisation/repository (acme/search)',
      expect.stringMatching(/^Environments, such as .*\?/),
      expect.stringMatching(/^Write mxt\.yaml, manifests\/example\.yaml, \.vscode\/settings\.json, .*\?$/),
    ]);
    expect(read(root, 'mxt.yaml')).toContain('owner: acme/search\n');
    expect((await mxt('environments')).stdout).toBe('staging\nproduction\n');
  });

  it.each([true, false])('are about an export, too, where there is something (answer: %s)', async (yes) => {
    const { keyed } = await handMade();
    const { root, mxt } = makeRepository({}, { ...keyed, MP_NAMESPACE: 'ns_staging' });
    const answers = [yes, true];
    const { stderr } = await mxt('init --owner acme/search', { answer: () => answers.shift() ?? false });
    expect(stderr).toContain('Write manifests for the 2 unmanaged triggers?');
    expect(existsSync(join(root, 'manifests/example.yaml'))).toBe(!yes);
    expect(readdirSync(join(root, 'manifests'))).toHaveLength(yes ? 2 : 1);
  });

  it('are asked again one by one where an answer is wrong, and the others stand', async () => {
    const { root, mxt } = makeRepository();
    const lines = [
      '.acme',
      'acme/search',
      'staging',
      'a=ns_1 b=ns_1',
      'a/b=ns_1',
      'a=ns_1 b=ns_2',
      'acme/mxt@v1',
      `acme/mxt@${SHA} # v1.0.0`,
    ];
    const { code, stderr } = await mxt('init --github', { answer: () => true, lines });
    expect(code, stderr).toBe(0);
    expect(stderr.split('\n').slice(0, 8)).toEqual([
      'Who owns these triggers? Such as organisation/repository',
      expect.stringMatching(/^An owner has at most 100 letters/),
      expect.stringMatching(/^Environments, such as/),
      'an environment is given as name=namespace, not as staging',
      expect.stringContaining('have the same namespace'),
      expect.stringContaining("an environment's name"),
      expect.stringMatching(/^Where is mxt's action\?/),
      expect.stringMatching(/^An action is owner\/repository@commit/),
    ]);
    expect(read(root, 'mxt.yaml')).toContain('owner: acme/search\n');
    expect((await mxt('environments')).stdout).toBe('a\nb\n');
    expect(read(root, '.github/workflows/plan.yml')).toContain(`uses: acme/mxt@${SHA} # v1.0.0\n`);
  });

  it('are none with --yes, which takes the remote for the owner and says so', async () => {
    const { root, mxt } = makeRepository();
    git(root, 'init', '--quiet');
    git(root, 'remote', 'add', 'origin', 'https://gitlab.example.com/acme/data/search.git');
    const { code, stderr } = await mxt('init --yes');
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/^owner: acme\/data\/search, by the Git remote/),
    ]);
    expect(read(root, 'mxt.yaml')).toContain('owner: acme/data/search\n');
  });

  it.each([
    ['git@github.com:acme/search.git', 'acme/search'],
    ['github.com:acme/search', 'acme/search'],
    ['ssh://git@github.com:22/acme/search.git', 'acme/search'],
    ['https://user:token@github.com/acme/search/', 'acme/search'],
    ['https://gitlab.com/a/b/c.git', 'a/b/c'],
    ['/srv/git/search.git', ''],
    ['./a:b/c', ''],
    ['C:\\git\\search', ''],
    ['file:///srv/git/search.git', ''],
    ['git@host:search.git', ''],
    ['', ''],
  ])('the owner in %s is "%s"', (url, owner) => {
    expect(ownerInUrl(url)).toBe(owner);
  });

  const MXT = fileURLToPath(new URL('../../dist/mxt.js', import.meta.url));

  it('can be answered on a terminal, and a wrong answer is corrected where it stands', async () => {
    const { root } = makeRepository();
    const terminal = inTerminal([process.execPath, MXT, 'init'], root, {});
    await terminal.shows('Who owns these triggers?');
    terminal.type('acme/search\r');
    await terminal.shows('Environments, such as');
    terminal.type('staging=ns_1 production\r');
    await terminal.shows('name=namespace, not as production');
    terminal.type('=ns_2\r');
    await terminal.shows('Write mxt.yaml');
    terminal.type('y\r');
    const { code, screen } = await terminal.ended;
    expect(code, screen).toBe(0);
    expect(screen).toContain('wrote mxt.yaml');
    expect(screen.match(/Plan: 1 to create/g)).toHaveLength(2);
    expect(read(root, 'mxt.yaml')).toContain('production: { namespace: ns_2 }');
  });

  it.each([
    ['Ctrl-C', '\x03', 130],
    ['Ctrl-D', '\x04', 1],
  ])('end with %s, and nothing is written', async (_, keys, code) => {
    const { root } = makeRepository();
    const terminal = inTerminal([process.execPath, MXT, 'init', '--github'], root, {});
    await terminal.shows('Who owns these triggers?');
    terminal.type('acme/search\r');
    await terminal.shows('Environments, such as');
    terminal.type(keys);
    const ended = await terminal.ended;
    expect(ended.code, ended.screen).toBe(code);
    expect(ended.screen).not.toMatch(/internal error|\n\s+at /);
    expect(readdirSync(root)).toEqual([]);
  });
});
