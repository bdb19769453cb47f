import type { Comparison } from '../../generated/compare.d.ts';
import type { Config } from '../config/load-config.ts';
import { environmentNamed } from '../config/named-environment.ts';
import type { JsonObject } from '../domain/json.ts';
import { selectionJson } from '../domain/plan.ts';
import { usageError } from '../errors.ts';
import { groupBy } from '../lib/group-by.ts';
import { isObject } from '../lib/is-object.ts';
import {
  liveManifestOf,
  manifestOf,
  type SideBySide,
  type Sided,
  sideBySide,
} from '../plan/compare/side-by-side.ts';
import { checkSelection, isEverything, selectorOf } from '../plan/match/selection.ts';
import { observe } from '../plan/observe/observe.ts';
import { compareMarkdown } from '../render/compare/compare-markdown.ts';
import { compareText } from '../render/compare/compare-text.ts';
import { FORMAT_VERSION } from '../render/plan/plan-json.ts';
import { type Repository, readFleet } from '../session/repository.ts';
import { withReader } from '../session/session.ts';
import type { LiveFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';
import { colorsOn, printJson } from '../terminal/output.ts';

export interface CompareFlags extends LiveFlags {
  readonly format: 'text' | 'json' | 'markdown';
  readonly live?: boolean;
  readonly exitCode?: boolean;
}

/** A trigger of one of the two, and where it is. */
interface Placed extends Sided {
  readonly trigger_id: string | null;
  readonly source: { readonly file: string; readonly line: number } | null;
  /** Those of its manifest; missing where it has none. */
  readonly tags?: readonly string[];
}

/**
 * `mxt compare ENV ENV`: what differs between two environments by their manifests, offline; with `--live` by what is live,
 * one list each.
 */
export async function compareCommand(
  left: string,
  right: string,
  flags: CompareFlags,
  io: Io,
): Promise<0 | 2> {
  if (left === right) {
    throw usageError(
      `${left} is compared with itself`,
      'Name two environments: mxt compare staging production.',
    );
  }
  const choose = (config: Config) => [environmentNamed(config, left), environmentNamed(config, right)];
  const { environments, resolve } = await readFleet(flags, io, choose);
  const repositories = await Promise.all(environments.map(resolve));
  const live = flags.live === true || flags.sandbox === true;
  const sides = await Promise.all(
    repositories.map((repository) => (live ? liveOf(repository, flags, io) : ofManifests(repository))),
  );
  const comparison = compareSides(repositories, sides, live, flags);
  if (flags.format === 'json') printJson(io, comparison);
  else if (flags.format === 'markdown') io.out(compareMarkdown(comparison));
  else io.say(compareText(comparison, colorsOn(flags, io)));
  const { only_left, only_right, differing } = comparison.summary;
  return flags.exitCode && only_left + only_right + differing > 0 ? 2 : 0;
}

function ofManifests({ desired, composed }: Repository): readonly Placed[] {
  return desired.map((one) => ({
    name: one.name,
    manifest: { ...manifestOf(one), ...acceptedIn(composed.get(one.name)) },
    trigger_id: null,
    source: { file: one.source.file, line: one.source.line },
    tags: one.tags,
  }));
}

/** Findings that the manifest accepts, each with its reason: nothing of that is live. */
function acceptedIn(manifest: JsonObject | undefined): JsonObject {
  return isObject(manifest?.['lint']) ? { lint: manifest['lint'] } : {};
}

/** What is owned; of two with one name the first that is listed. */
function liveOf(repository: Repository, flags: CompareFlags, io: Io): Promise<readonly Placed[]> {
  return withReader(
    async () => repository,
    flags,
    io,
    async ({ client }) => {
      const { owned } = observe(await client.listTriggers(), repository.config.owner, io.now());
      const wanted = new Map(repository.desired.map((one) => [one.name, one]));
      return owned.map((one) => {
        const { source, tags } = wanted.get(one.label.name) ?? {};
        return {
          name: one.label.name,
          manifest: liveManifestOf(one),
          trigger_id: one.id,
          source: source === undefined ? null : { file: source.file, line: source.line },
          ...(tags === undefined ? {} : { tags }),
        };
      });
    },
  );
}

function compareSides(
  repositories: readonly Repository[],
  [left = [], right = []]: readonly (readonly Placed[])[],
  live: boolean,
  flags: CompareFlags,
): Comparison {
  const all = withTagsOfBoth([...left, ...right]);
  checkSelection(flags, all, 'no trigger of these two environments has this name');
  const selects = selectorOf(flags);
  const selected = new Set(all.filter(selects).map(({ name }) => name));
  const isSelected = ({ name }: Placed) => selected.has(name);
  const found = sideBySide(left.filter(isSelected), right.filter(isSelected));
  const namesOf = (triggers: readonly Placed[]) => new Set(triggers.map(({ name }) => name)).size;
  const { only, except } = flags;
  const selection = { only, except, selected: namesOf(all.filter(selects)), of: namesOf(all) };
  return {
    format_version: FORMAT_VERSION,
    owner: repositories[0]?.config.owner ?? '',
    source: live ? 'live' : 'manifests',
    left: sideJson(repositories[0]),
    right: sideJson(repositories[1]),
    ...foundJson(found),
    selection: selectionJson(isEverything(flags) ? null : selection),
  };
}

/** A trigger that has a tag in one of the two is selected by it in both: else it would seem to be missing in the other. */
function withTagsOfBoth(all: readonly Placed[]): Placed[] {
  const byName = groupBy(all, ({ name }) => name);
  return all.map((one) => {
    const tags = (byName.get(one.name) ?? []).flatMap((other) => other.tags ?? []);
    return tags.length === 0 ? one : { ...one, tags };
  });
}

function sideJson(repository: Repository | undefined): Comparison['left'] {
  const { name = '', namespace = '' } = repository?.environment ?? {};
  return { environment: name, namespace };
}

function foundJson({ onlyLeft, onlyRight, differing, equal }: SideBySide<Placed>) {
  const named = ({ name, trigger_id, source }: Placed) => ({ name, trigger_id, source });
  const place = ({ trigger_id, source }: Placed) => ({ trigger_id, source });
  return {
    summary: {
      only_left: onlyLeft.length,
      only_right: onlyRight.length,
      differing: differing.length,
      equal,
    },
    only_left: onlyLeft.map(named),
    only_right: onlyRight.map(named),
    differing: differing.map(({ left, right, changes }) => ({
      name: left.name,
      left: place(left),
      right: place(right),
      changes: changes.map(({ path, before, after }) => ({ path, left: before, right: after })),
    })),
  };
}
