import type { LiveTrigger } from '../domain/trigger.ts';
import { MxtError } from '../errors.ts';
import type { Clock } from './api-clock.ts';
import type { Page } from './check-answers.ts';
import { interrupted } from './interrupt.ts';

/** The most that the service gives at once. */
export const PAGE_LIMIT = 1_000;
/** How many pages are asked for at once: the limiter lets through as many as `--concurrency` says. */
const AHEAD = 8;
const MOST_READS = 5;
const PAUSE_MS = 250;
/** Far beyond any namespace: a list that goes on after that has no end. */
const MOST_ITEMS = 200_000;
const MOST_PAGES = 2_000;

type ReadPage = (offset: number, limit: number) => Promise<Page>;

/** One pass over the list, from its start to where it was complete or led nowhere. */
interface Reading {
  /** By id, in the order of the list. What moved between pages stands once, as it was last seen. */
  readonly byId: ReadonlyMap<string, LiveTrigger>;
  /** What each page said there is in all. */
  readonly totals: readonly number[];
}

/**
 * Reads every trigger there is. An incomplete list would be taken for triggers that are gone, and those would be
 * created twice: so a read counts only if what was found is what every page said there is. Where the service counts
 * too few (disabled ones, say), two reads that found the same are believed.
 *
 * @param readPage asks for one page, oldest first
 * @throws MxtError `incomplete`
 */
export async function listAll(
  readPage: ReadPage,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<LiveTrigger[]> {
  const readings: Reading[] = [];
  while (readings.length < MOST_READS) {
    if (readings.length > 0) await pause(clock, PAUSE_MS * readings.length, signal);
    const reading = await readOnce(readPage);
    const before = readings.at(-1);
    readings.push(reading);
    if (isComplete(reading) || (before !== undefined && countsTooFew(reading) && sameIds(before, reading))) {
      return [...reading.byId.values()];
    }
  }
  throw new MxtError(
    'incomplete',
    `the list of triggers could not be read whole: ${readings.map(words).join('; ')}`,
    {
      hint: 'Triggers may be changing right now. Nothing was done; try again.',
    },
  );
}

async function readOnce(readPage: ReadPage): Promise<Reading> {
  const ahead = new PagesAhead(readPage);
  const byId = new Map<string, LiveTrigger>();
  const totals: number[] = [];
  let offset = 0;
  let longest = 0;
  for (;;) {
    const { results, total } = await ahead.take(offset);
    assertEnds('triggers', byId.size, totals.length);
    const before = byId.size;
    for (const trigger of results) byId.set(trigger.trigger_id, trigger);
    totals.push(total);
    // A service may give fewer than it was asked for: the offset goes by what came.
    offset += results.length;
    const short = results.length < longest;
    longest = Math.max(longest, results.length);
    if (byId.size === total) break;
    // A page without anything new is the end, or a service that does not look at the offset.
    if (byId.size === before || (byId.size > total && short)) break;
    ahead.ask(offset, results.length, total);
  }
  return { byId, totals };
}

/**
 * Pages are asked for before it is their turn, as soon as the first has said how many there are: far away, each would
 * cost a round trip. They are read in their order, and where one is not as long as the others counted on, those are
 * let go and asked for anew.
 */
class PagesAhead {
  readonly #read: ReadPage;
  #asked: { readonly offset: number; readonly page: Promise<Page> }[] = [];

  constructor(read: ReadPage) {
    this.#read = read;
  }

  /** The page at this offset. */
  take(offset: number): Promise<Page> {
    const first = this.#asked.shift();
    if (first?.offset === offset) return first.page;
    this.#asked = [];
    return this.#read(offset, PAGE_LIMIT);
  }

  /** @param step how many the last page gave */
  ask(from: number, step: number, total: number): void {
    const last = this.#asked.at(-1);
    let offset = last === undefined ? from : last.offset + step;
    for (; this.#asked.length < AHEAD && offset < total; offset += step) {
      const page = this.#read(offset, PAGE_LIMIT);
      page.catch(() => {}); // told where it is taken
      this.#asked.push({ offset, page });
    }
  }
}

/** @throws MxtError `incomplete` where a list gives more for as long as it is asked, be it one item a page */
export function assertEnds(what: string, found: number, pages: number): void {
  if (found <= MOST_ITEMS && pages <= MOST_PAGES) return;
  throw new MxtError(
    'incomplete',
    `the list of ${what} does not end: ${found} were read from ${pages} pages`,
    { hint: 'Nothing was done. Is MP_API_URL the service?' },
  );
}

function isComplete({ byId, totals }: Reading): boolean {
  return totals.every((total) => total === byId.size);
}

function countsTooFew({ byId, totals }: Reading): boolean {
  return totals.every((total) => total <= byId.size);
}

function sameIds(a: Reading, b: Reading): boolean {
  return a.byId.size === b.byId.size && [...a.byId.keys()].every((id) => b.byId.has(id));
}

function words({ byId, totals }: Reading): string {
  return `${byId.size} found of ${[...new Set(totals)].join(', then ')}`;
}

async function pause(clock: Clock, ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await clock.sleep(ms, signal);
  } catch (reason) {
    throw signal?.aborted ? interrupted() : reason;
  }
}
