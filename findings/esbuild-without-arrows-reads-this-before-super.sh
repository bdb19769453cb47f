#!/usr/bin/env bash
# esbuild 0.28.2 told not to write arrow functions (`supported: { arrow: false }`) turns those in a derived constructor into
# functions that ask a `_this`, and sets it as the constructor's first statement: before super(), where `this` does not exist
# yet. A program that runs becomes one that throws a ReferenceError at its first `new`; esbuild says nothing. TypeScript 5.9.3
# sets it from what super() returns, and keeps the program's meaning.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund esbuild@0.28.2 typescript@5.9.3
cat >probe.mjs <<'JS'
import { transform, version } from 'esbuild';
import ts from 'typescript';

const source = `
class Base { constructor(ask) { this.ask = ask; this.size = 7; } }
class Derived extends Base { constructor() { super(() => this.size); } }
say(new Derived().ask());`;

const run = (code) => {
  let said = 'nothing';
  try {
    new Function('say', code)((what) => { said = what; });
  } catch (error) {
    said = error.name;
  }
  return said;
};
const esbuild = await transform(source, { supported: { arrow: false } });
const typescript = ts.transpileModule(source, { compilerOptions: { target: ts.ScriptTarget.ES5 } });
console.log(`esbuild ${version}, TypeScript ${ts.version}`);
console.log(`as written: ${run(source)}`);
console.log(`by esbuild without arrows: ${run(esbuild.code)}, ${esbuild.warnings.length} warnings`);
console.log(`by TypeScript without arrows: ${run(typescript.outputText)}`);
JS
node probe.mjs | tee said
diff said - <<'EXPECTED'
esbuild 0.28.2, TypeScript 5.9.3
as written: 7
by esbuild without arrows: ReferenceError, 0 warnings
by TypeScript without arrows: 7
EXPECTED
