import { printable } from '../../lib/printable.ts';
import type { ShownSchedule } from '../../render/schedule/schedule-json.ts';
import { headWords } from '../../render/schedule/upcoming-words.ts';
import { colorsFor } from '../../render/text/colors.ts';
import { jsonDocuments, type Output, textDocuments } from '../../terminal/documents.ts';
import { growingFile } from '../../terminal/growing-file.ts';
import type { Io } from '../../terminal/io.ts';
import { colorsOn } from '../../terminal/output.ts';

interface OutputFlags {
  readonly format: 'text' | 'json' | 'ics' | 'html';
  readonly color: boolean;
  readonly out?: string;
  /** Of text: how many runs are listed. */
  readonly limit: number;
}

/** Prints schedules, or writes them to the file of `--out`. @param several whether they are a list in JSON */
export function scheduleOutput(flags: OutputFlags, io: Io, several: boolean): Output<ShownSchedule> {
  const file = flags.out === undefined ? null : growingFile(io, flags.out);
  const write = file?.write ?? (flags.format === 'text' ? io.say : io.out);
  const json = jsonDocuments(several ? 'schedules' : null, write);
  const text = textDocuments((words: string) => words, write);
  return {
    async one(shown) {
      if (flags.format === 'json') {
        json.one((await import('../../render/schedule/schedule-json.ts')).scheduleJson(shown));
        return;
      }
      text.one(await render(shown, flags.format, flags, io));
      if (flags.format === 'text') return;
      for (const one of shown.warnings) io.err(`note: ${printable(one)}\n`);
    },
    end(sum) {
      (flags.format === 'json' ? json : text).end(sum);
      const unwritten = file?.finish() ?? null;
      if (unwritten !== null) throw unwritten;
    },
  };
}

/** A renderer is loaded when its format is chosen. */
async function render(
  shown: ShownSchedule,
  format: Exclude<OutputFlags['format'], 'json'>,
  flags: OutputFlags,
  io: Io,
): Promise<string> {
  switch (format) {
    case 'text': {
      const { scheduleText } = await import('../../render/schedule/schedule-text.ts');
      const colors = flags.out === undefined ? colorsOn(flags, io) : colorsFor(false);
      return scheduleText(shown, flags.limit, colors);
    }
    case 'ics': {
      const { scheduleIcs } = await import('../../render/schedule/schedule-ics.ts');
      const { owner, environment, namespace } = shown;
      const place = JSON.stringify([owner, environment, namespace]);
      return scheduleIcs(shown.upcoming, { title: headWords(shown)[0], place });
    }
    case 'html':
      return (await import('../../render/schedule/schedule-html.ts')).scheduleHtml(shown);
    default:
      throw format satisfies never;
  }
}
