import type { JsonObject } from '../../domain/json.ts';
import type { Desired } from '../../domain/manifest.ts';
import type { Problem } from '../../domain/problem.ts';
import { RESOURCE_KINDS, type ResourceKind } from '../../domain/resource.ts';
import { groupBy } from '../../lib/group-by.ts';
import { isObject } from '../../lib/is-object.ts';
import { fromPointer } from '../../lib/pointer.ts';
import { type Diagnostic, diagnosticAt } from '../check/diagnostic.ts';
import { valueAt } from '../check/value-at.ts';
import { checkComposed } from '../compose/check-composed.ts';
import type { Composition } from '../compose/compose.ts';
import { type PlacedDiagnostic, placeComposed, placeWritten, problemsAt } from '../compose/place.ts';
import { desiredFrom } from '../desired.ts';
import { byPlace } from '../files/text-file.ts';
import type { Loaded } from '../load-manifests.ts';
import { type Checks, compositionIn, type ParsedManifest } from '../read-manifests.ts';
import { hasReference } from './pieces.ts';
import { type FoundSecret, newResolution, type ReferenceScope, resolveManifest } from './references.ts';
import { idsIn, resourceIdDiagnostics } from './resource-ids.ts';
import { secretDiagnostics } from './secret-diagnostics.ts';

export interface Resolved {
  /** Sorted by name: those of the environment, without problems. */
  readonly desired: readonly Desired[];
  /** Sorted by file, line and column. */
  readonly problems: readonly Problem[];
  /** Kinds of resources to look up before all of it is resolved; what refers to them stays as it is written. */
  readonly needs: ReadonlySet<ResourceKind>;
  /** Variables that no manifest of any environment refers to. */
  readonly unused: readonly string[];
  /** What no manifest takes of `defaults` and overlays, each at its place. */
  readonly untaken: readonly Problem[];
  /** What the digests of secrets stand for. */
  readonly secretValues: ReadonlyMap<string, string>;
  /** Each manifest as it is composed, by its name, what is known offline put in. */
  readonly composed: ReadonlyMap<string, JsonObject>;
}

/** What is wrong with the manifest of a name. */
export type NamedDiagnostic = Diagnostic & { readonly name: string };

/** What else is wrong with the manifests of an environment, each by itself or one beside the other. */
export type Inspect = (desired: readonly Desired[]) => readonly NamedDiagnostic[];

const NOTHING: ReadonlyMap<string, readonly NamedDiagnostic[]> = new Map();
const NO_SECRETS: readonly FoundSecret[] = [];

/**
 * The manifests of one environment, with their references resolved and then checked again like any manifest.
 *
 * @param checkRefs whether ids that are written out must be there too
 * @param inspect sees all manifests that are right so far; where it finds something wrong, they no longer are
 */
export function resolveManifests(
  loaded: Loaded,
  scope: ReferenceScope,
  checkRefs = false,
  inspect: Inspect | null = null,
): Promise<Resolved> {
  return loaded.checks.schema.explained(() => resolveOnce(loaded, scope, checkRefs, inspect));
}

