import { usageError } from '../errors.ts';
import { printable, printableJson } from '../lib/printable.ts';
import { checkSelection, selectorOf } from '../plan/match/selection.ts';
import type { ShownSchedule } from '../render/schedule/schedule-json.ts';
import { headWords, momentWords } from '../render/schedule/upcoming-words.ts';
import type { ScheduledTrigger } from '../schedule/upcoming/scheduled-trigger.ts';
import { scheduledFromManifest } from '../schedule/upcoming/scheduled-trigger.ts';
import { type Upcoming, upcomingOf } from '../schedule/upcoming/upcoming.ts';
import { type Repository, readRepository } from '../session/repository.ts';
import type { LiveFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';
import { colorsOn, printOrWrite } from '../terminal/output.ts';
import { fromWords, type WindowFlags, windowFrom } from './schedule/window.ts';

export interface ScheduleFlags extends LiveFlags, WindowFlags {
  readonly format: 'text' | 'json' | 'ics' | 'html';
  readonly limit: number;
  readonly live?: boolean;
  readonly allTriggers?: boolean;
  readonly history?: boolean;
  readonly out?: string;
}

/** Triggers, and where they were read. */
interface Found {
  readonly triggers: readonly ScheduledTrigger[];
  /** Null where the service was not called. */
  readonly namespace: string | null;
  readonly warnings: readonly string[];
}

/** `mxt schedule`: what runs in the coming days, by the manifests alone, or by what is live. Changes nothing. */
export async function scheduleCommand(flags: ScheduleFlags, io: Io): Promise<0> {
  const window = windowFrom(flags, io);
  const found = isLive(flags) ? fromLive : fromManifests;
  const repository = await readRepository(flags, io);
  const { triggers, namespace, warnings } = await found(repository, flags, io);
  const tags = new Map(repository.desired.map((one) => [one.name, one.tags]));
  const tagged = triggers.map((one) => ({
    ...one,
    ...(tags.has(one.name) && { tags: tags.get(one.name) ?? [] }),
  }));
  checkSelection(flags, tagged);
  const upcoming = upcomingOf(tagged.filter(selectorOf(flags)), window);
  // JSON says it in UTC.
  const begin = flags.format === 'json' ? null : fromWords(flags, window, io);
  const shown: ShownSchedule = {
    upcoming,
    owner: repository.config.owner,
    environment: repository.environment?.name ?? null,
    namespace,
    warnings: [...(begin === null ? [] : [begin]), ...warnings, ...notes(upcoming)],
  };
  const text = await render(shown, flags, io);
  await printOrWrite(io, flags.out, text);
  if (flags.format === 'ics' || flags.format === 'html') {
    for (const one of shown.warnings) io.err(`note: ${printable(one)}\n`);
  }
  return 0;
}

/** A flag that only makes sense with live triggers implies --live. */
function isLive(flags: ScheduleFlags): boolean {
  const live = flags.live === true || flags.allTriggers === true || flags.sandbox === true;
  if (flags.history && !live) {
    throw usageError(
      '--history goes with --live',
      'Manifests have no history; assume.run_minutes in mxt.yaml says how long a run is assumed to take.',
    );
  }
  return live;
}

async function fromManifests({ desired, settings }: Repository): Promise<Found> {
  const triggers = desired
    .filter(({ release }) => !release)
    .map((one) => scheduledFromManifest(one, settings.assume.run_minutes));
  return { triggers, namespace: null, warnings: [] };
}

async function fromLive(repository: Repository, flags: ScheduleFlags, io: Io): Promise<Found> {
  const [{ withRunReader }, { liveScheduledTriggers, withUsualDurations }] = await Promise.all([
    import('../session/session.ts'),
    import('./schedule/live-triggers.ts'),
  ]);
  return withRunReader(
    async () => repository,
    flags,
    io,
    async ({ client, target }) => {
      const live = await client.listTriggers();
      const { config, settings } = repository;
      const minutes = settings.assume.run_minutes;
      const all = flags.allTriggers === true;
      const { triggers, notes } = liveScheduledTriggers(live, config, minutes, all, io.now());
      const warnings = [...notes];
      const warn = (message: string) => void warnings.push(message);
      return {
        triggers: flags.history ? await withUsualDurations(triggers, client, warn) : triggers,
        namespace: target.namespace,
        warnings,
      };
    },
  );
}

function notes(upcoming: Upcoming): string[] {
  const { lookedUntil, zone } = upcoming;
  const until = lookedUntil === null ? null : momentWords(lookedUntil, zone);
  return [
    ...guesses(upcoming),
    ...(until === null ? [] : [`there are so many runs that collisions are shown until ${until} only`]),
  ];
}

function guesses({ guessed, from, zone }: Upcoming): string[] {
  if (guessed.length === 0) return [];
  const names = guessed.length > 3 ? `${guessed.slice(0, 3).join(', ')} and others` : guessed.join(', ');
  return [
    `it is not known when the interval of ${names} began: it is counted from ${momentWords(from, zone)}`,
  ];
}

/** A renderer is loaded when its format is chosen. */
async function render(shown: ShownSchedule, flags: ScheduleFlags, io: Io): Promise<string> {
  switch (flags.format) {
    case 'text': {
      const { scheduleText } = await import('../render/schedule/schedule-text.ts');
      const colors = colorsOn({ color: flags.color && flags.out === undefined }, io);
      return scheduleText(shown, flags.limit, colors);
    }
    case 'json':
      return `${printableJson((await import('../render/schedule/schedule-json.ts')).scheduleJson(shown))}\n`;
    case 'ics': {
      const { scheduleIcs } = await import('../render/schedule/schedule-ics.ts');
      const { owner, environment, namespace } = shown;
      const place = JSON.stringify([owner, environment, namespace]);
      return scheduleIcs(shown.upcoming, { title: headWords(shown)[0], place });
    }
    case 'html':
      return (await import('../render/schedule/schedule-html.ts')).scheduleHtml(shown);
    default:
      throw flags.format satisfies never;
  }
}
