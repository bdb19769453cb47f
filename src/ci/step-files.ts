import { randomUUID } from 'node:crypto';
import { appendFileSync, statSync } from 'node:fs';

/** GitHub shows nothing at all of a step whose summary is longer, in bytes. */
export const SUMMARY_LIMIT = 1024 * 1024;

/** Room for the line that says what was left out. */
const NOTE_ROOM = 100;

/**
 * Appends Markdown to a step's summary, which other commands of the step may have written to. Each block is written
 * whole or not at all, since half of one could leave a fold or a fence open: from the first that does not fit, all are
 * left out and counted.
 */
export function appendSummary(path: string, blocks: readonly string[]): void {
  let room = SUMMARY_LIMIT - (statSync(path, { throwIfNoEntry: false })?.size ?? 0);
  let text = '';
  for (const [at, block] of blocks.entries()) {
    const whole = `${block.trimEnd()}\n\n`;
    const last = at === blocks.length - 1;
    if (Buffer.byteLength(whole) > room - (last ? 0 : NOTE_ROOM)) {
      const note = `_Left out: ${blocks.length - at} of ${blocks.length} parts, since a job summary holds at most 1 MiB._\n\n`;
      if (note.length <= room) text += note;
      break;
    }
    text += whole;
    room -= Buffer.byteLength(whole);
  }
  appendFileSync(path, text);
}

/**
 * Sets an output of the step, for `steps.<id>.outputs.<name>`.
 *
 * @param delimiter tests hand in theirs; else random, so that no value can hold it
 */
export function appendOutput(path: string, name: string, value: string, delimiter = randomUUID): void {
  let end = `mxt-${delimiter()}`;
  while (value.includes(end)) end = `mxt-${delimiter()}`;
  appendFileSync(path, `${name}<<${end}\n${value}\n${end}\n`);
}