async function resolveOnce(
  loaded: Loaded,
  scope: ReferenceScope,
  checkRefs: boolean,
  inspect: Inspect | null,
): Promise<Resolved> {
  const { checks } = loaded;
  const desired: Desired[] = [];
  const wrong: PlacedDiagnostic[] = [];
  const needs = new Set<ResourceKind>();
  const used = new Set<string>();
  /** Manifests with for_each: what it makes of one refers to the same. */
  const asked = new Set<JsonObject>();
  const secretValues = new Map<string, string>();
  const composed = new Map<string, JsonObject>();
  const accept = (
    { name, source }: ParsedManifest,
    { layers }: Composition,
    value: JsonObject,
    secrets: readonly FoundSecret[],
  ) => {
    composed.set(name, value);
    desired.push(desiredFrom(value, source, scope.environment, secrets, secretValues, layers));
  };
  for (const parsed of loaded.manifests) {
    const composition = compositionIn(parsed, scope.environment);
    if (parsed.each === null || !asked.has(parsed.value)) {
      for (const name of variablesOf(parsed, composition, scope)) used.add(name);
      if (parsed.each !== null) asked.add(parsed.value);
    }
    if (composition === null) continue;
    if (!parsed.mayHaveReferences && composition.layers.length === 0 && !checkRefs) {
      accept(parsed, composition, composition.value, NO_SECRETS); // checked where it was read
      continue;
    }
    checks.taken.add(composition);
    const resolution = newResolution();
    const value = parsed.mayHaveReferences
      ? resolveManifest(composition.value, scope, resolution)
      : composition.value;
    for (const name of resolution.vars) used.add(name);
    const diagnostics = checkOnce(parsed, composition, checks);
    const isSound = diagnostics.length === 0;
    diagnostics.push(...resolution.diagnostics);
    for (const kind of resolution.needs) needs.add(kind);
    if (value !== composition.value && isSound) {
      const mayHaveMore = resolution.needs.size > 0 || diagnostics.length > 0;
      // References were checked before: what looks like one now may be literal text.
      const found = checkComposed(composition, value, checks, mayHaveMore).filter(
        ({ code }) => code !== 'reference',
      );
      diagnostics.push(...found.map((one) => withReference(one, composition, scope)));
    }
    diagnostics.push(...secretDiagnostics(value, resolution.secrets, checks));
    if (checkRefs) {
      const ids = idsIn(value);
      for (const { kind } of ids) if (scope.resources[kind] === undefined) needs.add(kind);
      diagnostics.push(...resourceIdDiagnostics(ids, scope));
    }
    for (const one of diagnostics) wrong.push(place(parsed, composition, scope, one));
    if (diagnostics.length === 0) accept(parsed, composition, value, resolution.secrets);
  }
  const found = inspect === null ? NOTHING : groupBy(inspect(desired), ({ name }) => name);
  for (const parsed of found.size === 0 ? [] : loaded.manifests) {
    const composition = compositionIn(parsed, scope.environment);
    if (composition === null) continue;
    for (const one of found.get(parsed.name) ?? [])
      wrong.push(place(parsed, composition, scope, withReference(one, composition, scope)));
  }
  const problems = await problemsAt(wrong, checks.secrets);
  return {
    desired: found.size === 0 ? desired : desired.filter(({ name }) => !found.has(name)),
    problems: problems.sort(byPlace),
    needs: new Set(RESOURCE_KINDS.filter((kind) => needs.has(kind))),
    untaken: problems.length > 0 ? [] : await untakenValues(checks, scope),
    unused: Object.keys(scope.vars).filter((name) => !used.has(name)),
    secretValues,
    composed,
  };
}

async function untakenValues(
  { shared, taken, secrets }: Checks,
  { environment }: ReferenceScope,
): Promise<Problem[]> {
  const overlay = environment === null ? undefined : shared.overlays.get(environment);
  const layers = [shared.defaults, ...shared.folders.values(), overlay ?? null].filter((one) => one !== null);
  const placed = layers.flatMap((layer) =>
    taken.untaken(layer).map((pointer) => {
      const path = fromPointer(pointer);
      const message = `no manifest takes ${[...layer.at, ...path].join('.')} of ${layer.file}`;
      const hint = 'take it out, or correct it';
      return placeWritten(layer, diagnosticAt(path, 'key', 'unused_default', message, hint));
    }),
  );
  return problemsAt(placed, secrets);
}

/** What an overlay of mxt.yaml made of a manifest was not seen when it was read. */
function checkOnce(
  { mayHaveReferences }: ParsedManifest,
  composition: Composition,
  checks: Checks,
): Diagnostic[] {
  // One that stands for itself was checked where it was read.
  if (composition.layers.length === 0 || checks.checked.has(composition)) return [];
  const diagnostics = [...checkComposed(composition, composition.value, checks, mayHaveReferences)];
  if (diagnostics.length === 0) checks.checked.add(composition);
  return diagnostics;
}

/** Variables that a manifest refers to where it is not kept in an environment, or in overlays of others. */
function variablesOf(
  { value, mayHaveReferences }: ParsedManifest,
  composition: Composition | null,
  scope: ReferenceScope,
): Iterable<string> {
  if (!mayHaveReferences || (composition?.layers.length === 0 && composition.value === value)) return [];
  const resolution = newResolution();
  const overlays = isObject(value['environments']) ? Object.values(value['environments']) : [];
  for (const part of [value, ...overlays]) if (isObject(part)) resolveManifest(part, scope, resolution);
  return resolution.vars;
}

function place(
  parsed: ParsedManifest,
  composition: Composition,
  { environment }: ReferenceScope,
  diagnostic: Diagnostic,
): PlacedDiagnostic {
  const { source, real, document, index, value, each } = parsed;
  const written = { file: source.file, real, document, at: index === null ? [] : [index], value };
  return placeComposed(written, composition, each, environment, diagnostic);
}

/** A diagnostic about a value that came from a reference names the reference. */
function withReference(
  diagnostic: Diagnostic,
  { value, layers }: Composition,
  { environment }: ReferenceScope,
): Diagnostic {
  const text = valueAt(value, diagnostic.path);
  if (typeof text !== 'string' || !hasReference(text)) return diagnostic;
  const isNamed = layers.some(({ kind }) => kind === 'overlay');
  const where = environment === null || isNamed ? '' : ` in environment ${environment}`;
  const { path, on, code, hint, message } = diagnostic;
  return { path, on, code, hint, message: `${message} (${text}${where})` };
}
