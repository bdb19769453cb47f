import type { JsonObject } from '../domain/json.ts';
import type { Layer } from '../domain/layer.ts';
import type { Source } from '../domain/manifest.ts';
import type { Problem } from '../domain/problem.ts';
import type { CheckContext } from './check/check-manifest.ts';
import { checkComposed } from './compose/check-composed.ts';
import {
  type Composable,
  type Composition,
  compose,
  type SharedLayers,
  type WrittenManifest,
} from './compose/compose.ts';
import type { Each } from './compose/for-each.ts';
import { representatives, unknownEnvironments } from './compose/kept-in.ts';
import { type PlacedDiagnostic, placeComposed, placeWritten, problemsAt } from './compose/place.ts';
import type { TakenValues } from './compose/taken.ts';
import { isInEnvironment } from './desired.ts';
import { findSecrets, needsDecoding, SECRET, type Secrets } from './files/key-patterns.ts';
import { CONFLICT, conflictIn } from './files/not-a-manifest.ts';
import { problemAt, type TextFile } from './files/text-file.ts';
import {
  fastParser,
  type Item,
  parsePlainly,
  parseQuickly,
  parseStrictly,
  strictParser,
} from './parse/parse-file.ts';
import { claim, nameFault } from './trigger-names.ts';

/** A trigger's manifest: valid as far as can be checked before its references are resolved. */
export interface ParsedManifest {
  readonly name: string;
  /** As it is written: what it comes to in an environment is its composition. */
  readonly value: JsonObject;
  readonly source: Source;
  /** Whether it may hold a reference at all. */
  readonly mayHaveReferences: boolean;
  /** Where to find it again for later diagnostics: the file's real path, and the position in the file. */
  readonly real: string;
  readonly document: number;
  readonly index: number | null;
  /** The key of `for_each` that makes this trigger of it. */
  readonly each: Each | null;
  /** Null where it stands for itself, as most do. */
  readonly composedIn: Composable['compositionIn'] | null;
}

/** What a manifest comes to in an environment; null where it is not kept there. */
export function compositionIn(
  { value, composedIn }: Pick<ParsedManifest, 'value' | 'composedIn'>,
  environment: string | null,
): Composition | null {
  if (composedIn !== null) return composedIn(environment);
  return isInEnvironment(value, environment) ? { value, layers: NO_LAYERS } : null;
}

/** What a manifest is composed of in an environment, lowest first: itself alone, where it stands for itself. */
export function layersIn(parsed: ParsedManifest, environment: string | null): readonly Layer[] {
  const { source, real, document, index, value } = parsed;
  const at = index === null ? [] : [index];
  const layers = compositionIn(parsed, environment)?.layers ?? [];
  return layers.length > 0 ? layers : [{ kind: 'manifest', file: source.file, real, document, at, value }];
}

/** What manifests are composed of and checked against, and are again once they are resolved. */
export interface Checks extends CheckContext {
  readonly secrets: Secrets;
  readonly shared: SharedLayers;
  /** Compositions of several layers that were found valid before their references are resolved. */
  readonly checked: Set<Composition>;
  /** What manifests take of the layers that they share. */
  readonly taken: TakenValues;
}

export interface ReadManifests {
  /** Those without problems, in the order of the file. */
  readonly manifests: readonly ParsedManifest[];
  readonly problems: readonly Problem[];
  /** What is wrong in files that are laid under or over this one: others may find the same. */
  readonly elsewhere: readonly PlacedDiagnostic[];
}

/**
 * The manifests of one file.
 *
 * @param real the file's real path
 * @param names who has which name so far; those of this file are added
 */
export async function readManifests(
  file: TextFile,
  real: string,
  checks: Checks,
  names = new Map<string, Source>(),
): Promise<ReadManifests> {
  const { path, text } = file;
  const { secrets } = checks;
  const conflict = conflictIn(text);
  if (conflict !== null) {
    const problems = [problemAt(file, conflict, CONFLICT, secrets)];
    return { manifests: [], problems, elsewhere: [] };
  }
  // By the first tier that is sure of it; null where only the strict one can tell.
  const quick = needsDecoding(secrets)
    ? null
    : (parsePlainly(file) ?? parseQuickly(file, await fastParser()));
  const { items, problems: faults, strict } = quick ?? parseStrictly(file, await strictParser(), secrets);
  const problems = [...faults];
  // After the parser, which may have found more on these lines that must not be shown.
  for (const span of findSecrets(text, secrets)) problems.push(problemAt(file, span, SECRET, secrets));
  // Escapes, which could hide a reference, are for the strict tier.
  const mayHaveReferences = quick === null || text.includes('${{');
  const manifests: ParsedManifest[] = [];
  const wrong: PlacedDiagnostic[] = [];
  for (const item of items) {
    const read = readItem(item, path, real, mayHaveReferences, checks, names);
    if (!item.faulty) manifests.push(...read.manifests);
    wrong.push(...read.wrong);
  }
  if (wrong.length === 0) return { manifests, problems, elsewhere: wrong };
  // Only now are positions needed, and only for the files that are concerned.
  const own = wrong.filter((one) => one.real === real);
  problems.push(...(await problemsAt(own, secrets, { real, file, positions: strict })));
  return {
    manifests,
    problems,
    elsewhere: own.length === wrong.length ? [] : wrong.filter((one) => one.real !== real),
  };
}

