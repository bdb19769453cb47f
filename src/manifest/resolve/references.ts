import type { Json, JsonObject } from '../../domain/json.ts';
import { type ResourceKind, type Resources, SINGULAR } from '../../domain/resource.ts';
import { nearest } from '../../lib/suggest.ts';
import { secretDigest } from '../../schema/secret-places.ts';
import { type Diagnostic, diagnosticAt } from '../check/diagnostic.ts';
import { type Piece, pieces, type Reference, type Wrong } from './pieces.ts';

/** Where references may stand; anywhere else a trigger's identity or its safety would depend on them. */
export const MAY_REFERENCE: ReadonlySet<string> = new Set([
  'title',
  'description',
  'action_config',
  'schedule_config',
]);

/** References that are wrong whatever they stand for: where they stand, and how they are written. */
export function referenceDiagnostics(manifest: JsonObject): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const [key, value] of Object.entries(manifest)) {
    eachText(value, [key], (text, path, on) => {
      const [first] = pieces(text).filter((piece) => typeof piece !== 'string');
      if (first === undefined) return;
      if (on === 'key') {
        const message = `a property's name cannot hold a reference: ${first.text}`;
        found.push(diagnosticAt([...path], 'key', 'reference', message, 'write it out'));
        return;
      }
      if (!MAY_REFERENCE.has(key)) {
        const message = `a reference cannot stand in ${key}`;
        const hint = 'it may stand in title, description, action_config and schedule_config';
        const isEach = 'wrong' in first && /^\$\{\{\s*each\b/.test(first.text);
        const fault = isEach ? first : { wrong: message, hint, text: first.text };
        found.push(referenceDiagnostic(path, fault));
      }
      for (const piece of MAY_REFERENCE.has(key) ? pieces(text) : []) {
        if (typeof piece === 'string') continue;
        const fault = 'wrong' in piece ? piece : secretFault(piece, key);
        if (fault !== null) found.push(referenceDiagnostic(path, fault));
      }
    });
  }
  return found;
}

/** What is wrong with a reference to a secret: its place, or a name that no variable of an environment can have. */
function secretFault({ root, name, text }: Reference, member: string): Wrong | null {
  if (root !== 'secrets') return null;
  if (member !== 'action_config') {
    const hint = 'secrets may stand in action_config alone: anything else is shown';
    return { wrong: `a secret cannot stand in ${member}`, hint, text };
  }
  if (/^[A-Za-z0-9_]{1,100}$/.test(name)) return null;
  const wrong = `${text} stands for no variable: the name of a secret has letters, digits and _`;
  return { wrong, hint: `write for example \${{ secrets.${slug(name)} }}`, text };
}

function slug(name: string): string {
  const words = name
    .slice(0, 100)
    .toUpperCase()
    .split(/[^A-Z0-9]+/);
  return words.filter((word) => word !== '').join('_') || 'SLACK_URL';
}

/** The path is one list that grows and shrinks: this looks at every value. */
function eachText(
  value: Json,
  path: (string | number)[],
  visit: (text: string, path: readonly (string | number)[], on: 'key' | 'value') => void,
): void {
  if (typeof value === 'string') {
    if (value.includes('${{')) visit(value, path, 'value');
  } else if (typeof value === 'object' && value !== null) {
    const list = Array.isArray(value);
    for (const key in value) {
      path.push(list ? Number(key) : key);
      if (!list && key.includes('${{')) visit(key, path, 'key');
      eachText((value as JsonObject)[key] ?? null, path, visit);
      path.pop();
    }
  }
}

/** What references stand for. */
export interface ReferenceScope {
  /** For messages; null where the configuration defines none. */
  readonly environment: string | null;
  readonly vars: Readonly<Record<string, string | number | boolean>>;
  /** A kind that is missing has not been looked up: references to it stay as they are. */
  readonly resources: Resources;
  /** Values by the names that manifests give them; those that are not set are missing. */
  readonly secrets?: ReadonlyMap<string, string>;
}

/** A string that holds secrets, at its place in the manifest. */
export interface FoundSecret {
  readonly path: readonly (string | number)[];
  readonly names: readonly string[];
  /** Everything else in it resolved, literal `${{` escaped: it can be taken to pieces again. */
  readonly template: string;
  /** Digests in place of values; null where one of them is not set. */
  readonly concealed: string | null;
  /** With its values; null where one of them is not set. */
  readonly value: string | null;
}

/** What was found out on the way. */
export interface Resolution {
  readonly diagnostics: Diagnostic[];
  /** Variables that were referred to. */
  readonly vars: Set<string>;
  /** Kinds of resources that must be looked up before the rest can be resolved. */
  readonly needs: Set<ResourceKind>;
  readonly secrets: FoundSecret[];
}

export function newResolution(): Resolution {
  return { diagnostics: [], vars: new Set(), needs: new Set(), secrets: [] };
}

/**
 * A manifest with its references resolved; the same object where it has none. A reference that is a whole scalar takes
 * the type of what it stands for; within a text it is written out. Wrong ones are left to `referenceDiagnostics`.
 */
export function resolveManifest(manifest: JsonObject, scope: ReferenceScope, into: Resolution): JsonObject {
  let changed: JsonObject | null = null;
  for (const [key, value] of Object.entries(manifest)) {
    const resolved = MAY_REFERENCE.has(key) ? resolveValue(value, [key], scope, into) : value;
    if (resolved === value) continue;
    changed ??= { ...manifest };
    changed[key] = resolved;
  }
  return changed ?? manifest;
}

function resolveValue(value: Json, path: (string | number)[], scope: ReferenceScope, into: Resolution): Json {
  if (typeof value === 'string') return value.includes('${{') ? resolveText(value, path, scope, into) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item, at) => resolveValue(item, [...path, at], scope, into));
    return items.some((item, at) => item !== value[at]) ? items : value;
  }
  const members = Object.entries(value).map(
    ([key, item]) => [key, resolveValue(item, [...path, key], scope, into)] as const,
  );
  return members.some(([key, item]) => item !== value[key]) ? Object.fromEntries(members) : value;
}

