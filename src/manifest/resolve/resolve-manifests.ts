import type { Desired } from '../../domain/manifest.ts';
import type { Problem } from '../../domain/problem.ts';
import { RESOURCE_KINDS, type ResourceKind } from '../../domain/resource.ts';
import { groupBy } from '../../lib/group-by.ts';
import { checkManifest } from '../check/check-manifest.ts';
import type { Diagnostic } from '../check/diagnostic.ts';
import { valueAt } from '../check/schema-diagnostics.ts';
import { desiredFrom, isInEnvironment } from '../desired.ts';
import { readText } from '../files/find-files.ts';
import { byPlace, type TextFile } from '../files/text-file.ts';
import type { Checks, Loaded, ParsedManifest } from '../load-manifests.ts';
import { locate, repeats, strictParser } from '../parse/parse-file.ts';
import { hasReference, newResolution, type ReferenceScope, resolveManifest } from './references.ts';
import { idsIn, resourceIdDiagnostics } from './resource-ids.ts';

export interface Resolved {
  /** Sorted by name: those of the environment, without problems. */
  readonly desired: readonly Desired[];
  /** Sorted by file, line and column. */
  readonly problems: readonly Problem[];
  /** Kinds of resources to look up before all of it is resolved; what refers to them stands as it is written. */
  readonly needs: ReadonlySet<ResourceKind>;
  /** Variables that no manifest of any environment refers to. */
  readonly unused: readonly string[];
}

/** A mistake in the manifest of a name. */
export type NamedDiagnostic = Diagnostic & { readonly name: string };

/** What else is wrong with the manifests of an environment, each by itself or one beside the other. */
export type Inspect = (desired: readonly Desired[]) => readonly NamedDiagnostic[];

const NOTHING: ReadonlyMap<string, readonly NamedDiagnostic[]> = new Map();

/**
 * What the manifests say in one environment: those that are kept there, with their references resolved and checked
 * once more like any manifest.
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
  const wrong: { written: ParsedManifest; mistakes: readonly Diagnostic[] }[] = [];
  const needs = new Set<ResourceKind>();
  const used = new Set<string>();
  for (const written of loaded.manifests) {
    const resolution = newResolution();
    const value = written.mayRefer ? resolveManifest(written.value, scope, resolution) : written.value;
    for (const name of resolution.vars) used.add(name);
    if (!isInEnvironment(written.value, scope.environment)) continue;
    const mistakes = [...resolution.mistakes];
    for (const kind of resolution.needs) needs.add(kind);
    if (value !== written.value) {
      const context = { ...checks, mayRefer: resolution.needs.size > 0 || mistakes.length > 0 };
      // Of references all is said that there is: what looks like one now may be a literal one.
      const found = checkManifest(value, context).filter(({ code }) => code !== 'reference');
      mistakes.push(...found.map((one) => withOrigin(one, written, scope)));
    }
    if (checkRefs) {
      const ids = idsIn(value);
      for (const { kind } of ids) if (scope.resources[kind] === undefined) needs.add(kind);
      mistakes.push(...resourceIdDiagnostics(ids, scope));
    }
    if (mistakes.length > 0) wrong.push({ written, mistakes });
    else desired.push(desiredFrom(value, written.source, scope.environment));
  }
  const found = inspect === null ? NOTHING : groupBy(inspect(desired), ({ name }) => name);
  for (const written of found.size === 0 ? [] : loaded.manifests) {
    const mistakes = found.get(written.name)?.map((one) => withOrigin(one, written, scope));
    if (mistakes !== undefined) wrong.push({ written, mistakes });
  }
  const problems: Problem[] = [];
  for (const { written, mistakes } of wrong) problems.push(...(await located(written, mistakes, checks)));
  return {
    desired: found.size === 0 ? desired : desired.filter(({ name }) => !found.has(name)),
    problems: problems.sort(byPlace),
    needs: new Set(RESOURCE_KINDS.filter((kind) => needs.has(kind))),
    unused: Object.keys(scope.vars).filter((name) => !used.has(name)),
  };
}

/** What a value is that nobody wrote there: a mistake about it names the reference. */
function withOrigin(
  mistake: Diagnostic,
  { value }: ParsedManifest,
  { environment }: ReferenceScope,
): Diagnostic {
  const written = valueAt(value, mistake.path);
  if (typeof written !== 'string' || !hasReference(written)) return mistake;
  const where = environment === null ? '' : ` in environment ${environment}`;
  return {
    path: mistake.path,
    on: mistake.on,
    code: mistake.code,
    hint: mistake.hint,
    message: `${mistake.message} (${written}${where})`,
  };
}

/** The file is read once more: its text was forgotten when nothing was wrong with it. */
async function located(
  { source, real, document, index }: ParsedManifest,
  mistakes: readonly Diagnostic[],
  { secrets }: Checks,
): Promise<Problem[]> {
  const text = readText(real);
  const file: TextFile = { path: source.file, text: typeof text === 'string' ? text : '' };
  const positions = (await strictParser())(file, secrets);
  return mistakes
    .filter((mistake) => !repeats(positions, document, index, mistake))
    .map((mistake) => locate(file, positions, document, index, mistake, secrets));
}
