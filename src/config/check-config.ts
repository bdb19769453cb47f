import type { Json } from '../domain/json.ts';
import { asText } from '../lib/as-text.ts';
import { isObject } from '../lib/is-object.ts';
import { type Diagnostic, diagnosticAt, type Path } from '../manifest/check/diagnostic.ts';
import { valueAt } from '../manifest/check/value-at.ts';
import { isVariableName } from '../manifest/resolve/pieces.ts';

/** An environment's name: it stands in flags, in variables and in file names. */
const ENVIRONMENT_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;

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
  const allowUnknown = (Array.isArray(allowed) ? allowed : []).map(asText);
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