function resolveText(text: string, path: (string | number)[], scope: ReferenceScope, into: Resolution): Json {
  const parts = pieces(text);
  if (path[0] === 'action_config' && parts.some(isSecret)) return secretText(parts, path, scope, into);
  const values: (string | number | boolean)[] = [];
  for (const piece of parts) {
    if (typeof piece === 'string') values.push(piece);
    else if (!('wrong' in piece)) {
      const found = lookUp(piece, scope, into);
      if (typeof found === 'object') into.diagnostics.push(referenceDiagnostic(path, found));
      // What stands for nothing stays as it is written, so that the rest can be checked all the same.
      values.push(typeof found === 'object' ? piece.text : found);
    }
  }
  const [only] = values;
  return parts.length === 1 && only !== undefined && typeof parts[0] !== 'string' ? only : values.join('');
}

function isSecret(piece: Piece): piece is Reference {
  return typeof piece !== 'string' && !('wrong' in piece) && piece.root === 'secrets';
}

/** A text with secrets stays a text in which they alone are references: their values come in when it is sent. */
function secretText(
  parts: readonly Piece[],
  path: readonly (string | number)[],
  scope: ReferenceScope,
  into: Resolution,
): string {
  const plain = parts.map((piece): string | Reference => {
    if (typeof piece === 'string' || isSecret(piece)) return piece;
    const found = 'wrong' in piece ? piece : lookUp(piece, scope, into);
    if (typeof found !== 'object') return String(found);
    if (!('wrong' in piece)) into.diagnostics.push(referenceDiagnostic(path, found));
    return piece.text;
  });
  const templated = plain.map((one) =>
    typeof one === 'string' ? one.replaceAll('${{', () => '$${{') : one.text,
  );
  const values = plain.map((one) => (typeof one === 'string' ? one : (scope.secrets?.get(one.name) ?? null)));
  const isSet = values.every((value) => value !== null);
  const concealed = plain.map((one, at) => (typeof one === 'string' ? one : secretDigest(values[at] ?? '')));
  const found: FoundSecret = {
    path: [...path],
    names: plain.flatMap((one) => (typeof one === 'string' ? [] : one.name)),
    template: templated.join(''),
    concealed: isSet ? concealed.join('') : null,
    value: isSet ? values.join('') : null,
  };
  into.secrets.push(found);
  return found.template;
}

function referenceDiagnostic(path: readonly (string | number)[], { wrong, hint, text }: Wrong): Diagnostic {
  return { ...diagnosticAt([...path], 'value', 'reference', wrong, hint), part: text };
}

function lookUp(
  { root, name, text }: Reference,
  scope: ReferenceScope,
  into: Resolution,
): string | number | boolean | Wrong {
  const where = scope.environment === null ? '' : ` in environment ${scope.environment}`;
  if (root === 'vars') {
    into.vars.add(name);
    const value = Object.hasOwn(scope.vars, name) ? scope.vars[name] : undefined;
    if (value !== undefined) return value;
    const known = Object.keys(scope.vars);
    const hint = known.length === 0 ? 'mxt.yaml defines no vars' : suggestion(name, known);
    return { wrong: `there is no variable ${name}${where}`, hint, text };
  }
  // Only where it is wrong, which is reported at its place.
  if (root === 'secrets') return text;
  const resources = scope.resources[root];
  if (resources === undefined) {
    into.needs.add(root);
    return text;
  }
  const [found, ...more] = resources.filter((one) => one.name === name);
  if (found === undefined) {
    const names = resources.flatMap((one) => one.name ?? []);
    return {
      wrong: `there is no ${SINGULAR[root]} named ${name}${where}`,
      hint: suggestion(name, names),
      text,
    };
  }
  if (more.length === 0) return found.id;
  const ids = [found, ...more].map(({ id }) => id).join(', ');
  return {
    wrong: `${more.length + 1} ${root} are named ${name}${where}`,
    hint: `write the id: ${ids}`,
    text,
  };
}

export function suggestion(name: string, known: readonly string[]): string | null {
  const best = nearest(name, known);
  if (best.length > 0) return `did you mean ${best.join(' or ')}?`;
  return known.length === 0 ? 'there are none' : known.length > 8 ? null : `there are ${known.join(', ')}`;
}
