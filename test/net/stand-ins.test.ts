import assert, { AssertionError } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { maxHeaderSize } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

// What the bundle has in place of what undici loads (scripts/bundle.mjs).
const FOLDER = fileURLToPath(new URL('../../scripts/stand-ins/', import.meta.url));
const load = createRequire(FOLDER);

/** undici's own files, but those of fetch, which has no stand-ins. */
const sources = ['core', 'api', 'dispatcher', 'util', 'handler']
  .map((folder) => fileURLToPath(new URL(`../../node_modules/undici/lib/${folder}/`, import.meta.url)))
  .flatMap((folder) => readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8')));

describe('node:assert', () => {
  const standIn = load('./assert.cjs');

  it('lets pass what holds, and fails as Node does', () => {
    for (const value of [true, 1, 'a', {}]) expect(() => standIn(value)).not.toThrow();
    const failed = new AssertionError({ message: 'why', actual: false, expected: true, operator: '==' });
    expect(() => assert(false, 'why')).toThrow(failed);
    expect(() => standIn(false, 'why')).toThrow(failed);
  });

  it('is called as a function alone', () => {
    for (const source of sources) expect(source).not.toMatch(/\bassert\.\w/);
  });
});

describe('node:http', () => {
  const largest = (...options: string[]) =>
    Number(
      execFileSync(process.execPath, [
        ...options,
        '--print',
        `require(${JSON.stringify(join(FOLDER, 'http.cjs'))}).maxHeaderSize`,
      ]),
    );

  it('knows the largest header as Node does, and as it is told', () => {
    expect(largest()).toBe(maxHeaderSize);
    expect(largest('--max-http-header-size=65536')).toBe(65_536);
  });

  it('is asked for nothing else', () => {
    const names = sources
      .filter((source) => source.includes("require('node:http')"))
      .flatMap((source) => source.match(/(?<=\bhttp\.)\w+|(?<=const )\{.*\}(?= = require\('node:http'\))/g));
    expect(new Set(names)).toEqual(new Set(['maxHeaderSize', '{ IncomingMessage }']));
  });
});

it('HTTP/2 is refused', () => {
  expect(load('./client-h2.cjs')).toThrow('HTTP/1.1 alone');
});
