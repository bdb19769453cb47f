import { type Command, Option } from 'commander';
import type { ExportFlags } from '../commands/export.ts';
import type { FmtFlags } from '../commands/fmt.ts';
import type { PullFlags } from '../commands/pull.ts';
import type { Io } from '../terminal/io.ts';
import { common, example, names, service } from './cli-options.ts';
import type { Done } from './daily-commands.ts';

/** Commands that write manifests. */
export function authoringCommands(program: Command, io: Io, done: Done): void {
  common(program.command('fmt'))
    .description('put manifests into canonical form: keys in order, comments kept')
    .argument('[paths...]', 'files or folders instead of those in mxt.yaml')
    .option('--check', 'write nothing: show what is not formatted, and exit with 1 where something is not')
    .addHelpText('after', example('mxt fmt', 'mxt fmt --check manifests/nightly-products.yaml'))
    .action(async (paths: string[], flags: FmtFlags) =>
      done((await import('../commands/fmt.ts')).fmtCommand(paths, flags, io)),
    );

  service(common(program.command('export')))
    .description('write manifests for live triggers that nobody manages, which adopt them as they are')
    .option('--single-file <file>', 'all of them in one file; - prints them')
    .addOption(
      names('--only <id>', 'this trigger alone, by its id or the name that it would get (repeatable)'),
    )
    .addOption(names('--except <id>', 'all but this trigger (repeatable)'))
    .addOption(
      new Option('--raw', 'live state as JSON instead, for mxt dry-run --live').conflicts('singleFile'),
    )
    .option('--out <file>', 'with --raw: a file instead of stdout')
    .addHelpText(
      'after',
      example(
        'mxt export',
        'mxt export --env production --single-file manifests/found.yaml',
        'mxt export --raw --out live.json',
      ),
    )
    .action(async (flags: ExportFlags) =>
      done((await import('../commands/export.ts')).exportCommand(flags, io)),
    );

  service(common(program.command('pull')))
    .description('accept drift: write live values into manifests, keeping comments and references')
    .argument('<names...>', 'the names in the manifests')
    .option('--dry-run', 'show what would be written, and write nothing')
    .addHelpText('after', example('mxt pull nightly-products', 'mxt pull nightly-products --dry-run'))
    .action(async (wanted: string[], flags: PullFlags) =>
      done((await import('../commands/pull.ts')).pullCommand(wanted, flags, io)),
    );
}
