import { Argument, type Command, Option } from 'commander';
import type { Io } from '../terminal/io.ts';
import {
  allEnvironments,
  common,
  example,
  format,
  live,
  PLAN_FORMATS,
  type RunCommand,
  service,
  wholeNumber,
} from './cli-options.ts';
import { COMMANDS } from './commands.ts';

/** The daily work with triggers that are live. */
export function operatingCommands(program: Command, run: RunCommand): void {
  allEnvironments(live(program.command('status'), ['text', 'json', 'markdown']))
    .summary('show each managed trigger: in sync, healthy, last and next run')
    .description('show the state of every managed trigger: in sync, healthy, last and next run')
    .option('--unhealthy', 'only what failed, is overdue, or is held')
    .option('--out-of-sync', 'only what differs from its manifest')
    .addOption(
      new Option('--sort <by>', 'by name, or the next run first').choices(['name', 'next']).default('name'),
    )
    .option(
      '--exit-code',
      'exit with 2 where something is out of sync, else with 3 where it failed, is overdue or past the end of its hold; with 1 where it is blocked',
    )
    .addHelpText(
      'after',
      example('mxt status', 'mxt status --unhealthy', 'mxt status --exit-code --format markdown'),
    )
    .action(run(COMMANDS.status));

  allEnvironments(service(common(program.command('show')).addOption(format(PLAN_FORMATS))))
    .summary('show one trigger whole, or a saved plan again')
    .description('show one trigger whole (manifest, live, label, runs), or a saved plan again')
    .argument('<name>', 'the name in its manifest; or a file of mxt plan --out')
    .addHelpText(
      'after',
      example(
        'mxt show nightly-products',
        'mxt show plan.json --format markdown',
        'mxt show nightly-products --all-environments',
      ),
    )
    .action(run(COMMANDS.show));

  single(program.command('run'))
    .summary('run a trigger now; the request is never repeated')
    .description('run a trigger now, whatever its schedule says; the request is never repeated')
    .argument('<name>', 'the name in its manifest')
    .option('--wait', 'wait for it to end, and exit by its outcome')
    .addOption(
      new Option('--timeout <time>', 'how long to wait, with or without --wait: 90s, 30m, 2h')
        .default('1h')
        .implies({ wait: true }),
    )
    .addHelpText(
      'after',
      example('mxt run nightly-products', 'mxt run nightly-products --wait --timeout 30m'),
    )
    .action(run(COMMANDS.run));

  single(program.command('history'))
    .description("show a trigger's latest runs")
    .argument('<name>', 'the name in its manifest')
    .option('--limit <n>', 'how many', wholeNumber(1), 20)
    .addOption(all('all that the service has kept').conflicts('limit'))
    .addHelpText('after', example('mxt history nightly-products', 'mxt history nightly-products --limit 100'))
    .action(run(COMMANDS.history));

  live(program.command('pause'))
    .summary('pause a trigger now, and record who holds it, why, until when')
    .description('pause a trigger now, and record who holds it, why and until when')
    .argument('[name]', 'the name in its manifest')
    .requiredOption('--reason <text>', 'why, for whoever finds it paused')
    .option(
      '--until <time>',
      'when the next apply lifts it: 2h, 3d, or a time as ISO 8601 (without a zone: in that of the trigger, else of this machine)',
    )
    .option('--by <who>', 'who holds it (default: your name in Git, or on this machine)')
    .option('--take-over', 'replace a hold that is in force')
    .addOption(all('every trigger of this owner: the kill switch; holds of others stay'))
    .option('-y, --yes', 'do not ask')
    .addHelpText(
      'after',
      example(
        'mxt pause nightly-products --reason "costs too much" --until 2h',
        'mxt pause --all --reason "runaway spend" --yes',
      ),
    )
    .action(run(COMMANDS.pause));

  live(program.command('resume'))
    .summary('lift a hold, and restore the status of before')
    .description('lift a hold, and restore the status that the trigger had before')
    .argument('[name]', 'the name in its manifest')
    .addOption(all('every trigger that is held'))
    .option('-y, --yes', 'do not ask')
    .addHelpText('after', example('mxt resume nightly-products', 'mxt resume --all --yes'))
    .action(run(COMMANDS.resume));

  service(common(program.command('release')))
    .summary('take the ownership label off one trigger')
    .description(
      'take the ownership label off one trigger, such as a copy made in the console; then nobody manages it',
    )
    .argument('<id>', 'its id: copies share a name')
    .option('-y, --yes', 'do not ask')
    .addHelpText('after', example('mxt release trg_abc123'))
    .action(run(COMMANDS.release));

  allEnvironments(single(program.command('doctor')))
    .summary('check the set-up: files, key, service, clock, permissions')
    .description('check the set-up: Node, files, secrets, key, service, clock, scheduler, rates, permissions')
    .addHelpText('after', example('mxt doctor', 'mxt doctor --env production --format json'))
    .action(run(COMMANDS.doctor));

  program
    .command('completion')
    .summary('print a script that completes commands, flags and names')
    .description('print a script that completes commands, flags and names in a shell')
    .addArgument(new Argument('<shell>', 'which one').choices(['bash', 'zsh', 'fish']))
    .addHelpText('after', example('eval "$(mxt completion bash)"', 'mxt completion fish | source'))
    .action(run(COMMANDS.completion));

  program
    .command('__complete', { hidden: true })
    .argument('[words...]')
    .helpOption(false)
    .action(
      run(async () => {
        const { completeCommand } = await import('../commands/completion.ts');
        return (words: string[], _flags: object, io: Io) => completeCommand(program, words, io);
      }),
    );
}

/** Commands without --only and --except. */
function single(command: Command): Command {
  return service(common(command).addOption(format()));
}

function all(description: string): Option {
  return new Option('--all', description);
}
