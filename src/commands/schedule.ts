import { MxtError } from '../errors.ts';
import { printable, printableJson } from '../lib/printable.ts';
import { checkNames, selects } from '../plan/match/selection.ts';
import type { ShownSchedule } from '../render/schedule/schedule-json.ts';
import { headWords, momentWords } from '../render/schedule/upcoming-words.ts';
import { colorsFor } from '../render/text/colors.ts';
import type { ScheduledTrigger } from '../schedule/upcoming/scheduled-trigger.ts';
import { scheduledFromManifest } from '../schedule/upcoming/scheduled-trigger.ts';
import { type Upcoming, upcomingOf } from '../schedule/upcoming/upcoming.ts';
import { type Repository, readRepository } from '../session/repository.ts';
import { colored } from '../terminal/colored.ts';
import { writeText } from '../terminal/files.ts';
import type { LiveFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';
import { type WindowFlags, windowFrom } from './schedule/window.ts';

export interface ScheduleFlags extends LiveFlags, WindowFlags {
  readonly format: 'text' | 'json' | 'ics' | 'html';
  readonly limit: number;
  readonly live?: boolean;
  readonly allTriggers?: boolean;
  readonly history?: boolean;
  readonly out?: string;
}

/** What is known of triggers, and from where. */
interface Found {
  readonly triggers: readonly ScheduledTrigger[];
  /** Null where nothing was asked. */
  readonly namespace: string | null;
  readonly warnings: readonly string[];
}

/** `mxt schedule`: what runs in the coming days, by the manifests alone, or by what is live. Changes nothing. */
export async function scheduleCommand(flags: ScheduleFlags, io: Io): Promise<0> {
  const now = io.now();
  const window = windowFrom(flags, now);
  const found = isLive(flags) ? fromLive : fromManifests;
  const repository = await readRepository(flags, io);
  const { triggers, namespace, warnings } = await found(repository, flags, io);
  const known = new Set(triggers.map(({ name }) => name));
  checkNames('--only', flags.only, known);
  checkNames('--except', flags.except, known);
  const upcoming = upcomingOf(
    triggers.filter(({ name }) => selects(flags, name)),
    window,
    now,
  );
  const shown: ShownSchedule = {
    upcoming,
    owner: repository.config.owner,
    environment: repository.environment?.name ?? null,
    namespace,
    now,
    warnings: [...warnings, ...notes(upcoming)],
  };
  const text = await render(shown, flags, io);
  if (flags.out === undefined) io.out(text);
  else await writeText(io, flags.out, text);
  if (flags.format === 'ics' || flags.format === 'html') {
    for (const one of shown.warnings) io.err(`note: ${printable(one)}\n`);
  }
  return 0;
}

/** What makes sense with live triggers alone asks for them. */
function isLive(flags: ScheduleFlags): boolean {
  const live = flags.live === true || flags.allTriggers === true || flags.sandbox === true;
  if (flags.history && !live) {
    throw new MxtError('usage', '--history goes with --live', {
      hint: 'Manifests have no history; assume.run_minutes in mxt.yaml says how long a run is taken for.',
    });
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
  const [{ createRunReader }, { openService }, { liveScheduledTriggers, withUsualDurations }] =
    await Promise.all([
      import('../api/run-client.ts'),
      import('../session/service.ts'),
      import('./schedule/live-triggers.ts'),
    ]);
  const service = await openService(repository, flags, io);
  const client = createRunReader(service.clientOptions);
  try {
    const live = await client.listTriggers();
    const { config, settings } = repository;
    const minutes = settings.assume.run_minutes;
    const triggers = liveScheduledTriggers(live, config, minutes, flags.allTriggers === true, io.now());
    const warnings: string[] = [];
    const warn = (message: string) => void warnings.push(message);
    return {
      triggers: flags.history ? await withUsualDurations(triggers, client, warn) : triggers,
      namespace: service.namespace,
      warnings,
    };
  } finally {
    await client.close();
    await service.close();
  }
}

function notes(upcoming: Upcoming): string[] {
  const { lookedUntil, zone } = upcoming;
  const until = lookedUntil === null ? null : momentWords(lookedUntil, zone);
  return [
    ...guesses(upcoming),
    ...(until === null ? [] : [`so much runs that collisions are looked for until ${until} only`]),
  ];
}

function guesses({ guessed }: Upcoming): string[] {
  if (guessed.length === 0) return [];
  const names = guessed.length > 3 ? `${guessed.slice(0, 3).join(', ')} and others` : guessed.join(', ');
  return [`when the interval of ${names} began is not known here: it is counted from now`];
}

/** What only some formats need is loaded when one is chosen. */
async function render(shown: ShownSchedule, flags: ScheduleFlags, io: Io): Promise<string> {
  switch (flags.format) {
    case 'text': {
      const { scheduleText } = await import('../render/schedule/schedule-text.ts');
      const colors = colorsFor(flags.out === undefined && colored(flags, io));
      return scheduleText(shown, flags.limit, colors);
    }
    case 'json':
      return `${printableJson((await import('../render/schedule/schedule-json.ts')).scheduleJson(shown))}\n`;
    case 'ics': {
      const { scheduleIcs } = await import('../render/schedule/schedule-ics.ts');
      const { owner, environment, namespace, now } = shown;
      const place = JSON.stringify([owner, environment, namespace]);
      return scheduleIcs(shown.upcoming, { title: headWords(shown)[0], place, now });
    }
    case 'html':
      return (await import('../render/schedule/schedule-html.ts')).scheduleHtml(shown);
    default:
      throw flags.format satisfies never;
  }
}
