import type { LiveTrigger } from '../domain/trigger.ts';
import { MxtError } from '../errors.ts';
import type { Clock } from './api-clock.ts';
import type { Page } from './check-answers.ts';
import { interrupted } from './interrupt.ts';

/** The most that the service gives at once. */
export const PAGE_LIMIT = 1_000;
const MOST_READS = 5;
const PAUSE_MS = 250;
/** Far beyond any namespace: a list that goes on after that has no end. */
const MOST_ITEMS = 200_000;
const MOST_PAGES = 2_000;

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
  readPage: (offset: number, limit: number) => Promise<Page>,
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

async function readOnce(readPage: (offset: number, limit: number) => Promise<Page>): Promise<Reading> {
  const byId = new Map<string, LiveTrigger>();
  const totals: number[] = [];
  let offset = 0;
  let longest = 0;
  for (;;) {
    const { results, total } = await readPage(offset, PAGE_LIMIT);
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
  }
  return { byId, totals };
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
