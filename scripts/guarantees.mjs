// npm run check:guarantees: every test that docs/guarantees.md names stands in its file and is not skipped. Vitest lists the
// tests, without running them; titles that come from a table are looked for in the table.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));
const PAGE = 'docs/guarantees.md';
/** Checks that are run by `npm run test:client` and `npm run test:judges`, which CI does as well. */
const BESIDE_VITEST = /^test\/(?:client|judges)\//;
/** A title that stands for several tests: `$title`, `%s`. */
const FROM_TABLE = /\$[a-z]|%[a-z]/i;

const sourceOf = (file) => readFileSync(join(root, file), 'utf8');

/** The full names of the tests that run, by their file. Those that are skipped are not among them. */
function listTests() {
  const folder = mkdtempSync(join(tmpdir(), 'mxt-guarantees-'));
  const json = join(folder, 'tests.json');
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  execFileSync(process.execPath, [vitest, 'list', '--static-parse', `--json=${json}`], { cwd: root });
  const names = new Map();
  for (const { file, name } of JSON.parse(readFileSync(json, 'utf8'))) {
    const path = relative(root, file).replaceAll('\\', '/');
    names.set(path, [...(names.get(path) ?? []), name]);
  }
  rmSync(folder, { recursive: true });
  return names;
}

/** What the page's tables name, as `{ line, file, title }`; file is undefined where a cell names none. */
function namedTests() {
  return sourceOf(PAGE)
    .split('\n')
    .flatMap((text, at) => {
      const [, shown] = /^\| .+ \| (.+) \|$/.exec(text) ?? [];
      if (shown === undefined || shown === 'shown by' || shown.startsWith('---')) return [];
      return shown.split('<br>').map((one) => {
        const [, file, title] = /^`([^`]+)`: (.+)$/.exec(one) ?? [];
        return { line: at + 1, file, title: title ?? one };
      });
    });
}

/** Whether a table of cases in this file has the title: a test's own name is Vitest's to find, and a comment is none. */
function hasCase(file, title) {
  let found = false;
  const visit = (node) => {
    if (ts.isStringLiteralLike(node) && !isTestName(node) && node.text.includes(title)) found = true;
    if (!found) ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, sourceOf(file), ts.ScriptTarget.Latest, true));
  return found;
}

/** The first argument of `it`, `it.skip`, `describe.each(…)` and the like. */
function isTestName(node) {
  const call = node.parent;
  if (!ts.isCallExpression(call) || call.arguments[0] !== node) return false;
  let callee = call.expression;
  while (ts.isCallExpression(callee) || ts.isPropertyAccessExpression(callee)) callee = callee.expression;
  return ['it', 'test', 'describe'].includes(callee.getText());
}

/** What is wrong with a named test; null where it runs. */
function faultOf({ file, title }, tests) {
  if (file === undefined) return 'names no test, which is written as `file`: title';
  if (!existsSync(join(root, file))) return `there is no ${file}`;
  if (BESIDE_VITEST.test(file)) return sourceOf(file).includes(title) ? null : `${file} has no "${title}"`;
  const fromTable = (names) => names.some((name) => FROM_TABLE.test(name));
  if (file.endsWith('.test.ts')) {
    const names = tests.get(file) ?? [];
    if (names.some((name) => name.includes(title)) || (fromTable(names) && hasCase(file, title))) return null;
    return `${file} has no test "${title}" that runs`;
  }
  const users = [...tests].filter(
    ([test, names]) => fromTable(names) && sourceOf(test).includes(`/${basename(file)}'`),
  );
  if (users.length === 0) return `no test that runs takes its cases from ${file}`;
  return hasCase(file, title) ? null : `${file} has no case "${title}"`;
}

const tests = listTests();
const named = namedTests();
const faults = named.flatMap((one) => {
  const fault = faultOf(one, tests);
  return fault === null ? [] : [`${PAGE}:${one.line}: ${fault}`];
});
if (named.length === 0) faults.push(`${PAGE} names no test at all`);
for (const fault of faults) console.error(fault);
if (faults.length === 0) console.log(`${PAGE}: all ${named.length} tests are there, and run`);
process.exitCode = faults.length === 0 ? 0 : 1;
