import type { Desired } from '../../domain/manifest.ts';
import type { Problem } from '../../domain/problem.ts';
import { RESOURCE_KINDS, type ResourceKind } from '../../domain/resource.ts';
import { groupBy } from '../../lib/group-by.ts';
import { checkManifest } from '../check/check-manifest.ts';
import type { Diagnostic } from '../check/diagnostic.ts';
import { valueAt } from '../check/schema-diagnostics.ts';
import { desiredFrom, isInEnvironment } from '../desired.ts';
import { readText } from '../files/repository-file.ts';
import { byPlace, type TextFile } from '../files/text-file.ts';
import type { Checks, Loaded, ParsedManifest } from '../load-manifests.ts';
import { locate, repeats, strictParser } from '../parse/parse-file.ts';
import { hasReference } from './pieces.ts';
import { newResolution, type ReferenceScope, resolveManifest } from './references.ts';
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
  /** What the digests of secrets stand for. */
  readonly secretValues: ReadonlyMap<string, string>;
}

/** What is wrong with the manifest of a name. */
export type NamedDiagnostic = Diagnostic & { readonly name: string };

/** What else is wrong with the manifests of an environment, each by itself or one beside the other. */
export type Inspect = (desired: readonly Desired[]) => readonly NamedDiagnostic[];

const NOTHING: ReadonlyMap<string, readonly NamedDiagnostic[]> = new Map();

/**
 * The manifests of one environment, with their references resolved and then checked again like any manifest.
 *
 * @param checkRefs whether ids that are written out must be there too
 * @param inspect sees all manifests that are right so far; where it finds something wrong, they no longer are
 */
export async function resolveManifests(
  loaded: Loaded,
  scope: ReferenceScope,
  checkRefs = false,
  inspect: Inspect | null = null,
): Promise<Resolved> {
  const { checks } = loaded;
  const desired: Desired[] = [];
  const wrong: { parsed: ParsedManifest; diagnostics: readonly Diagnostic[] }[] = [];
  const needs = new Set<ResourceKind>();
  const used = new Set<string>();
  const secretValues = new Map<string, string>();
  for (const parsed of loaded.manifests) {
    const resolution = newResolution();
    const value = parsed.mayHaveReferences ? resolveManifest(parsed.value, scope, resolution) : parsed.value;
    for (const name of resolution.vars) used.add(name);
    if (!isInEnvironment(parsed.value, scope.environment)) continue;
    const diagnostics = [...resolution.diagnostics];
    for (const kind of resolution.needs) needs.add(kind);
    if (value !== parsed.value) {
      const context = { ...checks, mayHaveReferences: resolution.needs.size > 0 || diagnostics.length > 0 };
      // References were checked before: what looks like one now may be literal text.
      const found = checkManifest(value, context).filter(({ code }) => code !== 'reference');
      diagnostics.push(...found.map((one) => withOrigin(one, parsed, scope)));
    }
    diagnostics.push(...secretDiagnostics(value, resolution.secrets, checks));
    if (checkRefs) {
      const ids = idsIn(value);
      for (const { kind } of ids) if (scope.resources[kind] === undefined) needs.add(kind);
      diagnostics.push(...resourceIdDiagnostics(ids, scope));
    }
    if (diagnostics.length > 0) wrong.push({ parsed, diagnostics });
    else desired.push(desiredFrom(value, parsed.source, scope.environment, resolution.secrets, secretValues));
  }
  const found = inspect === null ? NOTHING : groupBy(inspect(desired), ({ name }) => name);
  for (const parsed of found.size === 0 ? [] : loaded.manifests) {
    const diagnostics = found.get(parsed.name)?.map((one) => withOrigin(one, parsed, scope));
    if (diagnostics !== undefined) wrong.push({ parsed, diagnostics });
  }
  const problems: Problem[] = [];
  for (const { parsed, diagnostics } of wrong) problems.push(...(await located(parsed, diagnostics, checks)));
  return {
    desired: found.size === 0 ? desired : desired.filter(({ name }) => !found.has(name)),
    problems: problems.sort(byPlace),
    needs: new Set(RESOURCE_KINDS.filter((kind) => needs.has(kind))),
    unused: Object.keys(scope.vars).filter((name) => !used.has(name)),
    secretValues,
  };
}

/** A diagnostic about a value that came from a reference names the reference. */
function withOrigin(
  diagnostic: Diagnostic,
  { value }: ParsedManifest,
  { environment }: ReferenceScope,
): Diagnostic {
  const text = valueAt(value, diagnostic.path);
  if (typeof text !== 'string' || !hasReference(text)) return diagnostic;
  const where = environment === null ? '' : ` in environment ${environment}`;
  const { path, on, code, hint, message } = diagnostic;
  return { path, on, code, hint, message: `${message} (${text}${where})` };
}

/** The file is read once more: its text was forgotten when nothing was wrong with it. */
async function located(
  { source, real, document, index }: ParsedManifest,
  diagnostics: readonly Diagnostic[],
  { secrets }: Checks,
): Promise<Problem[]> {
  const text = readText(real);
  const file: TextFile = { path: source.file, text: typeof text === 'string' ? text : '' };
  const positions = (await strictParser())(file, secrets);
  return diagnostics
    .filter((diagnostic) => !repeats(positions, document, index, diagnostic))
    .map((diagnostic) => locate(file, positions, document, index, diagnostic, secrets));
}
