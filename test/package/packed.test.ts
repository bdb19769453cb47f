import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { marked, type Token } from 'marked';
import { describe, expect, it } from 'vitest';
import { PLACEHOLDER } from '../../src/commands/init/workflows.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PACKAGE = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

/** What `npm pack` would pack: paths from the top of the package. */
const packed: readonly string[] = JSON.parse(
  execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: ROOT, encoding: 'utf8' }),
)[0].files.map(({ path }: { path: string }) => path);

/** Addresses of links and pictures in a Markdown file that lead to a file of the repository. */
function linksOf(path: string): string[] {
  const found: string[] = [];
  const tokens = marked.lexer(readFileSync(join(ROOT, path), 'utf8'));
  marked.walkTokens(tokens, (token: Token) => {
    if ((token.type === 'link' || token.type === 'image') && !/^[a-z]+:|^#/.test(token['href']))
      found.push(token['href'].replace(/#.*$/, ''));
  });
  return found;
}

describe('the package', () => {
  it.each(packed.filter((path) => path.endsWith('.md')))('has every file that %s links to', (path) => {
    for (const link of linksOf(path)) {
      const target = posix.normalize(posix.join(dirname(path), link)).replace(/\/$/, '');
      const there = packed.some((file) => file === target || file.startsWith(`${target}/`));
      expect(there, `${link} in ${path}`).toBe(true);
    }
  });

  it('has what a licence asks to be passed on, and nothing of the tests', () => {
    expect(packed).toEqual(
      expect.arrayContaining(['LICENSE', 'THIRD-PARTY-NOTICES.txt', 'bin/mxt.js', 'dist/mxt.js']),
    );
    expect(packed.filter((path) => /^(src|test|scripts|node_modules|\.|dist\/compiled)/.test(path))).toEqual(
      [],
    );
  });

  it('asks nothing of those who install it: no dependency, and no script that npm would run or warn of', () => {
    const { dependencies, optionalDependencies, peerDependencies, scripts } = PACKAGE;
    expect([dependencies, optionalDependencies, peerDependencies]).toEqual([undefined, undefined, undefined]);
    // With one of these npm builds what it installs from Git, and links a global install to a folder that is gone.
    for (const name of ['preinstall', 'install', 'postinstall', 'prepare', 'prepack', 'build'])
      expect(scripts).not.toHaveProperty(name);
  });

  it('says where it comes from, as the action and provenance do', () => {
    const home = new URL(PACKAGE.repository.url).pathname.slice(1).replace(/\.git$/, '');
    expect(PLACEHOLDER.startsWith(`${home}@`)).toBe(true);
    expect(PACKAGE.homepage).toBe(`https://github.com/${home}#readme`);
    expect(PACKAGE.bugs).toBe(`https://github.com/${home}/issues`);
    expect(PACKAGE.publishConfig).toMatchObject({ access: 'public', provenance: true });
    expect(readFileSync(join(ROOT, 'SECURITY.md'), 'utf8')).toContain(home);
    for (const path of Object.values<string>(PACKAGE.bin)) expect(existsSync(join(ROOT, path))).toBe(true);
  });
});

it('the notices are those of what is bundled', () => {
  execFileSync(process.execPath, ['scripts/notices.mjs', '--check'], { cwd: ROOT });
});
