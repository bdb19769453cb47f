import type { Command } from 'commander';
import type { ScheduleFlags } from '../commands/schedule.ts';
import type { SimulateFlags } from '../commands/simulate.ts';
import type { Io } from '../terminal/io.ts';
import { example, live, names, planning, wholeNumber } from './cli-options.ts';
import type { Done } from './daily-commands.ts';

/** Commands that look ahead. */
export function scheduleCommands(program: Command, io: Io, done: Done): void {
  live(program.command('schedule'), ['text', 'json', 'ics', 'html'])
    .description('show what runs in the coming days, by the manifests: no key, no network')
    .option('--live', 'by the live triggers that are ours instead, listed once')
    .option('--all-triggers', "by all live triggers, nobody's and others' too")
    .option('--history', 'with --live: ask each trigger how long its runs take, to see which would collide')
    .option('--days <n>', 'how many days', wholeNumber(1, 366), 7)
    .option('--from <time>', 'where they begin: 2026-12-01, 2026-12-01T02:00, 12h (default: now)')
    .option('--tz <zone>', 'by whose clocks times are shown', 'UTC')
    .option('--limit <n>', 'with text: how many runs are listed', wholeNumber(0), 40)
    .option('--out <file>', 'a file instead of stdout')
    .addHelpText(
      'after',
      example(
        'mxt schedule --days 3 --tz Europe/Berlin',
        'mxt schedule --live --history --format html --out schedule.html',
        'mxt schedule --env production --days 30 --format ics --out schedule.ics',
      ),
    )
    .action(async (flags: ScheduleFlags) =>
      done((await import('../commands/schedule.ts')).scheduleCommand(flags, io)),
    );

  planning(program.command('simulate'), ['text', 'json', 'html'])
    .description('let what is live run for some days with the plan applied to a copy of it: nothing is sent')
    .option('--live <file>', 'live state from a file of mxt export --raw: no network, no key')
    .option('--days <n>', 'how many days', wholeNumber(1, 366), 7)
    .option('--tz <zone>', 'by whose clocks times are shown', 'UTC')
    .addOption(names('--fail <name>', 'let the runs of this trigger fail (repeatable)'))
    .addOption(
      names('--event <type=n>', 'so many events of a type every hour: documents_added=50 (repeatable)'),
    )
    .addOption(names('--metric <name=value>', 'what is measured every hour: cosine_drift=0.2 (repeatable)'))
    .option(
      '--limit <n>',
      'stop after so many runs, before and after the plan together',
      wholeNumber(2, 5_000_000),
      500_000,
    )
    .option('--out <file>', 'a file instead of stdout')
    .addHelpText(
      'after',
      example(
        'mxt simulate',
        'mxt simulate --days 30 --live live.json --format html --out simulation.html',
        'mxt simulate --event documents_added=50 --fail nightly-products',
      ),
    )
    .action(async (flags: SimulateFlags) =>
      done((await import('../commands/simulate.ts')).simulateCommand(flags, io)),
    );
}
