import { groupBy } from '../../lib/group-by.ts';
import type { SimulatedEvent } from '../../schedule/upcoming/event-log.ts';
import type { ActorFigures } from '../../schedule/upcoming/simulated.ts';
import type { Figures } from '../../schedule/upcoming/tally.ts';
import { momentWords } from '../../schedule/zone/moment-words.ts';
import { targetOf } from '../text/heading.ts';
import { truncate } from '../text/truncate.ts';
import { countWords, showCount } from '../text/value.ts';
import type { ShownSimulation } from './simulate-json.ts';
import { runsWords } from './upcoming-words.ts';

/** Text about the results of a simulation. All of it is harmless. */

const NAME = 200;

/** Whose triggers, where, and with how much of a plan. */
export function titleWords(shown: ShownSimulation): string {
  const { changes } = shown;
  const what = changes === 0 ? 'no change to apply' : `${countWords(changes, 'change')} applied`;
  return `Simulation: ${truncate(targetOf(shown), NAME)}, ${what}`;
}

/** `Runs 30 → 120, refused 0 → 5` and what else there is of before or after. */
export function totalWords(before: Figures, after: Figures): string {
  const kinds = [
    ['runs', before.runs, after.runs],
    ['failed', before.failed, after.failed],
    ['refused', before.refused, after.refused],
    ['held back by a cooldown', before.suppressed, after.suppressed],
    ['stopped', before.stopped, after.stopped],
  ] as const;
  return kinds
    .filter(([name, one, other]) => name === 'runs' || one + other > 0)
    .map(([name, one, other]) => `${name} ${showCount(one)} → ${showCount(other)}`)
    .join(', ');
}

export interface Trouble {
  readonly name: string;
  readonly words: string;
}

/** What went wrong, each kind of it once for each trigger, by the first time. */
export function troublesOf({ result }: ShownSimulation): { readonly [kind in Kind]: readonly Trouble[] } {
  const names = new Map(result.actors.map(({ actor }) => [actor.id, actor.name]));
  const ofKind = (kind: Kind) =>
    result.actors
      .flatMap((one) => troublesOfTrigger(one, kind, names, result.zone))
      .sort((a, b) => a.first - b.first)
      .map(({ name, words }) => ({ name, words }));
  return {
    refused: ofKind('refused'),
    suppressed: ofKind('suppressed'),
    failed_run: ofKind('failed_run'),
    stopped: ofKind('stopped'),
  };
}

type Kind = Exclude<SimulatedEvent['kind'], 'run'>;

function troublesOfTrigger(
  { actor, after, outcomes }: ActorFigures,
  kind: Kind,
  names: ReadonlyMap<string, string>,
  zone: string,
): (Trouble & { readonly first: number })[] {
  if (after[kind === 'failed_run' ? 'failed' : kind] === 0) return [];
  const own = outcomes().filter((one) => one.kind === kind);
  return [...groupBy(own, ({ runningTrigger }) => runningTrigger)].flatMap(([busy, group]) => {
    const [one] = group;
    if (one === undefined) return [];
    const at = momentWords(new Date(one.at), zone);
    const until = momentWords(new Date(one.until), zone);
    const other =
      busy === actor.id ? 'its own previous run' : truncate(names.get(busy ?? '') ?? busy ?? '', NAME);
    const words = {
      refused: `${runsWords(group.length)} refused, first ${at}, while ${other} ran until ${until}`,
      suppressed: `held back ${countWords(group.length, 'time')} by its cooldown, first ${at}, until ${until}`,
      failed_run: `${runsWords(group.length)} failed, first ${at}`,
      stopped: `stopped by the service ${at}, after too many failures in a row`,
    }[kind];
    return [{ name: truncate(actor.name, NAME), words, first: one.at }];
  });
}

/** The kinds of trouble with their headings. */
export const TROUBLES: readonly (readonly [Kind, string])[] = [
  ['refused', 'Collisions: the service lets one run at a time on a cluster'],
  ['suppressed', 'Cooldowns'],
  ['failed_run', 'Failures'],
  ['stopped', 'Stopped'],
];
