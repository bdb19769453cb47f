// Derives the schemas of what is laid under and over manifests from the schema of a manifest: its members as a JSON
// Merge Patch has them, where any may be left out and null takes a value away. `npm run schemas` writes them, and a
// test holds the files to it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What each manifest says for itself, and no layer for many of them can say. */
const OWN = ['name', 'for_each', 'environments', 'adopt', 'renamed_from', 'release'];
/** What makes a trigger, and is the same in each environment. */
const FIXED = ['name', 'for_each', 'environments'];
const SECTIONS = { action_config: 'action_type', schedule_config: 'trigger_type' };

const nameOf = ($ref) => $ref.split('/').pop();
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** @param {any} trigger trigger.schema.json @param {readonly string[]} without members that the layer cannot set */
function layerOf(trigger, without) {
  const { definitions } = trigger;
  const { manifest } = definitions;
  const members = Object.entries(manifest.properties).filter(([name]) => !without.includes(name));
  const properties = members.map(([name, schema]) => {
    if (!(name in SECTIONS)) return [name, nullable(schema, definitions)];
    const shapes = manifest.allOf
      .filter((branch) => SECTIONS[name] in branch.if.properties)
      .map((branch) => definitions[nameOf(branch.then.properties[name].$ref)])
      .filter((shape) => shape.properties !== undefined);
    const { description } = schema;
    return [name, { description, ...union(shapes, definitions) }];
  });
  return { type: 'object', additionalProperties: false, properties: Object.fromEntries(properties) };
}

/** The members of any of several objects. */
function union(shapes, definitions) {
  const names = [...new Set(shapes.flatMap((shape) => Object.keys(shape.properties)))];
  const members = names.map((name) => {
    const found = shapes.flatMap((shape) => (name in shape.properties ? [shape.properties[name]] : []));
    const [first, ...more] = found.map((one) => nullable(one, definitions));
    const distinct = [first];
    for (const one of more) if (!distinct.some((other) => same(bare(one), bare(other)))) distinct.push(one);
    if (distinct.length === 1) return [name, first];
    return [name, { description: first.description, anyOf: distinct.map(bare) }];
  });
  return { type: ['object', 'null'], additionalProperties: false, properties: Object.fromEntries(members) };
}

function bare({ description: _, ...schema }) {
  return schema;
}

/** The same, or null; of an object any member may be left out. */
function nullable(schema, definitions) {
  const { required: _, anyOf, ...rest } = schema;
  if (rest.$ref !== undefined && definitions[nameOf(rest.$ref)].type === 'object')
    return nullable(
      { ...definitions[nameOf(rest.$ref)], ...bare({ ...rest, $ref: undefined }) },
      definitions,
    );
  if (rest.properties !== undefined) {
    const members = Object.entries(rest.properties).map(([name, inner]) => [
      name,
      nullable(inner, definitions),
    ]);
    return { ...rest, type: ['object', 'null'], properties: Object.fromEntries(members) };
  }
  if (rest.if?.$ref === '#/definitions/reference_or_null') return rest;
  if (rest.if?.$ref === '#/definitions/reference')
    return { ...rest, if: { $ref: '#/definitions/reference_or_null' } };
  const types = [rest.type].flat();
  if (
    rest.if === undefined &&
    rest.allOf === undefined &&
    rest.$ref === undefined &&
    rest.not === undefined
  ) {
    if (rest.type === undefined || types.includes('null')) return schema;
    const words = rest.enum === undefined ? {} : { enum: [...rest.enum, null] };
    return { ...schema, type: [...types, 'null'], ...words };
  }
  const { description, ...wanted } = schema;
  return { ...(description === undefined ? {} : { description }), if: { type: 'null' }, else: wanted };
}

/** A manifest accepts the findings that mxt.yaml knows. */
function withLintCodes(manifest, { definitions }) {
  const codes = Object.keys(definitions.lint.properties);
  const reason = {
    description: 'Why the finding is accepted. Example: the load is small',
    type: ['string', 'null'],
    minLength: 1,
  };
  const { description } = manifest.properties.lint;
  const lint = {
    description,
    type: ['object', 'null'],
    additionalProperties: false,
    properties: Object.fromEntries(codes.map((code) => [code, reason])),
  };
  return { ...manifest, properties: { ...manifest.properties, lint } };
}

/** The definitions that a schema refers to, and those that they refer to. */
function referredTo(schema, definitions, found = {}) {
  for (const [, name] of JSON.stringify(schema).matchAll(/"#\/definitions\/(\w+)"/g)) {
    if (name in found) continue;
    found[name] = definitions[name];
    referredTo(definitions[name], definitions, found);
  }
  return found;
}

/** @param {any} trigger @param {any} config the two schemas as they are written @returns all three with what is derived */
export function withLayers(trigger, config) {
  const { overlay: _, ...others } = trigger.definitions;
  const definitions = { ...others, manifest: withLintCodes(others.manifest, config) };
  const source = { ...trigger, definitions };
  const overlay = {
    description:
      'What differs in an environment: laid over the manifest, null takes a value away, and a list is replaced.',
    ...layerOf(source, FIXED),
  };
  const shared = layerOf(source, OWN);
  const about =
    'What manifests need not say: laid under each of them, and what a trigger’s type does not know is left out.';
  const { $schema } = trigger;
  const used = referredTo(shared, definitions);
  const configOwn = Object.entries(config.definitions).filter(
    ([name]) => name !== 'layer' && !(name in used),
  );
  return {
    trigger: { ...trigger, definitions: { ...definitions, overlay } },
    config: {
      ...config,
      definitions: { ...Object.fromEntries(configOwn), layer: { title: 'Layer', ...shared }, ...used },
    },
    defaults: { $schema, title: 'Defaults', description: about, ...shared, definitions: used },
  };
}

export function readSchema(name) {
  return JSON.parse(readFileSync(pathOf(name), 'utf8'));
}

function pathOf(name) {
  return join(fileURLToPath(new URL('..', import.meta.url)), 'schemas', `${name}.schema.json`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const made = withLayers(readSchema('trigger'), readSchema('config'));
  for (const [name, schema] of Object.entries(made))
    writeFileSync(pathOf(name), `${JSON.stringify(schema, null, 2)}\n`);
}
