import type { JsonObject } from '../domain/json.ts';
import type { LiveTrigger } from '../domain/trigger.ts';
import { canonicalJson } from '../lib/canonical.ts';
import { compareAge } from '../lib/compare-age.ts';
import { groupBy } from '../lib/group-by.ts';
import { sectionShapes, withoutDefaults } from '../schema/known.ts';
import { type IdToReference, withReferences } from './id-to-reference.ts';

/** What nobody manages in one environment, and how its ids are told apart from those of another. */
export interface LiveSide {
  readonly environment: string;
  readonly candidates: readonly LiveTrigger[];
  readonly toReference: IdToReference;
}

/** One trigger of an environment. */
export interface Member {
  readonly environment: string;
  readonly live: LiveTrigger;
}

interface Group {
  readonly members: Member[];
  readonly titles: Set<string>;
  readonly does: Set<string>;
}

/**
 * Which live triggers of several environments are the same one: those of one title, where each environment has one of
 * it alone, and those of one action and schedule, the same title first and then the oldest. An id that is a variable
 * in both, or that of resources of one name, is the same there.
 *
 * @returns one group a trigger, its members in the order of the environments
 */
export function sameTriggers(sides: readonly LiveSide[]): (readonly Member[])[] {
  const groups: Group[] = [];
  for (const { environment, candidates, toReference } of sides) {
    const known = [...groups];
    const byTitle = groupBy(
      known.flatMap((group) => [...group.titles].map((title) => ({ group, title }))),
      ({ title }) => title,
    );
    const byDeed = groupBy(
      known.flatMap((group) => [...group.does].map((deed) => ({ group, deed }))),
      ({ deed }) => deed,
    );
    const joined = new Set<Group>();
    const join = (group: Group, live: LiveTrigger, deed: string) => {
      joined.add(group);
      group.members.push({ environment, live });
      group.does.add(deed);
      if (live.name) group.titles.add(live.name);
    };
    const all = [...candidates].sort(compareAge).map((live) => ({ live, deed: deedOf(live, toReference) }));
    const titles = groupBy(all, ({ live }) => live.name ?? '');
    const isOnlyOne = ({ name }: LiveTrigger) =>
      name ? titles.get(name)?.length === 1 && byTitle.get(name)?.length === 1 : false;
    const left = all.filter(({ live, deed }) => {
      const group = isOnlyOne(live) ? byTitle.get(live.name ?? '')?.[0]?.group : undefined;
      if (group !== undefined) join(group, live, deed);
      return group === undefined;
    });
    for (const { live, deed } of left) {
      const free = (byDeed.get(deed) ?? []).map(({ group }) => group).filter((group) => !joined.has(group));
      const group = free.find((one) => one.titles.has(live.name ?? '')) ?? free[0] ?? newGroup(groups);
      join(group, live, deed);
    }
  }
  return groups.map(({ members }) => members);
}

function newGroup(groups: Group[]): Group {
  const group: Group = { members: [], titles: new Set(), does: new Set() };
  groups.push(group);
  return group;
}

/** What a trigger runs and when, its ids as references. */
function deedOf(live: LiveTrigger, toReference: IdToReference): string {
  const { action_type = '', trigger_type = '', action_config = {}, schedule_config = {} } = live;
  const section = (name: 'action_config' | 'schedule_config', type: string, value: JsonObject) =>
    withReferences(withoutDefaults(value, sectionShapes(name).get(type)), name, type, toReference);
  return canonicalJson([
    action_type,
    section('action_config', action_type, action_config),
    trigger_type,
    section('schedule_config', trigger_type, schedule_config),
  ]);
}
