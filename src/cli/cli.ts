import { dirname, resolve } from 'node:path';
import { Command, CommanderError, Option } from 'commander';
import type { ApplyFlags } from '../commands/apply.ts';
import type { CommentFlags } from '../commands/comment.ts';
import type { DryRunFlags } from '../commands/dry-run.ts';
import type { EnvironmentsFlags } from '../commands/environments.ts';
import type { InitFlags } from '../commands/init.ts';
import type { SandboxFlags } from '../commands/sandbox.ts';
import type { SchemaName } from '../commands/schema.ts';
import type { ValidateFlags } from '../commands/validate.ts';
import type { PlanCommandFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';
import { masked } from '../terminal/mask.ts';
import { authoringCommands } from './authoring-commands.ts';
import { common, example, format, names, PLAN_FORMATS, planning, wholeNumber } from './cli-options.ts';
import { runningCommands } from './daily-commands.ts';
import { scheduleCommands } from './schedule-commands.ts';

/** Runs one command line. Commands are loaded when they are chosen, so that none pays for another's packages. */
export async function runCli(argv: readonly string[], world: Io): Promise<number> {
  const io = masked(world);
  let code = 0;
  const done = async (result: Promise<number> | number) => {
    code = await result;
  };
  let root = io.cwd;
  const program = build(io, done).hook('preAction', (_, chosen) => {
    root = dirname(resolve(io.cwd, chosen.opts<{ config?: string }>().config ?? 'mxt.yaml'));
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    // commander has said what is wrong, or printed the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 1;
    const { reportError } = await import('../terminal/report-error.ts');
    return reportError(
      error,
      io,
      !argv.includes('--no-color'),
      argv.includes('-v') || argv.includes('--verbose'),
      root,
    );
  }
}

function build(io: Io, done: (result: Promise<number> | number) => Promise<void>): Command {
  const program = new Command('mxt')
    .description('Keeps the triggers of a Mixpeek namespace equal to YAML manifests in Git.')
    .version(MXT_VERSION, '-V, --version')
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.out(text), writeErr: (text) => io.err(text) })
    .showHelpAfterError('(mxt --help lists the commands)')
    .addHelpText('after', example('mxt plan --sandbox', 'mxt apply --yes'));

  common(program.command('validate'))
    .description('check manifests and configuration, offline')
    .argument('[paths...]', 'files or folders to check instead of those in mxt.yaml')
    .addOption(format())
    .addHelpText('after', example('mxt validate', 'mxt validate manifests/nightly-products.yaml'))
    .action(async (paths: string[], flags: ValidateFlags) =>
      done((await import('../commands/validate.ts')).validateCommand(paths, flags, io)),
    );

  common(program.command('environments'))
    .description('list the environments of mxt.yaml, as JSON a matrix for GitHub Actions')
    .option('--changed-since <rev>', 'only those in which something changed since this revision')
    .addOption(format())
    .addHelpText(
      'after',
      example('mxt environments', 'mxt environments --changed-since origin/main --format json'),
    )
    .action(async (flags: EnvironmentsFlags) =>
      done((await import('../commands/environments.ts')).environmentsCommand(flags, io)),
    );

  planning(program.command('plan'), PLAN_FORMATS)
    .description('show what apply would do')
    .option('--out <file>', 'save the plan')
    .option('--out-json <file>', 'write the plan as JSON too: the same as --out')
    .option('--out-markdown <file>', 'write the plan as Markdown too')
    .option('--out-html <file>', 'write the plan as a page too')
    .option('--base <rev>', 'mark what the manifests of this revision would bring as well')
    .option('--all-environments', 'plan each environment of mxt.yaml, and exit with the worst code')
    .option('--detailed-exitcode', 'exit with 2 where changes are pending')
    .addHelpText(
      'after',
      example('mxt plan', 'mxt plan --out plan.json --detailed-exitcode', 'mxt plan --base origin/main'),
    )
    .action(async (flags: PlanCommandFlags) =>
      done((await import('../commands/plan.ts')).planCommand(flags, io)),
    );

  planning(program.command('apply'))
    .description('make live equal to the manifests')
    .argument('[plan]', 'a saved plan: apply only if it is still what would be done')
    .option('-y, --yes', 'do not ask')
    .option('--expect-digest <digest>', 'apply only the plan with this digest')
    .option('--allow-older', 'let an older commit undo a newer one')
    .option('--out-json <file>', 'write the result as JSON too')
    .option('--reviewed', 'apply what was planned in merged pull requests (see docs/reviewed-apply.md)')
    .addOption(
      new Option(
        '--on-mismatch <what>',
        'with --reviewed, where something was not: stop before deletes, replacements and takeovers; stop; go on (default: safe)',
      ).choices(['safe', 'fail', 'apply']),
    )
    .addHelpText(
      'after',
      example('mxt apply', 'mxt apply plan.json --yes', 'mxt apply --reviewed --yes --out-json result.json'),
    )
    .action(async (saved: string | undefined, flags: ApplyFlags) =>
      done((await import('../commands/apply.ts')).applyCommand(saved, flags, io)),
    );

  common(program.command('comment'))
    .description("put a saved plan, or apply's result, on a pull request")
    .requiredOption('--plan <file>', 'the plan that mxt plan --out saved')
    .option('--pr <number>', 'the pull request; else the one of GITHUB_EVENT_PATH', wholeNumber(1))
    .option('--check', 'put the plan on record as a check run, for apply --reviewed')
    .addOption(
      new Option('--result <file>', 'what mxt apply --out-json wrote, instead of the plan').conflicts(
        'check',
      ),
    )
    .addHelpText(
      'after',
      example(
        'mxt comment --plan plan.json --check',
        'mxt comment --plan plan.json --pr 7',
        'mxt comment --plan plan.json --result result.json',
      ),
    )
    .action(async (flags: CommentFlags) =>
      done((await import('../commands/comment.ts')).commentCommand(flags, io)),
    );

  planning(program.command('dry-run'))
    .description('print every request that apply would send, in order')
    .option('--curl', 'as shell commands instead of JSON')
    .option('--live <file>', 'live state from a file instead of the service: no network, no key')
    .addHelpText('after', example('mxt dry-run --curl', 'mxt dry-run --live live.json'))
    .action(async (flags: DryRunFlags) =>
      done((await import('../commands/dry-run.ts')).dryRunCommand(flags, io)),
    );

  runningCommands(program, io, done);
  authoringCommands(program, io, done);
  scheduleCommands(program, io, done);

  common(program.command('init'))
    .description('start a repository: mxt.yaml, a manifest to begin with, workflows for GitHub')
    .option('--owner <owner>', 'whose triggers these are: an organisation and a repository, say')
    .addOption(names('--environment <name=namespace>', 'an environment and its namespace (repeatable)'))
    .option('--export', 'write manifests that adopt the triggers that nobody manages')
    .option('--github', 'write .github/workflows that plan, apply and look for drift')
    .option('--action <action>', 'where they find the action: owner/repository@commit')
    .option('--force', 'replace workflows that were changed')
    .option('-y, --yes', 'do not ask')
    .addHelpText(
      'after',
      example(
        'mxt init',
        'mxt init --github --owner acme/search --environment staging=ns_1 --environment production=ns_2 --yes',
      ),
    )
    .action(async (flags: InitFlags) => done((await import('../commands/init.ts')).initCommand(flags, io)));

  common(program.command('schema'))
    .description('print a JSON Schema: of manifests, of mxt.yaml, or of what a command prints as JSON')
    .addOption(
      new Option('--of <what>', 'which one')
        .choices(['trigger', 'config', 'plan', 'status', 'schedule', 'simulation'])
        .default('trigger'),
    )
    .addHelpText('after', example('mxt schema > trigger.schema.json'))
    .action(async ({ of }: { of: SchemaName }) =>
      done((await import('../commands/schema.ts')).schemaCommand(of, io)),
    );

  common(program.command('sandbox'))
    .description('serve the local stand-in for the service')
    .option('--port <port>', 'on 127.0.0.1; 0 takes a free one', wholeNumber(0, 65_535), 8787)
    .option('--memory', 'keep nothing on disk')
    .option('--rate-limit <requests>', 'limit a key to so many requests a minute', wholeNumber(1))
    .addHelpText('after', example('mxt sandbox --port 8787'))
    .action(async (flags: SandboxFlags) =>
      done((await import('../commands/sandbox.ts')).sandboxCommand(flags, io)),
    );
  for (const one of program.commands) one.showHelpAfterError(`(mxt ${one.name()} --help says more)`);
  return program;
}
