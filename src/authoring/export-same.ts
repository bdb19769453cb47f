import { compareAge } from '../lib/compare-age.ts';
import { manifestText } from './edit/yaml-text.ts';
import {
  type Exported,
  exportOne,
  fileOf,
  type Skipped,
  unfit,
  unknownTo,
  type WrittenOptions,
  whyNot,
} from './export-triggers.ts';
import { manifestFrom } from './from-live.ts';
import { nameFor, UniqueNames } from './manifest-names.ts';
import { type LiveSide, type Member, sameTriggers } from './same-trigger.ts';
import { withOverlays } from './with-overlays.ts';

/** An environment that is exported with others. */
export interface ExportSide extends LiveSide {
  /** As it would be exported alone. */
  readonly options: WrittenOptions;
}

/** A manifest, and the triggers that it adopts. */
export interface ExportedSame extends Exported {
  readonly members: readonly Member[];
}

export type SkippedMember = Skipped & Member;

/** Whether a manifest is selected, by its name or by the id of one of its triggers. */
export type SelectsSame = (name: string, members: readonly Member[]) => boolean;

/**
 * Manifests for unmanaged live triggers of several environments: one with overlays where the same trigger lives in some
 * of them. Each is read back in each of its environments, and must be an adoption there and nothing more; where no such
 * manifest can be written, each environment gets its own.
 *
 * @param sides in the order of mxt.yaml @param environments all of mxt.yaml
 */
export async function exportSame(
  sides: readonly ExportSide[],
  taken: ReadonlySet<string>,
  environments: readonly string[],
  selects: SelectsSame,
): Promise<{ exported: ExportedSame[]; skipped: SkippedMember[] }> {
  const exported: ExportedSame[] = [];
  const skipped: SkippedMember[] = [];
  const options = new Map(sides.map((side) => [side.environment, side.options]));
  const optionsOf = ({ environment }: Member) => options.get(environment) as WrittenOptions;
  const names = new UniqueNames(taken);
  for (const members of groupsOf(sides)) {
    const [first] = members;
    if (first === undefined) continue;
    const name = names.give(nameFor(standardOf(members).live));
    if (!selects(name, members)) continue;
    const one = members.length === 1 ? null : await inOne(name, members, environments, optionsOf);
    if (one !== null) {
      exported.push(one);
      continue;
    }
    for (const member of members) {
      const own = member === first ? name : names.give(nameFor(member.live));
      const alone = await exportOne(member.live, own, optionsOf(member));
      if ('why' in alone) skipped.push({ ...alone, ...member });
      else exported.push({ ...alone, members: [member] });
    }
  }
  return { exported, skipped };
}

/** What no manifest can hold is nobody's counterpart. */
function groupsOf(sides: readonly ExportSide[]): (readonly Member[])[] {
  const fit = sides.map((side) => ({
    ...side,
    candidates: side.candidates.filter((live) => unfit(live) === null),
  }));
  const others = sides.flatMap(({ environment, candidates }) =>
    candidates
      .filter((live) => unfit(live) !== null)
      .sort(compareAge)
      .map((live) => [{ environment, live }]),
  );
  return [...sameTriggers(fit), ...others];
}

/** The last in the order of promotion: what is in production is what others differ from. */
function standardOf<M extends Member>(members: readonly M[]): M {
  return members.at(-1) as M;
}

/**
 * The manifest of several environments; null where none adopts them as they are. A merge patch cannot say all: a null
 * within filters that another environment has a value for, so each environment is tried as the standard.
 */
async function inOne(
  name: string,
  members: readonly Member[],
  environments: readonly string[],
  optionsOf: (member: Member) => WrittenOptions,
): Promise<ExportedSame | null> {
  const own = members.map((member) => {
    const options = { ...optionsOf(member), environments: null, name };
    return { ...member, manifest: manifestFrom(member.live, options) };
  });
  const unknown = [...new Set(own.flatMap((one) => unknownTo(optionsOf(one), one.manifest)))];
  for (const base of own.toReversed()) {
    const { checks } = optionsOf(base);
    const file = fileOf(name, optionsOf(base));
    const manifest = withOverlays(own, base, { file, shared: checks.shared, environments });
    const whys = await Promise.all(
      members.map((member) => whyNot(member.live, manifest, optionsOf(member), unknown)),
    );
    if (whys.some((why) => why !== null)) continue;
    const { trigger_id: id } = base.live;
    return { id, name, manifest, text: manifestText(manifest), unknown, members };
  }
  return null;
}
