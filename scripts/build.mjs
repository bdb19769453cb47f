// Builds what is derived: validators and types from schemas/ into generated/, then the bundle into dist/.
// `--generated` stops after the first part, which is all that the tests and the type checker need.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import Ajv from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { compile } from 'json-schema-to-typescript';
import { bundle } from './bundle.mjs';
import { root } from './bundle-options.mjs';
import { writeCommandTable } from './command-table.mjs';
import { quickValidator } from './quick-validator.mjs';
import { writeTriggerShapes } from './trigger-shapes.mjs';

const generated = join(root, 'generated');

/** What every command checks, by the schema's name: as what it is known. */
const QUICK = { trigger: 'manifest', config: 'configuration' };

/**
 * One validator and one type per schema. Validators are code, so that no command pays for compiling a schema;
 * types come from the same file, so that the two cannot differ.
 */
async function generate() {
  await mkdir(generated, { recursive: true });
  const files = (await readdir(join(root, 'schemas'))).filter((file) => file.endsWith('.schema.json'));
  for (const file of files) {
    const name = basename(file, '.schema.json');
    const schema = withoutLayers(JSON.parse(await readFile(join(root, 'schemas', file), 'utf8')));
    const ajv = new Ajv({
      allErrors: true,
      strict: true,
      code: { source: true, esm: true },
    });
    const code = standaloneCode(ajv, ajv.compile(schema)).replace('"use strict";', '');
    await writeFile(join(generated, `validate-${name}.js`), requireToImport(code));
    await writeFile(
      join(generated, `validate-${name}.d.ts`),
      "import type { ErrorObject } from 'ajv';\n" +
        'export declare const validate: ((data: unknown) => boolean) & { errors?: ErrorObject[] | null };\n',
    );
    if (name in QUICK) await generateQuick(QUICK[name], schema);
    const types = await compile(withoutConditions(schema), schema.title ?? name, {
      bannerComment: '/* From schemas/, by scripts/build.mjs. */',
      format: false,
      unreachableDefinitions: false,
    });
    await writeFile(join(generated, `${name}.d.ts`), types);
  }
}

async function generateQuick(what, schema) {
  const code = quickValidator(schema)
    .replace('"use strict";', '')
    .replace(/^export default .*$/m, '');
  const check = `is${what[0].toUpperCase()}${what.slice(1)}`;
  await writeFile(
    join(generated, `is-${what}.js`),
    requireToImport(code.replace('export const validate =', `export const ${check} =`)),
  );
  await writeFile(
    join(generated, `is-${what}.d.ts`),
    `export declare const ${check}: (data: unknown) => boolean;\n`,
  );
}

/**
 * What is laid over manifests is checked as part of what they come to, and by a validator of its own: a plan pays for
 * neither here.
 */
function withoutLayers(schema) {
  const { overlay, layer, ...definitions } = schema.definitions ?? {};
  if (overlay === undefined && layer === undefined) return schema;
  const open = { type: 'object' };
  return {
    ...schema,
    definitions: { ...definitions, ...(overlay && { overlay: open }), ...(layer && { layer: open }) },
  };
}

/** As the types have it, which know no conditions: either branch. An `else` that only holds words is none. */
function withoutConditions(schema) {
  if (Array.isArray(schema)) return schema.map(withoutConditions);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { if: _, then, else: otherwise, not, ...rest } = schema;
  const branches = then !== undefined && otherwise !== undefined ? { anyOf: [then, otherwise] } : {};
  return Object.fromEntries(
    Object.entries({ ...rest, ...branches }).map(([key, value]) => [key, withoutConditions(value)]),
  );
}

/**
 * ajv's standalone ESM still calls require() for its two runtime helpers. The one that compares values is Node's here:
 * ajv's own throws at a member called `toString` or `valueOf` (findings/fast-deep-equal-calls-a-member-called-valueof.sh).
 */
function requireToImport(code) {
  const imports = [];
  const body = code.replace(/require\("(ajv\/dist\/runtime\/[a-z0-9]+)"\)\.default/g, (_, path) => {
    const local = `runtime_${basename(path)}`;
    const line =
      path === 'ajv/dist/runtime/equal'
        ? `import { isDeepStrictEqual as ${local} } from 'node:util';`
        : `import ${local}_module from '${path}.js';\nconst ${local} = ${local}_module.default ?? ${local}_module;`;
    if (!imports.includes(line)) imports.push(line);
    return local;
  });
  if (body.includes('require('))
    throw new Error('a validator needs something at run time that is not handled here');
  return `${imports.join('\n')}\n${body}`;
}

/** Plans without changes, so that what V8 compiles for one is kept from the first run of a clone on: src/compiled-code.ts. */
function compileAhead(dist) {
  const folder = mkdtempSync(join(tmpdir(), 'mxt-build-'));
  const { CI: _, NODE_OPTIONS: __, ...env } = process.env;
  const mxt = (...args) =>
    execFileSync(process.execPath, [join(dist, 'mxt.js'), ...args], { cwd: folder, env, stdio: 'pipe' });
  try {
    cpSync(join(root, 'manifests'), join(folder, 'manifests'), { recursive: true });
    cpSync(join(root, 'mxt.yaml'), join(folder, 'mxt.yaml'));
    env.CI = 'true'; // applies are rarer, and not to be kept
    mxt('apply', '--sandbox', '--yes');
    delete env.CI;
    mxt('plan', '--sandbox');
    mxt('__complete', '--', 'plan', '--f');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await generate();
await writeTriggerShapes(join(generated, 'trigger-shapes.json'));
await writeCommandTable(join(generated, 'command-table.json'));
if (!process.argv.includes('--generated')) {
  await bundle(join(root, 'dist'));
  compileAhead(join(root, 'dist'));
}
