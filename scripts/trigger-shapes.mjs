// What the schema of manifests says of each member, its references and conditions folded: folded here, so that no command
// does it. src/schema/known.ts reads it.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './bundle-options.mjs';

export async function writeTriggerShapes(file) {
  const shapeOf = await readShapeOf();
  const schema = JSON.parse(await readFile(join(root, 'schemas/trigger.schema.json'), 'utf8'));
  const { manifest } = schema.definitions;
  const shapesOf = (type, section) =>
    Object.fromEntries(
      manifest.allOf.flatMap(({ if: { properties: chosen }, then: { properties } }) => {
        const name = properties[section]?.$ref.split('/').pop();
        if (chosen[type] === undefined || name === undefined) return [];
        return [[chosen[type].const, plain(shapeOf(schema.definitions[name], schema.definitions))]];
      }),
    );
  const shapes = {
    manifest: plain(shapeOf(manifest, schema.definitions)),
    action_config: shapesOf('action_type', 'action_config'),
    schedule_config: shapesOf('trigger_type', 'schedule_config'),
  };
  await writeFile(file, JSON.stringify(shapes));
}

/** The one that the sources have. */
async function readShapeOf() {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['src/schema/shape.ts'],
    bundle: true,
    format: 'esm',
    write: false,
  });
  const code = Buffer.from(outputFiles[0].contents).toString('base64');
  return (await import(`data:text/javascript;base64,${code}`)).shapeOf;
}

const WORDS = [
  'type',
  'enum',
  'minimum',
  'maximum',
  'minLength',
  'minItems',
  'default',
  'examples',
  'must',
  'required',
];

/** A shape without what is said to people and editors. */
function plain(shape) {
  if (typeof shape !== 'object') return shape;
  const { items, properties, additionalProperties, anyOf } = shape;
  return {
    ...Object.fromEntries(WORDS.filter((word) => word in shape).map((word) => [word, shape[word]])),
    ...(items && { items: plain(items) }),
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, plain(one)])),
    }),
    ...(additionalProperties !== undefined && { additionalProperties: plain(additionalProperties) }),
    ...(anyOf && { anyOf: anyOf.map(({ required }) => ({ required })) }),
  };
}
