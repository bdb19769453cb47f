// Makes a validator that says yes or no, and nothing else: a third of the code of one that says why. Every command loads
// it; the other one is loaded where something is wrong. A property in the tests holds both to each other.
import Ajv from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import ts from 'typescript';

/** What a schema says to people and editors. */
const NOTES = new Set(['title', 'description', 'examples', 'default']);

/** @returns the code of ajv's validator without the objects that describe an error */
export function quickValidator(schema) {
  const ajv = new Ajv({
    strict: true,
    inlineRefs: false,
    discriminator: true,
    code: { source: true, esm: true },
  });
  const source = ts.createSourceFile(
    'validate.js',
    standaloneCode(ajv, ajv.compile(bare(schema))),
    ts.ScriptTarget.Latest,
    true,
  );
  const { transformed } = ts.transform(source, [withoutErrors]);
  return ts.createPrinter().printFile(transformed[0]);
}

/** A schema without notes. Maps of named schemas may have members that are called like one. */
function bare(schema, isMap = false) {
  if (Array.isArray(schema)) return schema.map((one) => bare(one));
  if (typeof schema !== 'object' || schema === null) return schema;
  const kept = Object.entries(schema).flatMap(([key, value]) => {
    if (isMap) return [[key, bare(value)]];
    if (NOTES.has(key)) return [];
    if (key === 'const' || key === 'enum') return [[key, value]];
    return [[key, bare(value, key === 'properties' || key === 'definitions')]];
  });
  return byTag(withoutWords(Object.fromEntries(kept)));
}

/** `if` a pattern, `else` a constant: the constant is what an editor shows, and no text is that. */
function withoutWords({ if: condition, then, else: words, ...schema }) {
  if (then === undefined && typeof words?.const === 'string' && Object.keys(words).length === 1)
    return { ...schema, allOf: [...(schema.allOf ?? []), condition] };
  // A reference or a value: hardly any is a reference.
  if (then === undefined && words !== undefined && schema.anyOf === undefined)
    return { ...schema, anyOf: [words, condition] };
  return {
    ...schema,
    ...(condition !== undefined && { if: condition }),
    ...(then !== undefined && { then }),
    ...(words !== undefined && { else: words }),
  };
}

/** `if` a member is a constant, `then` …, for one constant after the other: decided by one look at the member. */
function byTag({ allOf = [], ...schema }) {
  const branches = allOf.map(asBranch);
  const tags = [...new Set(branches.flatMap((branch) => branch?.tag ?? []))];
  const decided = tags.map((tag) => {
    const own = branches.filter((branch) => branch?.tag === tag);
    return {
      if: { required: [tag], properties: { [tag]: { enum: own.map(({ constant }) => constant) } } },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: {
        type: 'object',
        discriminator: { propertyName: tag },
        oneOf: own.map(({ constant, properties }) => ({
          required: [tag],
          properties: { ...properties, [tag]: { const: constant } },
        })),
      },
    };
  });
  const all = [...allOf.filter((_, at) => branches[at] === null), ...decided];
  return all.length === 0 ? schema : { ...schema, allOf: all };
}

function asBranch({ if: condition, then, ...rest }) {
  const { required, properties, ...more } = condition ?? {};
  const [tag] = Object.keys(properties ?? {});
  const isPlain =
    JSON.stringify(Object.keys(properties ?? {})) === JSON.stringify(required) &&
    Object.keys(then ?? {}).join() === 'properties' &&
    Object.keys({ ...rest, ...more }).length === 0;
  if (!isPlain || required.length !== 1 || properties[tag].const === undefined) return null;
  return { tag, constant: properties[tag].const, properties: then.properties };
}

/** What only says why and where: an error is counted, and that is all. */
const WORDS = [
  /^validate\d+\.errors = /,
  /^vErrors = vErrors === null /,
  /^if ?\(vErrors [!=]== null\)/,
  /^(const err\d+|let (vErrors|missing\d+))\b/,
];

const withoutErrors = (context) => (file) => {
  const { factory } = context;
  const visit = (node) => {
    if (ts.isStatement(node)) {
      const text = node.getText(file);
      if (WORDS.some((start) => start.test(text))) return undefined;
      if (text === 'errors = vErrors.length;') return factory.createExpressionStatement(counted(factory));
    }
    // A function is given a value, and no place.
    if (ts.isParameter(node) && ts.isObjectBindingPattern(node.name)) return undefined;
    if (ts.isCallExpression(node) && hasMember(node.arguments[1], 'instancePath'))
      return factory.updateCallExpression(node, node.expression, undefined, [
        ts.visitNode(node.arguments[0], visit),
      ]);
    // `a === undefined && (missing0 = 'a')`
    if (ts.isBinaryExpression(node) && /^\(missing\d+ = /.test(node.right.getText(file)))
      return ts.visitNode(node.left, visit);
    return ts.visitEachChild(node, visit, context);
  };
  return ts.visitNode(file, visit);
};

function counted(factory) {
  return factory.createPostfixIncrement(factory.createIdentifier('errors'));
}

function hasMember(node, name) {
  return (
    node !== undefined &&
    ts.isObjectLiteralExpression(node) &&
    node.properties.some((one) => one.name?.text === name)
  );
}
