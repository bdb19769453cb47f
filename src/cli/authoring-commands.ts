import { type Command, Option } from 'commander';
import {
  allEnvironments,
  common,
  example,
  names,
  type RunCommand,
  selecting,
  service,
} from './cli-options.ts';
import { COMMANDS } from './commands.ts';

/** Commands that write manifests. */
export function authoringCommands(program: Command, run: RunCommand): void {
  common(program.command('fmt'), { env: false, quiet: 'no summary, and no differences with --check' })
    .summary('put manifests into canonical form, comments kept')
    .description('put manifests into canonical form: keys in order, comments kept')
    .argument('[paths...]', 'files or folders instead of those in mxt.yaml')
    .option('--check', 'write nothing: show what is not formatted, and exit with 1 if anything is not')
    .addHelpText('after', example('mxt fmt', 'mxt fmt --check manifests/nightly-products.yaml'))
    .action(run(COMMANDS.fmt));

  allEnvironments(service(common(program.command('export'))))
    .summary('write manifests that adopt the triggers nobody manages')
    .description('write manifests for live triggers that nobody manages, which adopt them as they are')
    .option(
      '--environments <names>',
      'one manifest, with overlays, for what lives in several of these (staging,production)',
    )
    .option('--single-file <file>', 'all of them in one file; - prints them')
    .addOption(
      names('--only <id>', 'this trigger alone, by its id or the name that it would get (repeatable)'),
    )
    .addOption(names('--except <id>', 'all but this trigger (repeatable)'))
    .addOption(
      new Option('--raw', 'live state as JSON instead, for mxt dry-run --live').conflicts([
        'singleFile',
        'environments',
      ]),
    )
    .option('--out <file>', 'with --raw: write to a file instead of stdout')
    .addHelpText(
      'after',
      example(
        'mxt export',
        'mxt export --env production --single-file manifests/found.yaml',
        'mxt export --environments staging,production',
        'mxt export --raw --out live.json',
      ),
    )
    .action(run(COMMANDS.export));

  selecting(service(common(program.command('pull'))))
    .summary('accept drift: write live values into the manifests')
    .description('accept drift: write live values into manifests, keeping comments and references')
    .argument('[names...]', 'the names in the manifests')
    .option('--drifted', 'all triggers that were changed outside Git since they were last applied')
    .option('--yes', 'with --drifted: write without asking')
    .option('--dry-run', 'show what would be written, and write nothing')
    .addHelpText(
      'after',
      example('mxt pull nightly-products', 'mxt pull --drifted --only tag:nightly --dry-run'),
    )
    .action(run(COMMANDS.pull));
}