const NOWHERE: readonly number[] = [];
const NO_LAYERS: readonly Layer[] = [];

interface ReadItem {
  readonly manifests: readonly ParsedManifest[];
  readonly wrong: readonly PlacedDiagnostic[];
}

function readItem(
  { value, document, index, line }: Item,
  path: string,
  real: string,
  fileHasReferences: boolean,
  checks: Checks,
  names: Map<string, Source>,
): ReadItem {
  const written: WrittenManifest = {
    file: path,
    real,
    document,
    at: index === null ? NOWHERE : [index],
    value,
  };
  const composed = compose(written, checks.shared);
  const mayHaveReferences = fileHasReferences || (composed !== null && checks.shared.mayHaveReferences);
  const found = { source: { file: path, line }, mayHaveReferences, index };
  return composed === null
    ? readAlone(written, found, checks, names)
    : readComposed(written, composed, found, checks, names);
}

/** What is the same of every trigger of a manifest. */
type Found = Pick<ParsedManifest, 'source' | 'mayHaveReferences' | 'index'>;

/** A manifest that stands for itself, as each does where nothing is laid under or over it. */
function readAlone(
  written: WrittenManifest,
  found: Found,
  checks: Checks,
  names: Map<string, Source>,
): ReadItem {
  const { value } = written;
  const composition: Composition = { value, layers: NO_LAYERS };
  const { source, mayHaveReferences, index } = found;
  const diagnostics = checkComposed(composition, value, checks, mayHaveReferences);
  const wrong = diagnostics.map((one) => placeWritten(written, one));
  const trigger = { name: value['name'], each: null };
  const taken = wrong.some(isAboutName) ? null : claim(trigger, source, names);
  if (taken !== null) wrong.push(placeWritten(written, taken));
  if (wrong.length > 0) return { manifests: [], wrong };
  const { real, document } = written;
  const name = String(value['name']);
  // Member by member: what is spread takes twice the room, and there may be a hundred thousand.
  const parsed = {
    name,
    value,
    source,
    mayHaveReferences,
    real,
    document,
    index,
    each: null,
    composedIn: null,
  };
  return { manifests: [parsed], wrong };
}

function readComposed(
  written: WrittenManifest,
  { triggers, diagnostics: known }: NonNullable<ReturnType<typeof compose>>,
  found: Found,
  checks: Checks,
  names: Map<string, Source>,
): ReadItem {
  const { value } = written;
  const { source, mayHaveReferences } = found;
  const wrong = [...known, ...unknownEnvironments(value, triggers, checks)].map((one) =>
    placeWritten(written, one),
  );
  const manifests = triggers.flatMap((trigger): ParsedManifest | [] => {
    const before = wrong.length;
    const { each, compositionIn } = trigger;
    const keyFault = nameFault(trigger);
    if (keyFault !== null) wrong.push(placeWritten(written, keyFault));
    for (const environment of representatives(value, trigger, checks)) {
      const composition = compositionIn(environment);
      if (composition === null || checks.checked.has(composition)) continue;
      checks.taken.add(composition);
      const found = checkComposed(composition, composition.value, checks, mayHaveReferences);
      const diagnostics = found.filter(({ path: at }) => keyFault === null || at[0] !== 'name');
      for (const one of diagnostics) wrong.push(placeComposed(written, composition, each, environment, one));
      if (diagnostics.length === 0) checks.checked.add(composition);
    }
    const isFaulty = known.length > 0 || keyFault !== null || wrong.some(isAboutName);
    const taken = isFaulty ? null : claim(trigger, source, names);
    if (taken !== null) wrong.push(placeWritten(written, taken));
    if (wrong.length > before || known.length > 0) return [];
    return { ...written, ...found, name: String(trigger.name), each, composedIn: compositionIn };
  });
  return { manifests, wrong };
}

function isAboutName({ diagnostic: { path, on } }: PlacedDiagnostic): boolean {
  return on === 'value' && path.at(-1) === 'name' && path.length <= 2;
}
