import type { Json } from '../domain/json.ts';
import { isObject } from '../lib/is-object.ts';

/** What a schema of schemas/ says of a value, its references and conditions folded into one object. */
export interface Shape {
  readonly type?: string | readonly string[];
  /** Null aside. */
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly minItems?: number;
  readonly default?: Json;
  /** Words that have been seen; others are allowed. */
  readonly examples?: readonly Json[];
  /** What a text must be, in words, where a pattern says so: to be read after "must be". */
  readonly must?: string;
  readonly items?: Shape;
  readonly required?: readonly string[];
  /** Where one of several properties is required. */
  readonly anyOf?: readonly { readonly required?: readonly string[] }[];
  readonly properties?: Readonly<Record<string, Shape>>;
  /** Of maps: what each of their values must be. */
  readonly additionalProperties?: Shape | boolean;
}

/** A JSON schema as it is written: an object of anything. */
type Schema = Readonly<Record<string, unknown>>;

/**
 * A schema as a {@link Shape}. Of an `if`, both branches count: what stands beside a reference, or one of two types.
 * Where a text breaks a pattern, the `else` holds a constant: words that no text can be, for whoever reads the error.
 */
export function shapeOf(schema: Schema, definitions: Schema): Shape {
  const { $ref, allOf, then, else: otherwise, properties, items, additionalProperties, ...own } = schema;
  const parts = [
    ...(typeof $ref === 'string' ? [definitions[$ref.split('/').pop() ?? '']] : []),
    // A branch of a type is looked up by that type.
    ...(Array.isArray(allOf) ? allOf.filter((one) => !('if' in one)) : []),
    otherwise,
    then,
  ].filter((part) => isObject(part));
  const allowed = (own['enum'] as readonly (string | null)[] | undefined)?.filter((word) => word !== null);
  const folded = [
    (allowed === undefined ? own : { ...own, enum: allowed }) as Shape,
    ...parts.map((part) => shapeOf(part, definitions)),
  ];
  const types = [
    ...new Set([...folded, ...alternatives(own, definitions)].flatMap(({ type }) => type ?? [])),
  ];
  const words = (otherwise as Schema | undefined)?.['const'];
  return {
    ...Object.assign({}, ...folded.toReversed()),
    ...(types.length === 0 ? {} : { type: types }),
    ...(typeof words === 'string' ? { must: words } : {}),
    ...(isObject(properties) ? { properties: mapShapes(properties, definitions) } : {}),
    ...(isObject(items) ? { items: shapeOf(items, definitions) } : {}),
    ...(isObject(additionalProperties)
      ? { additionalProperties: shapeOf(additionalProperties, definitions) }
      : {}),
  };
}

/** What a schema says of the value at a path, through its maps of named things; undefined where nothing does. */
export function shapeAt(root: Shape, path: readonly (string | number)[]): Shape | undefined {
  let shape: Shape | undefined = root;
  for (const step of path) {
    shape = typeof step === 'number' ? shape?.items : memberOf(shape, step);
  }
  return shape;
}

function memberOf(
  { properties = {}, additionalProperties: others }: Shape = {},
  name: string,
): Shape | undefined {
  if (Object.hasOwn(properties, name)) return properties[name];
  return typeof others === 'object' ? others : undefined;
}

function alternatives({ anyOf }: Schema, definitions: Schema): Shape[] {
  return Array.isArray(anyOf) ? anyOf.map((one) => shapeOf(one, definitions)) : [];
}

function mapShapes(properties: Schema, definitions: Schema): Record<string, Shape> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, shapeOf(schema as Schema, definitions)]),
  );
}
