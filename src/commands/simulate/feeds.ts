import type { LiveTrigger } from '../../domain/trigger.ts';
import { type MxtError, usageError } from '../../errors.ts';
import { nearest } from '../../lib/suggest.ts';
import type { Feed } from '../../sandbox/engine/simulate-schedules.ts';
import type { Window } from '../../schedule/upcoming/upcoming.ts';

export interface FeedFlags {
  readonly event: readonly string[];
  readonly metric: readonly string[];
}

/** What comes in every hour, as it was written on the command line. */
export interface HourlyFeed {
  /** `--event documents_added@col_1=50` */
  readonly written: string;
  readonly feed: Feed extends infer F ? (F extends unknown ? Omit<F, 'at'> : never) : never;
}

const HOUR = 3_600_000;

/**
 * Input from outside: a number of events of a type every hour, and the value of a metric every hour.
 *
 * @throws MxtError `usage` where a flag cannot be read
 */
export function readFeeds({ event, metric }: FeedFlags): HourlyFeed[] {
  const events = event.map((text) => {
    const [word, count] = split('--event', text, 'documents_added=50, a number an hour');
    if (!Number.isInteger(count) || count < 1) throw wrong('--event', text, 'a whole number of at least 1');
    const [event_type = '', collection_id] = word.split(/@(.*)/s);
    if (event_type === '' || collection_id === '')
      throw wrong('--event', text, 'a type, or a type and a collection: documents_added@col_1=50');
    const where = collection_id === undefined ? {} : { collection_id };
    return { written: `--event ${text}`, feed: { event_type, count, ...where } };
  });
  const metrics = metric.map((text) => {
    const [name, value] = split('--metric', text, 'cosine_drift=0.2, measured every hour');
    return { written: `--metric ${text}`, feed: { metric: name, value } };
  });
  return [...events, ...metrics];
}

/** The same for every hour of a window. */
export function everyHour(feeds: readonly HourlyFeed[], { from, to }: Window): Feed[] {
  if (feeds.length === 0) return [];
  const all: Feed[] = [];
  for (let at = from.getTime() + HOUR; at <= to.getTime(); at += HOUR) {
    all.push(...feeds.map(({ feed }): Feed => ({ ...feed, at: new Date(at) })));
  }
  return all;
}

/**
 * A word that no trigger waits for is a typo, and a typo must not come out as "nothing runs".
 *
 * @throws MxtError `usage` with the nearest words
 */
export function assertHeard(feeds: readonly HourlyFeed[], triggers: readonly LiveTrigger[]): void {
  const said = (type: string, member: string) =>
    triggers
      .filter(({ trigger_type }) => trigger_type === type)
      .map(({ schedule_config }) => schedule_config?.[member]);
  const words = (some: readonly unknown[]) => some.filter((one) => typeof one === 'string');
  for (const { written, feed } of feeds) {
    if ('metric' in feed) {
      const metrics = said('conditional', 'metric');
      // A condition without a metric takes any.
      if (metrics.includes(undefined) || metrics.includes(feed.metric)) continue;
      throw unheard(written, 'metric', feed.metric, words(metrics));
    }
    const types = said('event', 'event_type');
    if (!types.includes(feed.event_type)) throw unheard(written, 'event', feed.event_type, words(types));
    const { collection_id: collection } = feed;
    if (collection == null) continue;
    // One that waits for the event of any collection hears those of each.
    const collections = triggers.flatMap(({ trigger_type, schedule_config: of }) =>
      trigger_type === 'event' && of?.['event_type'] === feed.event_type ? [of['collection_id'] ?? null] : [],
    );
    if (!collections.includes(null) && !collections.includes(collection))
      throw unheard(written, 'collection', collection, words(collections));
  }
}

function unheard(written: string, what: string, word: string, known: readonly string[]): MxtError {
  const [near] = nearest(word, known);
  const all = [...new Set(known)].sort().join(', ');
  return usageError(
    `${written}: no trigger waits for the ${what} ${word}`,
    near !== undefined ? `Did you mean ${near}?` : all === '' ? '' : `Triggers wait for ${all}.`,
  );
}

function split(flag: string, text: string, example: string): [name: string, value: number] {
  const [, name, value] = /^(.+)=(-?\d+(?:\.\d+)?)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) throw wrong(flag, text, `a name and a number: ${example}`);
  return [name, Number(value)];
}

function wrong(flag: string, text: string, hint: string): MxtError {
  return usageError(`${flag} ${text} cannot be read`, `Write ${hint}.`);
}
