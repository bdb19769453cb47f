// Makes dist/ of src/ and of what it uses. As CommonJS: Node loads that in half the time of modules, and
// dist/package.json says that it is. chunks.mjs says what goes into which file.
import { chmod } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { transform } from 'esbuild';
import { rolldown } from 'rolldown';
import { bundleOptions, root } from './bundle-options.mjs';
import { DEFERRED, LOADED } from './chunks.mjs';
import { plainExports } from './plain-exports.mjs';

/** The first file, and what it imports: a version needs nothing else. */
const ENTRY = ['src/mxt.ts', 'src/compiled-code.ts'];
const UNDICI = join(root, 'node_modules/undici/lib/');

/** What undici loads, but for fetch, and does not need for plain requests, by what it calls it: what stands for it. */
const STAND_INS = {
  'node:assert': 'assert.cjs',
  'node:http': 'http.cjs',
  './client-h2.js': 'client-h2.cjs',
};

/** As rolldown writes it, a line each at the top of a file. */
const DEFERRED_REQUIRE = new RegExp(
  `^const (require_\\w+) = (require\\("\\./(?:${Object.keys(DEFERRED).join('|')})\\.js"\\));$`,
  'gm',
);

/** @param dist a folder of its own, emptied first */
export async function bundle(dist) {
  /** Of a module's path: the file that it goes to. Known once all modules are read. */
  let fileOf = new Map();
  const files = {
    name: 'files',
    resolveId(source, importer = '') {
      const isClient = importer.startsWith(UNDICI) && !importer.startsWith(join(UNDICI, 'web/'));
      return isClient && source in STAND_INS ? join(root, 'scripts/stand-ins', STAND_INS[source]) : null;
    },
    buildEnd() {
      for (const source of Object.values(LOADED).flat())
        if (this.getModuleInfo(inRoot(source)) === null) throw new Error(`scripts/chunks.mjs: no ${source}`);
      fileOf = filesOfModules((id) => this.getModuleInfo(id)?.importedIds ?? []);
    },
    renderChunk: (code) => shorten(withoutArrows(withoutImports(deferRequires(plainExports(code))))),
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'package.json', source: '{"type":"commonjs"}\n' });
    },
  };
  const built = await rolldown({
    cwd: root,
    input: join(root, ENTRY[0]),
    platform: 'node',
    moduleTypes: { '.yml': 'text' },
    resolve: { alias: absolute(bundleOptions.alias) },
    transform: {
      define: bundleOptions.define,
      target: bundleOptions.target,
    },
    preserveEntrySignatures: false,
    // Several commands import at once what a plan imports when it needs it.
    checks: { ineffectiveDynamicImport: false, pluginTimings: false },
    logLevel: 'warn',
    plugins: [files],
  });
  await built.write({
    dir: dist,
    cleanDir: true,
    format: 'cjs',
    strict: true, // as modules are
    topLevelVar: true, // at each use of a `const`, V8 looks whether it is set yet
    minify: false, // by renderChunk
    comments: { legal: true, annotation: false, jsdoc: false },
    chunkFileNames: '[name].js',
    entryFileNames: '[name].js',
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: Object.keys({ ...LOADED, ...DEFERRED }).map((name) => ({
        name,
        test: (id) => fileOf.get(id) === name,
      })),
    },
  });
  await built.close();
  await chmod(join(dist, 'mxt.js'), 0o755);
}

/** @param importsOf what a module imports as it is loaded, by path */
function filesOfModules(importsOf) {
  const deferred = new Set(Object.values(DEFERRED).flat().map(inRoot));
  const reached = closureOf(Object.values(LOADED).flat(), importsOf, new Set());
  for (const id of deferred)
    if (!reached.has(id)) throw new Error(`scripts/chunks.mjs: no plan imports ${relative(root, id)}`);

  const fileOf = new Map();
  // What two files need is for the one that is there in any case.
  for (const [name, sources] of Object.entries(LOADED))
    for (const id of closureOf(sources, importsOf, deferred)) fileOf.set(id, fileOf.has(id) ? 'start' : name);
  for (const [name, sources] of Object.entries(DEFERRED)) {
    const others = new Set([...deferred, ...fileOf.keys()]);
    for (const source of sources) others.delete(inRoot(source));
    for (const id of closureOf(sources, importsOf, others)) fileOf.set(id, name);
  }
  for (const source of ENTRY) fileOf.delete(inRoot(source));
  return fileOf;
}

/** Some sources and what they import, and what that imports, as far as `ends`. */
function closureOf(sources, importsOf, ends) {
  const found = new Set();
  const add = (id) => {
    if (found.has(id) || ends.has(id)) return;
    found.add(id);
    for (const imported of importsOf(id)) add(imported);
  };
  for (const source of sources) add(inRoot(source));
  return found;
}

/**
 * `const a = require('./changes.js')`, and each `a.b` after it: loaded at the first of these. rolldown reads what a module
 * exports as a member and in no other way, so that nothing else is to be changed.
 */
function deferRequires(code) {
  let deferred = code;
  for (const [line, name, required] of code.matchAll(DEFERRED_REQUIRE)) {
    deferred = deferred
      .replace(new RegExp(`\\b${name}\\.`, 'g'), `${name}.file.`)
      .replace(
        line,
        `let ${name}_file; const ${name} = { get file() { return ${name}_file ??= ${required}; } };`,
      );
  }
  return deferred;
}

/**
 * `import('node:dns')` of Node's own modules, which rolldown leaves as it is: where V8 takes what was kept of a file, Node 20
 * no longer knows what to do with it (src/compiled-code.ts).
 */
function withoutImports(code) {
  const required = code.replace(/\bimport\((['"]node:[\w/]+['"])\)/g, 'Promise.resolve(require($1))');
  const left = /(?<![\w$.])import\(.{0,40}/.exec(required);
  if (left !== null) throw new Error(`the bundle has a dynamic import: ${left[0]}`);
  return required;
}

/** What wraps a CommonJS module becomes a function: where it is an arrow, V8 needs 4 ms more to load `undici`. */
function withoutArrows(code) {
  return code.replace(/\.__commonJSMin\(\(\(([\w$, ]*)\) => \{/g, '.__commonJSMin((function ($1) {');
}

/**
 * Short, with every name as it is: a stack that somebody sends in is to be read. In ASCII, which Node keeps in half the
 * room.
 */
async function shorten(code) {
  const { minifySyntax, minifyWhitespace, target } = bundleOptions;
  const options = { minifySyntax, minifyWhitespace, target, charset: 'ascii', legalComments: 'inline' };
  return (await transform(code, options)).code;
}

function absolute(aliases) {
  return Object.fromEntries(Object.entries(aliases).map(([from, to]) => [from, join(root, to)]));
}

function inRoot(source) {
  return join(root, source);
}
