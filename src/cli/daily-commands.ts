import { Argument, type Command, Option } from 'commander';
import type { Shell } from '../commands/completion/completion-scripts.ts';
import type { DoctorFlags } from '../commands/doctor.ts';
import type { HistoryFlags } from '../commands/history.ts';
import type { HoldFlags } from '../commands/hold/run-hold.ts';
import type { PauseFlags } from '../commands/pause.ts';
import type { ReleaseFlags } from '../commands/release.ts';
import type { RunFlags } from '../commands/run.ts';
import type { StatusFlags } from '../commands/status.ts';
import type { Io } from '../terminal/io.ts';
import { common, example, format, live, service, wholeNumber } from './cli-options.ts';

export type Done = (result: Promise<number> | number) => Promise<void>;

/** The daily commands around a running system. */
export function runningCommands(program: Command, io: Io, done: Done): void {
  live(program.command('status'), ['text', 'json', 'markdown'])
    .description('show how every managed trigger stands: in sync, healthy, last and next run')
    .option('--exit-code', 'exit with 2 where something is out of sync, with 1 where it is blocked')
    .addHelpText('after', example('mxt status', 'mxt status --exit-code --format markdown'))
    .action(async (flags: StatusFlags) =>
      done((await import('../commands/status.ts')).statusCommand(flags, io)),
    );

  single(program.command('run'))
    .description('run a trigger now, whatever its schedule says; it is never sent twice')
    .argument('<name>', 'the name in its manifest')
    .option('--wait', 'follow it to its end, and exit by its outcome')
    .addOption(
      new Option('--timeout <time>', 'how long to follow it, with or without --wait: 90s, 30m, 2h')
        .default('1h')
        .implies({ wait: true }),
    )
    .addHelpText(
      'after',
      example('mxt run nightly-products', 'mxt run nightly-products --wait --timeout 30m'),
    )
    .action(async (name: string, flags: RunFlags) =>
      done((await import('../commands/run.ts')).runCommand(name, flags, io)),
    );

  single(program.command('history'))
    .description("show a trigger's latest runs")
    .argument('<name>', 'the name in its manifest')
    .option('--limit <n>', 'how many', wholeNumber(1), 20)
    .option('--all', 'all that the service remembers')
    .addHelpText('after', example('mxt history nightly-products', 'mxt history nightly-products --limit 100'))
    .action(async (name: string, flags: HistoryFlags) =>
      done((await import('../commands/history.ts')).historyCommand(name, flags, io)),
    );

  live(program.command('pause'))
    .description('pause a trigger now, and write down who holds it, why and until when')
    .argument('[name]', 'the name in its manifest')
    .requiredOption('--reason <text>', 'why, for whoever finds it paused')
    .option('--until <time>', 'when the next apply lifts it: 2h, 3d, or a time as ISO 8601')
    .addOption(all('every trigger that is ours: the kill switch'))
    .option('-y, --yes', 'do not ask')
    .addHelpText(
      'after',
      example(
        'mxt pause nightly-products --reason "costs too much" --until 2h',
        'mxt pause --all --reason "runaway spend" --yes',
      ),
    )
    .action(async (name: string | undefined, flags: PauseFlags) =>
      done((await import('../commands/pause.ts')).pauseCommand(name, flags, io)),
    );

  live(program.command('resume'))
    .description('take a hold off, and give the trigger the status that it had')
    .argument('[name]', 'the name in its manifest')
    .addOption(all('every trigger that is held'))
    .option('-y, --yes', 'do not ask')
    .addHelpText('after', example('mxt resume nightly-products', 'mxt resume --all --yes'))
    .action(async (name: string | undefined, flags: HoldFlags) =>
      done((await import('../commands/resume.ts')).resumeCommand(name, flags, io)),
    );

  service(common(program.command('release')))
    .description('take our label off one trigger, a copy made in the console say: nobody manages it then')
    .argument('<id>', 'its id: copies share a name')
    .option('-y, --yes', 'do not ask')
    .addHelpText('after', example('mxt release trg_abc123'))
    .action(async (id: string, flags: ReleaseFlags) =>
      done((await import('../commands/release.ts')).releaseCommand(id, flags, io)),
    );

  single(program.command('doctor'))
    .description('check the set-up: Node, files, key, service, clock, limits, permission')
    .addHelpText('after', example('mxt doctor', 'mxt doctor --env production --format json'))
    .action(async (flags: DoctorFlags) =>
      done((await import('../commands/doctor.ts')).doctorCommand(flags, io)),
    );

  program
    .command('completion')
    .description('print a script that completes commands, flags and names in a shell')
    .addArgument(new Argument('<shell>', 'which one').choices(['bash', 'zsh', 'fish']))
    .addHelpText('after', example('eval "$(mxt completion bash)"', 'mxt completion fish | source'))
    .action(async (shell: Shell) =>
      done((await import('../commands/completion.ts')).completionCommand(shell, io)),
    );

  program
    .command('__complete', { hidden: true })
    .argument('[words...]')
    .helpOption(false)
    .action(async (words: string[]) =>
      done((await import('../commands/completion.ts')).completeCommand(program, words, io)),
    );
}

/** Commands that are not about a choice of triggers. */
function single(command: Command): Command {
  return service(common(command).addOption(format()));
}

function all(description: string): Option {
  return new Option('--all', description);
}
