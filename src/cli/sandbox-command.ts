import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  API_VERSIONS,
  isVariantName,
  VARIANT_SUMMARIES,
  type VariantName,
} from '../sandbox/variants/names.ts';
import { common, example, type RunCommand, wholeNumber } from './cli-options.ts';
import { COMMANDS } from './commands.ts';

/** Adds `mxt sandbox`. */
export function sandboxCommand(program: Command, run: RunCommand): void {
  common(program.command('sandbox'), { env: false, quiet: null })
    .description('serve the local stand-in for the service')
    .option('--port <port>', 'on 127.0.0.1; 0 takes a free one', wholeNumber(0, 65_535), 8787)
    .option('--memory', 'keep nothing on disk')
    .option('--rate-limit <requests>', 'limit each key to this many requests a minute', wholeNumber(1))
    .addOption(
      new Option('--api <version>', 'behave like this version of the API')
        .choices(API_VERSIONS)
        .default(API_VERSIONS[0]),
    )
    .addOption(
      new Option('--variant <name>', 'behave like a service that differs in this way (repeatable; see below)')
        .argParser(variant)
        .default([], 'none'),
    )
    .addHelpText('after', variants())
    .addHelpText(
      'after',
      example('mxt sandbox --port 8787', 'mxt sandbox --memory --variant merge-schedules'),
    )
    .action(run(COMMANDS.sandbox));
}

function variant(text: string, before: readonly VariantName[]): readonly VariantName[] {
  if (isVariantName(text)) return [...before, text];
  throw new InvalidArgumentError(`It is one of ${Object.keys(VARIANT_SUMMARIES).join(', ')}.`);
}

function variants(): string {
  const lines = Object.entries(VARIANT_SUMMARIES).map(([name, does]) => `  ${name.padEnd(18)} ${does}`);
  return `\nVariants, ways in which the service may differ:\n${lines.join('\n')}`;
}
