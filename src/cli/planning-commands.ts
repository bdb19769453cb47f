import { type Command, Option } from 'commander';
import {
  allEnvironments,
  common,
  example,
  format,
  live,
  PLAN_FORMATS,
  planning,
  type RunCommand,
  wholeNumber,
} from './cli-options.ts';
import { COMMANDS } from './commands.ts';

/** From manifests to live, and what a pull request shows of it. */
export function planningCommands(program: Command, run: RunCommand): void {
  common(program.command('validate'), { quiet: 'nothing but what is wrong' })
    .description('check manifests and configuration, offline')
    .argument('[paths...]', 'files or folders to check instead of those in mxt.yaml')
    .addOption(format(['text', 'json', 'sarif', 'junit']))
    .addHelpText(
      'after',
      example(
        'mxt validate',
        'mxt validate manifests/nightly-products.yaml',
        'mxt validate --format sarif > mxt.sarif',
      ),
    )
    .action(run(COMMANDS.validate));

  common(program.command('environments'), { env: false, quiet: null })
    .summary('list the environments of mxt.yaml')
    .description('list the environments of mxt.yaml; as JSON, a matrix for GitHub Actions')
    .option('--changed-since <rev>', 'only those in which something changed since this revision')
    .option(
      '--jobs <n>',
      'at most this many entries: environments that share a key become one, a,b,c for --env (a GitHub matrix holds 256)',
      wholeNumber(1),
    )
    .addOption(format())
    .addHelpText(
      'after',
      example(
        'mxt environments',
        'mxt environments --changed-since origin/main --format json',
        'mxt environments --jobs 200 --format json',
      ),
    )
    .action(run(COMMANDS.environments));

  live(program.command('compare'), ['text', 'json', 'markdown'], { env: false })
    .summary('show what differs between two environments, offline')
    .description('show what differs between two environments by their manifests, offline')
    .argument('<environment>', 'the first')
    .argument('<other>', 'the second')
    .option('--live', 'compare what is live instead, with one list call each')
    .option('--exit-code', 'exit with 2 where something differs')
    .addHelpText(
      'after',
      example('mxt compare staging production', 'mxt compare staging production --live --only "nightly-*"'),
    )
    .action(run(COMMANDS.compare));

  allEnvironments(planning(program.command('plan'), PLAN_FORMATS))
    .description('show what apply would do')
    .option('--out <file>', 'save the plan')
    .option('--out-json <file>', 'write the plan as JSON too: the same as --out')
    .option('--out-markdown <file>', 'write the plan as Markdown too')
    .option('--out-html <file>', 'write the plan as a web page too')
    .option('--base <rev>', 'mark what the manifests of this revision would change as well')
    .option('--detailed-exitcode', 'exit with 2 where changes are pending')
    .addHelpText(
      'after',
      example('mxt plan', 'mxt plan --out plan.json --detailed-exitcode', 'mxt plan --base origin/main'),
    )
    .action(run(COMMANDS.plan));

  allEnvironments(
    planning(program.command('apply'), undefined, {
      quiet: 'no progress, and with --yes no plan: the outcomes alone',
    }),
    'one after the other until one fails',
  )
    .description('make live equal to the manifests')
    .argument('[plan]', 'a saved plan: apply only if it is still what would be done')
    .option('-y, --yes', 'do not ask')
    .option('--keep-going', 'with several environments: go on with the next where one fails')
    .option('--expect-digest <digest>', 'apply only the plan with this digest')
    .option('--out-json <file>', 'write the result as JSON too')
    .option('--events <file>', 'write a line of JSON as each operation ends')
    .option('--reviewed', 'apply what was planned in merged pull requests (see docs/reviewed-apply.md)')
    .addOption(
      new Option(
        '--on-mismatch <what>',
        'with --reviewed, where something was not reviewed: safe stops before deletes, replacements and takeovers, fail stops, apply goes on (default: safe)',
      ).choices(['safe', 'fail', 'apply']),
    )
    .addHelpText(
      'after',
      example('mxt apply', 'mxt apply plan.json --yes', 'mxt apply --reviewed --yes --out-json result.json'),
    )
    .action(run(COMMANDS.apply));

  common(program.command('comment'), { env: false, quiet: null })
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
    .action(run(COMMANDS.comment));

  planning(program.command('dry-run'), ['json'])
    .description('print every request that apply would send, in order')
    .addOption(new Option('--curl', 'as shell commands instead of JSON').conflicts('format'))
    .option('--live <file>', 'live state from a file instead of the service: no network, no key')
    .addHelpText('after', example('mxt dry-run --curl', 'mxt dry-run --live live.json'))
    .action(run(COMMANDS['dry-run']));
}
