import { type Command, Option } from 'commander';
import { SCHEMA_KINDS } from '../schema/schema-kinds.ts';
import { common, example, names, type RunCommand } from './cli-options.ts';
import { COMMANDS } from './commands.ts';
import { sandboxCommand } from './sandbox-command.ts';

/** To begin with, and to try things out. */
export function setUpCommands(program: Command, run: RunCommand): void {
  common(program.command('init'), { env: false, quiet: null })
    .summary('set up a repository: mxt.yaml, a first manifest, workflows')
    .description('set up a repository: mxt.yaml, a first manifest, workflows for GitHub')
    .option('--owner <owner>', 'who owns the triggers: an organisation and a repository, for example')
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
    .action(run(COMMANDS.init));

  common(program.command('schema'), { env: false, config: false, quiet: null })
    .summary('print a JSON Schema of manifests, of mxt.yaml or of an output')
    .description('print a JSON Schema: of manifests, of mxt.yaml, or of what a command prints as JSON')
    .addOption(new Option('--of <what>', 'which one').choices(SCHEMA_KINDS).default('trigger'))
    .addHelpText('after', example('mxt schema > trigger.schema.json', 'mxt schema --of plan'))
    .action(run(COMMANDS.schema));

  sandboxCommand(program, run);
}
