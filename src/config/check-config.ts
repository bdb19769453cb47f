import schema from '../../schemas/config.schema.json' with { type: 'json' };
import type { Json } from '../domain/json.ts';
import { isObject } from '../lib/is-object.ts';
import { type Diagnostic, diagnosticAt, type Path } from '../manifest/check/diagnostic.ts';
import { type ValidatedValue, valueAt } from '../manifest/check/schema-diagnostics.ts';
import { isVariableName } from '../manifest/resolve/pieces.ts';
import { shapeAt, shapeOf } from '../schema/shape.ts';

const CONFIG = shapeOf(schema, schema.definitions);

/** What people look for in the file and what is kept out of it: a pull request could send the key elsewhere. */
const ENVIRONMENT: Readonly<Record<string, string>> = {
  api_url: 'set MP_API_URL in the environment: the address is never read from a file',
  api_key: 'set MP_API_KEY in the environment: the key is never read from a file',
  namespace: 'set MP_NAMESPACE in the environment, or name it in an environment',
};

/** An environment's name: it stands in flags, in variables and in file names. */
const ENVIRONMENT_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;

export function validatedConfig(value: Json): ValidatedValue {
  return {
    value,
    shapeAt: (path) => shapeAt(CONFIG, path),
    textHint,
    unknown: (path, name) => {
      const hint = path.length === 0 && Object.hasOwn(ENVIRONMENT, name) ? ENVIRONMENT[name] : undefined;
      return hint === undefined ? null : { hint };
    },
  };
}

/** What is wrong with a configuration beyond its schema. Takes any shape. */
export function configRuleDiagnostics(value: Json): Diagnostic[] {
  const found: Diagnostic[] = [];
  found.push(
    ...variableDiagnostics(value, []),
    ...creditDiagnostics(value, []),
    ...environmentDiagnostics(value),
  );
  const folders = valueAt(value, ['manifests']);
  for (const [at, folder] of Array.isArray(folders) ? folders.entries() : []) {
    // Problems show lines of what is read, and a pull request can change this file.
    if (typeof folder === 'string' && /^(?:[/\\~]|[A-Za-z]:)|(?:^|[/\\])\.\.(?:[/\\]|$)/.test(folder)) {
      const message = `"${folder}" leads out of the repository`;
      found.push(diagnosticAt(['manifests', at], 'value', 'value', message, 'name a folder below mxt.yaml'));
    }
  }
  return found;
}

/** What is wrong with what is laid under or over every manifest. */
export async function layersDiagnostics(value: Json): Promise<Diagnostic[]> {
  const environments = entriesAt(value, ['environments']).map(([name]) => ['environments', name, 'overlay']);
  // What is no map, the schema says.
  const places = [['defaults'], ...environments].filter((path) => isObject(valueAt(value, path)));
  if (places.length === 0) return [];
  const { layerDiagnostics } = await import('../manifest/compose/check-layer.ts');
  const allowed = valueAt(value, ['allow_unknown']);
  const allowUnknown = (Array.isArray(allowed) ? allowed : []).map(String);
  return places.flatMap((path) =>
    layerDiagnostics(valueAt(value, path) ?? null, allowUnknown).map((one) => ({
      ...one,
      path: [...path, ...one.path],
    })),
  );
}

function environmentDiagnostics(value: Json): Diagnostic[] {
  const found: Diagnostic[] = [];
  const namespaces = new Map<Json, string>();
  for (const [name, environment] of entriesAt(value, ['environments'])) {
    const path = ['environments', name];
    if (!ENVIRONMENT_NAME.test(name)) {
      const message = `an environment's name has 1 to 63 letters, digits, or . _ -, not ${JSON.stringify(name)}`;
      found.push(diagnosticAt(path, 'key', 'value', message, null));
    }
    found.push(...variableDiagnostics(value, path), ...creditDiagnostics(value, path));
    const namespace = valueAt(environment, ['namespace']);
    if (typeof namespace !== 'string') continue;
    const first = namespaces.get(namespace);
    if (first === undefined) namespaces.set(namespace, name);
    else {
      const message = `${name} and ${first} have the same namespace, ${namespace}: each would undo the other's changes`;
      found.push(diagnosticAt([...path, 'namespace'], 'value', 'namespace', message, 'give each its own'));
    }
  }
  return found;
}

/** A range with its ends the wrong way round would let `max_credits_per_month` pass what it should not. */
function creditDiagnostics(value: Json, path: Path): Diagnostic[] {
  return entriesAt(value, [...path, 'credits']).flatMap(([action, range]) => {
    const [least, most] = Array.isArray(range) ? range : [];
    if (typeof least !== 'number' || typeof most !== 'number' || least <= most) return [];
    const message = `the credits of ${JSON.stringify(action)} are from ${least} to ${most}`;
    const at = [...path, 'credits', action];
    return [diagnosticAt(at, 'value', 'value', message, `write the lower number first: [${most}, ${least}]`)];
  });
}

function variableDiagnostics(value: Json, path: Path): Diagnostic[] {
  return entriesAt(value, [...path, 'vars']).flatMap(([name, content]) => {
    const at = [...path, 'vars', name];
    if (!isVariableName(name)) {
      const message = `a variable's name has letters, digits, or _ -, and begins with a letter, not ${JSON.stringify(name)}`;
      return [diagnosticAt(at, 'key', 'value', message, null)];
    }
    if (typeof content !== 'string' || !content.includes('${{')) return [];
    return [
      diagnosticAt(at, 'value', 'reference', 'a variable cannot refer to another', 'write its value out'),
    ];
  });
}

function entriesAt(value: Json, path: Path): [string, Json][] {
  const found = valueAt(value, path);
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? Object.entries(found) : [];
}

function textHint(path: Path, text: string): string | null {
  if (path.at(-1) === 'api_key_env')
    return 'write for example MP_API_KEY_PROD: another name could send another secret to the service';
  if (path[0] === 'owner' || path[0] === 'previous_owner')
    return text.includes(' ') ? `write ${text.trim().replace(/\s+/g, '-')}` : null;
  return path[0] === 'allow_unknown'
    ? 'write for example action_config.new_option or action_type.new_action'
    : null;
}
