import { usageError } from '../errors.ts';
import { optimiseAsUsual } from '../lib/optimising.ts';
import { checkSelection, type Selectable, selectorOf } from '../plan/match/selection.ts';
import type { ShownSchedule } from '../render/schedule/schedule-json.ts';
import type { ScheduledTrigger } from '../schedule/upcoming/scheduled-trigger.ts';
import { scheduledFromManifest } from '../schedule/upcoming/scheduled-trigger.ts';
import { type Upcoming, upcomingOf } from '../schedule/upcoming/upcoming.ts';
import { momentWords } from '../schedule/zone/moment-words.ts';
import { inEnvironments, severalOf } from '../session/environments.ts';
import type { Repository } from '../session/repository.ts';
import { taggedManifest } from '../session/tags.ts';
import type { LiveFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';
import { scheduleOutput } from './schedule/show-schedule.ts';
import { fromWords, type WindowFlags, windowFrom } from './schedule/window.ts';

export interface ScheduleFlags extends LiveFlags, WindowFlags {
  readonly format: 'text' | 'json' | 'ics' | 'html';
  readonly limit: number;
  readonly live?: boolean;
  readonly allTriggers?: boolean;
  readonly history?: boolean;
  readonly out?: string;
  readonly allEnvironments?: boolean;
}

/** Triggers, and where they were read. */
interface Found {
  readonly triggers: readonly ScheduledTrigger[];
  /** Null where the service was not called. */
  readonly namespace: string | null;
  readonly warnings: readonly string[];
}

/** `mxt schedule`: what runs in the coming days, by the manifests alone, or by what is live. Changes nothing. */
export function scheduleCommand(flags: ScheduleFlags, io: Io): Promise<number> {
  const window = windowFrom(flags, io);
  const found = isLive(flags) ? fromLive : fromManifests;
  if ((flags.format === 'ics' || flags.format === 'html') && severalOf(flags, io) !== null) {
    throw usageError(`--format ${flags.format} is of one environment`, 'Choose it with --env.');
  }
  return inEnvironments(flags, io, {
    one: async (read, inOne) => {
      const repository = await read(inOne, io);
      const { triggers, namespace, warnings } = await found(repository, inOne, io);
      const tags = new Map(repository.desired.map((one) => [one.name, one.tags]));
      const tagged = triggers.map((one) => ({
        ...one,
        ...(tags.has(one.name) && { tags: tags.get(one.name) ?? [] }),
      }));
      checkSelection(flags, [...tagged, ...elsewhere(repository, inOne)]);
      optimiseAsUsual();
      const upcoming = upcomingOf(tagged.filter(selectorOf(flags)), window);
      // JSON says it in UTC.
      const begin = flags.format === 'json' ? null : fromWords(flags, window, io);
      return {
        upcoming,
        owner: repository.config.owner,
        environment: repository.environment?.name ?? null,
        namespace,
        warnings: [...(begin === null ? [] : [begin]), ...warnings, ...notes(upcoming)],
      };
    },
    code: () => 0,
    counts: ({ upcoming: { planned } }: ShownSchedule) => [
      [planned.length, 'trigger that runs', 'triggers that run'],
      [planned.reduce((sum, { runs }) => sum + runs, 0), 'run', 'runs'],
    ],
    output: (several) => scheduleOutput(flags, io, several),
  });
}

/** A name of another environment's manifest is no typo. */
function elsewhere({ loaded }: Repository, { allEnvironments }: ScheduleFlags): readonly Selectable[] {
  return allEnvironments ? loaded.manifests.map((one) => taggedManifest(one)) : [];
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
