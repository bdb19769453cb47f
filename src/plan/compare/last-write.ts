import type { JsonObject } from '../../domain/json.ts';
import type { HalfHashes } from '../../domain/label.ts';
import type { Desired } from '../../domain/manifest.ts';
import type { Managed } from '../../domain/plan.ts';
import { actionProperties, scheduleProperties } from '../../schema/known.ts';
import { type Halves, hashHalf, type Manifest, normaliseLive } from './normalise.ts';

type Half = keyof Halves;

/** What the service answered to the last write: `seen`, or what was sent where it answered just that. */
export function lastObservedOf({ lastObserved, spec }: Managed['label']): HalfHashes {
  return lastObserved ?? spec;
}

/** Live with the properties that counted at our last write. */
interface LastObserved {
  readonly halves: Halves;
  /** Its text was edited since, and its schedule was not. */
  readonly textMoved: boolean;
}

/**
 * Live as it stood beside the manifest of our last write, which may have declared more than this one, or less. Null
 * where no such reading has the hash that was recorded: live is no longer what it was.
 */
export function findLastObserved(
  half: Half,
  { desired, halves: want }: Manifest,
  managed: Managed,
  lastObserved: string,
  manifestChanged: boolean,
): LastObserved | null {
  const declared = normaliseLive(desired, managed, 'declared');
  const description = want.patchable['description'] ?? null;
  for (const one of readings(desired)) {
    const isLastObserved = (halves: Halves) => hashHalf(halves[half]) === lastObserved;
    if (isLastObserved(normaliseLive(one, managed, 'declared')))
      return { halves: declared, textMoved: false };
    if (!manifestChanged) continue;
    for (const left of omissions(half, managed)) {
      const then = without(half, normaliseLive(one, managed, 'all'), left);
      const textMoved = !isLastObserved(then);
      // Text and schedule share a hash. Where the manifest's own text explains it, only live's text was edited.
      if (textMoved && (half === 'fixed' || !isLastObserved(withText(then, description)))) continue;
      // What is declared now counts in any case; what was declared then counts besides.
      const halves = merged(half, without(half, normaliseLive(desired, managed, 'all'), left), declared);
      return { halves, textMoved };
    }
  }
  return null;
}

function withText(halves: Halves, description: JsonObject[string]): Halves {
  return { ...halves, patchable: { ...halves.patchable, description } };
}

/** More pointers or properties than this are not worth 2ⁿ hashes: then all or none. */
const MOST_CHOICES = 6;

/** The manifest as it may have been at our last write: with fewer pointers ignored, with or without a title. */
function readings(desired: Desired): Desired[] {
  const title = desired.title === null ? '' : null;
  return withFewerIgnored(desired).flatMap((one) => [one, { ...one, title }]);
}

/** The manifest with every choice of its ignored pointers, all of them first. */
export function withFewerIgnored(desired: Desired): Desired[] {
  return choices(desired.ignore).map((ignore) => ({ ...desired, ignore }));
}

/**
 * Properties of live that the manifest of our last write need not have declared: those that the schema does not know,
 * which the service may have added. A property that it knows is never left out, or somebody's edit of it would be
 * taken for the service's own.
 */
function omissions(half: Half, { fixed, patchable }: Managed): string[][] {
  const [config, known] =
    half === 'fixed'
      ? [fixed.action_config, actionProperties(fixed.action_type)]
      : [patchable.schedule_config, scheduleProperties(fixed.trigger_type)];
  return choices(Object.keys(config).filter((key) => !known.has(key))).reverse();
}

/** Every choice of some items, the whole list first, none last. */
export function choices<T>(items: readonly T[]): T[][] {
  if (items.length > MOST_CHOICES) return [[...items], []];
  const all = 2 ** items.length;
  return Array.from({ length: all }, (_, at) => items.filter((_item, bit) => ((all - 1 - at) >> bit) & 1));
}

const MEMBER = { fixed: 'action_config', patchable: 'schedule_config' } as const;

/** The configuration in a half; null where it is ignored whole. */
function configIn(half: Half, halves: Halves): JsonObject | null {
  return (halves[half][MEMBER[half]] ?? null) as JsonObject | null;
}

function withConfig(half: Half, halves: Halves, config: JsonObject | null): Halves {
  return { ...halves, [half]: { ...halves[half], [MEMBER[half]]: config } };
}

function without(half: Half, halves: Halves, left: readonly string[]): Halves {
  const config = configIn(half, halves);
  if (config === null || left.length === 0) return halves;
  const kept = Object.entries(config).filter(([key]) => !left.includes(key));
  return withConfig(half, halves, Object.fromEntries(kept));
}

function merged(half: Half, halves: Halves, declared: Halves): Halves {
  const [config, own] = [configIn(half, halves), configIn(half, declared)];
  return config === null || own === null ? declared : withConfig(half, halves, { ...config, ...own });
}
