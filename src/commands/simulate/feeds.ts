import { type MxtError, usageError } from '../../errors.ts';
import type { Feed } from '../../sandbox/engine/simulate-schedules.ts';
import type { Window } from '../../schedule/upcoming/upcoming.ts';

export interface FeedFlags {
  readonly event: readonly string[];
  readonly metric: readonly string[];
}

const HOUR = 3_600_000;

/**
 * Input from outside: a number of events of a type every hour, and the value of a metric every hour.
 *
 * @throws MxtError `usage` where a flag cannot be read
 */
export function feedsFrom({ event, metric }: FeedFlags, { from, to }: Window): Feed[] {
  const events = event.map((text) => {
    const [event_type, count] = split('--event', text, 'documents_added=50, a number an hour');
    if (!Number.isInteger(count) || count < 1) throw wrong('--event', text, 'a whole number of at least 1');
    return { event_type, count };
  });
  const metrics = metric.map((text) => {
    const [name, value] = split('--metric', text, 'cosine_drift=0.2, measured every hour');
    return { metric: name, value };
  });
  const all = [...events, ...metrics];
  if (all.length === 0) return [];
  const feeds: Feed[] = [];
  for (let at = from.getTime() + HOUR; at <= to.getTime(); at += HOUR) {
    feeds.push(...all.map((one) => ({ ...one, at: new Date(at) })));
  }
  return feeds;
}

function split(flag: string, text: string, example: string): [name: string, value: number] {
  const [, name, value] = /^(.+)=(-?\d+(?:\.\d+)?)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) throw wrong(flag, text, `a name and a number: ${example}`);
  return [name, Number(value)];
}

function wrong(flag: string, text: string, hint: string): MxtError {
  return usageError(`${flag} ${text} cannot be read`, `Write ${hint}.`);
}
