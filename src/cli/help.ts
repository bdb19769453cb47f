import { Command } from 'commander';
import { example } from './cli-options.ts';

/** Commands by what a person wants, in the order in which one comes to need them. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  'Begin:': ['init', 'doctor', 'export', 'sandbox'],
  'Write manifests:': ['validate', 'fmt', 'pull', 'compare'],
  'Change what is live:': ['plan', 'apply', 'dry-run', 'simulate'],
  'See what runs:': ['status', 'show', 'history', 'schedule'],
  'Step in by hand:': ['run', 'pause', 'resume', 'release'],
  'In CI and in your tools:': ['comment', 'environments', 'schema', 'completion', 'help'],
};

const VARIABLES = [
  ['MP_API_KEY', 'the key for the service: never a flag, never in a file'],
  ['MP_NAMESPACE', 'the namespace, where mxt.yaml defines no environments'],
  ['MP_API_URL', 'the address of the service (default: https://api.mixpeek.com)'],
  ['MXT_ENV', 'the environment, as --env'],
  ['MXT_SECRET_NAME', 'the value of ${{ secrets.NAME }}'],
  ['HTTPS_PROXY, NO_PROXY', 'the way to the service, as curl reads them'],
  ['NO_COLOR, CI', 'no colours; no questions and no progress bar'],
] as const;

/** The help of the program: a line a command, the environment's variables, where the manual is. */
export function groupedHelp(program: Command): void {
  const groups = Object.entries(GROUPS);
  const order = groups.flatMap(([, names]) => names);
  const help = new Command('help').argument('[command]').description('say more about a command');
  for (const command of [...program.commands, help]) {
    command.helpGroup(groups.find(([, names]) => names.includes(command.name()))?.[0] ?? 'Other:');
  }
  // Groups come in the order in which commander knows the commands.
  const place = (command: Command) => (order.indexOf(command.name()) + order.length + 1) % (order.length + 1);
  (program.commands as Command[]).sort((a, b) => place(a) - place(b));
  program
    .addHelpCommand(help)
    // Arguments and flags are told by each command's own help.
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .addHelpText('after', environmentHelp())
    .addHelpText('after', example('mxt plan --sandbox', 'mxt apply --yes', 'mxt help apply'))
    .addHelpText('after', `\nManual: ${MXT_HOMEPAGE}`);
}

function environmentHelp(): string {
  const width = Math.max(...VARIABLES.map(([name]) => name.length));
  return `\nEnvironment:\n${VARIABLES.map(([name, what]) => `  ${name.padEnd(width)}  ${what}`).join('\n')}`;
}
