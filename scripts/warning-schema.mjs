// Writes what a warning is into the schema of every output that has warnings, with the closed list of its codes, which
// src/domain/warning-codes.ts holds. `npm run schemas` runs it, and a test holds the files to it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { root } from './bundle-options.mjs';
import { readSchema } from './layer-schemas.mjs';

/** A plan that was saved before warnings had their place is still read. */
export const WITH_WARNINGS = {
  plan: ['code', 'name', 'message'],
  result: ['code', 'name', 'source', 'message'],
  status: ['code', 'name', 'source', 'message'],
  validation: ['code', 'name', 'source', 'message'],
};

/** @param {any} schema @param {readonly string[]} codes @param {readonly string[]} required @returns the same with both */
export function withWarning(schema, codes, required) {
  const warning = {
    type: 'object',
    required,
    additionalProperties: true,
    properties: {
      code: {
        description:
          'What it is about: one of a closed list. A later 1.x may add words; none is taken out, and none changes its meaning.',
        enum: codes,
      },
      name: {
        description: "The trigger's name; null where it is about none in particular.",
        type: ['string', 'null'],
      },
      source: {
        description: 'Where what it is about is written; null where no manifest is meant.',
        type: ['object', 'null'],
        required: ['file', 'line'],
        additionalProperties: true,
        properties: {
          file: {
            description: "Relative to the repository's root, with forward slashes.",
            type: 'string',
          },
          line: { type: 'integer', minimum: 1 },
          column: {
            description: 'In UTF-16 code units, from 1; missing where the line as a whole is meant.',
            type: 'integer',
            minimum: 1,
          },
        },
      },
      level: {
        description: 'It is an error by the rules in mxt.yaml; missing: a warning.',
        enum: ['error'],
      },
      message: { type: 'string' },
    },
  };
  return { ...schema, definitions: { ...schema.definitions, warning } };
}

/** The list is TypeScript, which Node 20 does not read. */
async function readCodes() {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'src/domain/warning-codes.ts')],
    bundle: true,
    format: 'esm',
    write: false,
  });
  const { WARNING_CODES } = await import(
    `data:text/javascript,${encodeURIComponent(outputFiles[0]?.text ?? '')}`
  );
  return WARNING_CODES;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const codes = await readCodes();
  for (const [name, required] of Object.entries(WITH_WARNINGS)) {
    const { warning } = withWarning(readSchema(name), codes, required).definitions;
    const path = join(root, 'schemas', `${name}.schema.json`);
    // The definition alone: the rest is written by hand, and keeps its lines.
    const text = readFileSync(path, 'utf8').replace(
      /^ {4}"warning": \{(?:\}|.*?^ {4}\})/ms,
      () => `    "warning": ${JSON.stringify(warning)}`,
    );
    writeFileSync(path, text);
  }
}
