import type { Command } from 'commander';
import {
  allEnvironments,
  example,
  live,
  names,
  planning,
  type RunCommand,
  wholeNumber,
} from './cli-options.ts';
import { COMMANDS } from './commands.ts';

/** Commands that look ahead in time. */
export function scheduleCommands(program: Command, run: RunCommand): void {
  allEnvironments(live(program.command('schedule'), ['text', 'json', 'ics', 'html']))
    .summary('show what runs in the coming days, offline or live')
    .description('show what runs in the coming days, by the manifests: no key, no network')
    .option('--live', 'by the live triggers of this owner instead, listed once')
    .option('--all-triggers', 'by all live triggers, those of nobody and of other owners too')
    .option(
      '--history',
      'with --live: read how long the runs of each trigger take, to see which would collide',
    )
    .option('--days <n>', 'how many days', wholeNumber(1, 366), 7)
    .option(
      '--from <time>',
      'when they begin: 2026-12-01, 2026-12-01T02:00 (in the zone of --tz, else of this machine), 2026-12-01T02:00Z, 12h (default: now)',
    )
    .option('--tz <zone>', 'the time zone in which times are shown (default: UTC)')
    .option('--limit <n>', 'with text: how many runs are listed', wholeNumber(0), 40)
    .option('--out <file>', 'write to a file instead of stdout')
    .addHelpText(
      'after',
      example(
        'mxt schedule --days 3 --tz Europe/Berlin',
        'mxt schedule --live --history --format html --out schedule.html',
        'mxt schedule --env production --days 30 --format ics --out schedule.ics',
      ),
    )
    .action(run(COMMANDS.schedule));

  planning(program.command('simulate'), ['text', 'json', 'html'])
    .summary('show what a plan would run in the coming days: nothing is sent')
    .description('apply the plan to a copy of what is live, and run it for some days: nothing is sent')
    .option('--live <file>', 'live state from a file of mxt export --raw: no network, no key')
    .option('--days <n>', 'how many days', wholeNumber(1, 366), 7)
    .option('--tz <zone>', 'the time zone in which times are shown (default: UTC)')
    .addOption(names('--fail <name>', 'let the runs of this trigger fail (repeatable)'))
    .addOption(
      names(
        '--event <type=n>',
        'this many events of a type every hour: documents_added=50, or documents_added@col_1=50 of one collection (repeatable)',
      ),
    )
    .addOption(names('--metric <name=value>', 'what is measured every hour: cosine_drift=0.2 (repeatable)'))
    .option(
      '--limit <n>',
      'stop after this many runs, before and after the plan together',
      wholeNumber(2, 5_000_000),
      500_000,
    )
    .option('--out <file>', 'write to a file instead of stdout')
    .addHelpText(
      'after',
      example(
        'mxt simulate',
        'mxt simulate --days 30 --live live.json --format html --out simulation.html',
        'mxt simulate --event documents_added=50 --fail nightly-products',
      ),
    )
    .action(run(COMMANDS.simulate));
}
