import type { Layer } from '../../domain/layer.ts';
import type { Problem } from '../../domain/problem.ts';
import { groupBy } from '../../lib/group-by.ts';
import type { Diagnostic } from '../check/diagnostic.ts';
import { valueAt } from '../check/value-at.ts';
import type { Secrets } from '../files/key-patterns.ts';
import type { TextFile } from '../files/text-file.ts';
import { OpenFiles } from '../parse/open-files.ts';
import { locate, repeats } from '../parse/parse-file.ts';
import type { StrictResult } from '../parse/parse-strict.ts';
import type { Composition, WrittenManifest } from './compose.ts';
import type { Each } from './for-each.ts';
import { type Origin, originOf } from './layer.ts';

/** What is wrong, with the document of a file in which it is written; its path leads through that document. */
export interface PlacedDiagnostic {
  readonly file: string;
  readonly real: string;
  readonly document: number;
  readonly diagnostic: Diagnostic;
  /** What made it so, where the file does not say: which trigger, which key of for_each, which environment. */
  readonly circumstances?: Circumstances;
}

interface Circumstances {
  /** Empty where the manifest is the trigger's own. */
  readonly of: string;
  readonly environment: string | null;
}

/** Something wrong with a manifest as it is written. */
export function placeWritten(
  { file, real, document, at }: WrittenManifest,
  diagnostic: Diagnostic,
): PlacedDiagnostic {
  return { file, real, document, diagnostic: { ...diagnostic, path: [...at, ...diagnostic.path] } };
}

/**
 * Something wrong with what a manifest comes to, where that was written, with the key and the environment that made it
 * so; with the trigger, where it was written for others, too.
 */
export function placeComposed(
  written: WrittenManifest,
  { layers }: Composition,
  each: Each | null,
  environment: string | null,
  diagnostic: Diagnostic,
): PlacedDiagnostic {
  if (layers.length === 0) return placeWritten(written, diagnostic);
  const { layer, path } =
    diagnostic.code === 'missing'
      ? takenAway(written, layers, diagnostic)
      : originOf(layers, diagnostic.path);
  const isShared = layer.kind !== 'manifest' && layer.real !== written.real;
  const overlaid = environment !== null && layers.some(({ kind }) => kind === 'overlay');
  const key = each === null ? [] : [`the key ${each.key}`];
  return {
    ...placeWritten(layer, { ...diagnostic, path }),
    circumstances: {
      of: (isShared ? [nameIn(layers), ...key] : key).filter((one) => one !== null).join(' with '),
      environment:
        overlaid && !diagnostic.message.includes(`in environment ${environment}`) ? environment : null,
    },
  };
}

function nameIn(layers: readonly Layer[]): string | null {
  const name = layers.find(({ kind }) => kind === 'manifest')?.value['name'];
  return typeof name === 'string' ? name : null;
}

/** What many triggers find wrong at one place is told once: it names the first of them, and how many more there are. */
function grouped(placed: readonly PlacedDiagnostic[]): PlacedDiagnostic[] {
  const places = groupBy(placed, ({ file, document, diagnostic: { path, on, code, part } }) =>
    JSON.stringify([file, document, path, on, code, part]),
  );
  return [...places.values()].flatMap((here) => {
    const { of, environment } = circumstancesOf(here[0]);
    const isWritten = here[0]?.circumstances === undefined;
    const first = here.filter((one) => {
      const other = circumstancesOf(one);
      if ((one.circumstances === undefined) !== isWritten) return false;
      return other.of === of && other.environment === environment;
    });
    const more = new Set(here.map((one) => circumstancesOf(one).of)).size - 1;
    const named = of === '' || more === 0 ? of : `${of} and ${more} more`;
    const messages = new Map(first.map((one) => [one.diagnostic.message, one] as const));
    return [...messages.values()].map((one) => ({ ...one, circumstances: { of: named, environment } }));
  });
}

const NONE: Circumstances = { of: '', environment: null };

function circumstancesOf(one: PlacedDiagnostic | undefined): Circumstances {
  return one?.circumstances ?? NONE;
}

/** A diagnostic whose message says what made it so. */
function worded(one: PlacedDiagnostic): Diagnostic {
  const { diagnostic } = one;
  const { of, environment } = circumstancesOf(one);
  const all = [
    ...(of === '' ? [] : [`for ${of}`]),
    ...(environment === null ? [] : [`in environment ${environment}`]),
  ];
  if (all.length === 0) return diagnostic;
  const { reword } = diagnostic;
  const say = (message: string) => `${message} (${all.join(' ')})`;
  return {
    ...diagnostic,
    message: say(diagnostic.message),
    ...(reword === undefined
      ? {}
      : {
          reword: (source: string) => {
            const said = reword(source);
            return { ...said, message: say(said.message) };
          },
        }),
  };
}

/** Where a null takes away what is missing; else the manifest, which does not give it. */
function takenAway(
  written: WrittenManifest,
  layers: readonly Layer[],
  { path, missing = [] }: Diagnostic,
): Origin {
  for (const layer of layers.toReversed()) {
    const gone = missing.find((member) => valueAt(layer.value, [...path, member]) === null);
    if (gone !== undefined) return { layer, path: [...path, gone] };
  }
  return { layer: { ...written, kind: 'manifest' }, path };
}

/** A file that was read already. */
export interface ReadFile {
  readonly real: string;
  readonly file: TextFile;
  readonly positions: StrictResult | null;
}

/**
 * Diagnostics as problems with line and column.
 *
 * @param known the one that is being read
 */
export async function problemsAt(
  placed: readonly PlacedDiagnostic[],
  secrets: Secrets,
  known: ReadFile | null = null,
): Promise<Problem[]> {
  if (placed.length === 0) return [];
  const files = await OpenFiles.create(secrets);
  if (known !== null) files.add(known.real, known.file, known.positions);
  return grouped(placed).flatMap((one) => {
    const { document } = one;
    const diagnostic = worded(one);
    const { file, positions } = files.get(one);
    if (repeats(positions, document, null, diagnostic)) return [];
    return locate(file, positions, document, null, diagnostic, secrets);
  });
}
