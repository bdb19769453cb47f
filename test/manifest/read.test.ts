import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findInFolders, findPaths } from '../../src/manifest/files/find-files.ts';
import { readText } from '../../src/manifest/files/repository-file.ts';
import { scratch } from './scratch.ts';

const ONE = 'name: one\n';

function read(root: string, folders: readonly string[] = ['manifests']) {
  const { files, problems } = findInFolders(root, folders);
  return {
    files: files.map(({ path }) => path),
    problems: problems.map(({ file, message }) => `${file}: ${message}`),
  };
}

describe('folders', () => {
  it('are read recursively, in one order, hidden files and other names left out', () => {
    const root = scratch({
      'manifests/b.yaml': ONE,
      'manifests/B.yml': ONE,
      'manifests/a/z.json': ONE,
      'manifests/a.yaml': ONE,
      'manifests/UPPER.YAML': ONE,
      'manifests/README.md': ONE,
      'manifests/.hidden.yaml': ONE,
      'manifests/.git/x.yaml': ONE,
      'other/x.yaml': ONE,
    });
    expect(read(root)).toEqual({
      files: [
        'manifests/B.yml',
        'manifests/UPPER.YAML',
        'manifests/a.yaml',
        'manifests/a/z.json',
        'manifests/b.yaml',
      ],
      problems: [],
    });
  });

  it('that overlap give each file once', () => {
    const root = scratch({ 'manifests/team/a.yaml': ONE });
    expect(read(root, ['manifests', 'manifests/team', './manifests/']).files).toEqual([
      'manifests/team/a.yaml',
    ]);
  });

  it('must be there and be folders', () => {
    const root = scratch({ file: ONE });
    expect(read(root, ['manifests', 'file']).problems).toEqual([
      'manifests: there is no such folder',
      'file: this is not a folder',
    ]);
  });
});

describe('links', () => {
  it('that leave the folder or lead nowhere are problems', () => {
    const root = scratch({ 'manifests/a.yaml': ONE, 'secret.yaml': ONE, 'manifests-2/b.yaml': ONE });
    symlinkSync('../secret.yaml', join(root, 'manifests/out.yaml'));
    symlinkSync('../manifests-2', join(root, 'manifests/sibling'));
    symlinkSync('/', join(root, 'manifests/root'));
    symlinkSync('nowhere', join(root, 'manifests/broken.yaml'));
    symlinkSync('circle', join(root, 'manifests/circle'));
    symlinkSync('/etc', join(root, 'elsewhere'));
    expect(read(root, ['manifests', 'elsewhere'])).toEqual({
      files: ['manifests/a.yaml'],
      problems: [
        'manifests/broken.yaml: this link leads nowhere',
        'manifests/circle: this link leads nowhere',
        'manifests/out.yaml: this link leaves the folder',
        'manifests/root: this link leaves the folder',
        'manifests/sibling: this link leaves the folder',
        'elsewhere: this link leaves the repository',
      ],
    });
  });

  it('within the folder are followed, each file once and under its own path, loops not at all', () => {
    const root = scratch({ 'manifests/z/a.yaml': ONE, 'manifests/..data/b.yaml': ONE });
    symlinkSync('z/a.yaml', join(root, 'manifests/a-link.yaml'));
    symlinkSync('..data/b.yaml', join(root, 'manifests/b.yaml'));
    symlinkSync('.', join(root, 'manifests/loop'));
    mkdirSync(join(root, 'manifests/z/deep'));
    symlinkSync('../..', join(root, 'manifests/z/deep/up'));
    expect(read(root)).toEqual({ files: ['manifests/b.yaml', 'manifests/z/a.yaml'], problems: [] });
  });
});

describe('texts', () => {
  it('are UTF-8 of at most 1 MiB, a byte order mark apart', () => {
    const root = scratch({
      'manifests/bom.yaml': '\ufeffname: one\n',
      'manifests/latin.yaml': new Uint8Array([0x61, 0xe9, 0x0a]),
      'manifests/largest.yaml': `#${'x'.repeat(1024 * 1024 - 1)}`,
      'manifests/larger.yaml': `#${'x'.repeat(1024 * 1024)}`,
      'manifests/replacement.yaml': 'name: \ufffd\n',
    });
    const { files } = findInFolders(root, ['manifests']);
    const texts = files.map(({ path, real }) => {
      const text = readText(real);
      const shown = typeof text === 'string' ? text.slice(0, 10) : `${text.message}: ${text.hint}`;
      return `${path}: ${shown}`;
    });
    expect(texts).toEqual([
      'manifests/bom.yaml: name: one\n',
      'manifests/larger.yaml: this file is larger than 1 MiB: split it into several files',
      'manifests/largest.yaml: #xxxxxxxxx',
      'manifests/latin.yaml: this file is not valid UTF-8: save it as UTF-8',
      'manifests/replacement.yaml: name: \ufffd\n',
    ]);
    expect(readText(root)).toMatchObject({ message: 'this is not a regular file' });
  });
});

describe('paths named one by one', () => {
  it('are files or folders', () => {
    const root = scratch({ 'a/x.yaml': ONE, 'b.json': '{}', 'c.txt': ONE });
    const { files, problems } = findPaths(root, ['a', join(root, 'b.json'), 'c.txt', 'd.yaml', 'a/x.yaml']);
    expect(files.map(({ path }) => path)).toEqual(['a/x.yaml', 'b.json']);
    expect(problems.map(({ file, message }) => `${file}: ${message}`)).toEqual([
      'c.txt: this is not a manifest: its name ends in none of .yaml, .yml and .json',
      'd.yaml: there is no such file or folder',
    ]);
  });
});
