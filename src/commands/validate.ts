import { chooseEnvironment } from '../config/environment.ts';
import type { Config, Environment } from '../config/load-config.ts';
import type { Warning } from '../domain/plan.ts';
import type { Problem } from '../domain/problem.ts';
import { InvalidError } from '../errors.ts';
import { printable, printableJson } from '../lib/printable.ts';
import { byPlace } from '../manifest/files/text-file.ts';
import type { Loaded } from '../manifest/load-manifests.ts';
import { resolveManifests } from '../manifest/resolve/resolve-manifests.ts';
import { FORMAT_VERSION } from '../render/plan/plan-json.ts';
import { houseRulesFor } from '../session/house-rules.ts';
import { unusedWarnings } from '../session/planner.ts';
import { type Files, readFiles, scopeOf } from '../session/repository.ts';
import type { CommonFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';

export interface ValidateFlags extends CommonFlags {
  readonly format: 'text' | 'json';
}

/**
 * `mxt validate [PATH…]`: manifests and configuration, offline. Every problem of every file in one run, as it is in
 * each environment, or in the one that was chosen.
 */
export async function validateCommand(
  paths: readonly string[],
  flags: ValidateFlags,
  io: Io,
): Promise<number> {
  const read = await readFiles(flags, io, paths);
  const resolved = await resolveAll(read, paths.length > 0, flags, io);
  const problems = [...read.problems, ...resolved.problems];
  if (read.config !== null) problems.sort(byPlace); // else its own come first
  const { warnings } = resolved;
  const { files } = read.loaded;
  const manifests = read.loaded.manifests.length;
  if (flags.format === 'json') {
    const valid = problems.length === 0;
    io.out(
      `${printableJson({ format_version: FORMAT_VERSION, valid, manifests, files, problems, warnings })}\n`,
    );
    return valid ? 0 : 1;
  }
  if (problems.length > 0) throw new InvalidError(problems);
  for (const { code, name, message } of warnings) {
    const about = name === null ? '' : `${printable(name)}: `;
    io.err(`warning (${code}): ${about}${printable(message)}\n`);
  }
  const words = `${count(manifests, 'manifest')} in ${count(files, 'file')}`;
  io.out(`${words}: ${manifests === 1 ? 'valid' : 'all valid'}${inWhich(resolved.environments)}.\n`);
  return 0;
}

interface ResolvedAll {
  readonly problems: readonly Problem[];
  readonly warnings: readonly Warning[];
  readonly environments: readonly Environment[];
}

/**
 * Names of resources are believed: nothing is called.
 *
 * @param some whether files were named one by one, which are not all that there is
 */
async function resolveAll(
  { config, loaded }: Files,
  some: boolean,
  flags: ValidateFlags,
  io: Io,
): Promise<ResolvedAll> {
  if (config === null) return { problems: [], warnings: [], environments: [] };
  const choosing = flags.env !== undefined || (io.env['MXT_ENV'] ?? '') !== '';
  const environments =
    choosing || config.environments.length === 0
      ? [chooseEnvironment(config, flags.env, io.env)]
      : config.environments;
  const problems = new Map<string, Problem>();
  const warnings = new Map<string, Warning>();
  for (const environment of environments) {
    const found = await resolveOne(config, loaded, environment, io);
    for (const problem of found.problems) problems.set(JSON.stringify(problem), problem);
    const unused = some ? [] : unusedWarnings({ environment, unused: found.unused });
    for (const warning of [...unused, ...found.warnings]) warnings.set(JSON.stringify(warning), warning);
  }
  return {
    problems: [...problems.values()].sort(byPlace),
    warnings: [...warnings.values()],
    environments: environments.filter((one) => one !== null),
  };
}

async function resolveOne(config: Config, loaded: Loaded, environment: Environment | null, io: Io) {
  const now = io.now();
  const inspect = await houseRulesFor(config, environment, now);
  const resolved = await resolveManifests(loaded, scopeOf(config, environment), false, inspect);
  const { lintWarnings } = await import('../lint/lint.ts');
  return { ...resolved, warnings: lintWarnings(resolved.desired, environment ?? config, now) };
}

function inWhich(environments: readonly Environment[]): string {
  if (environments.length === 0) return '';
  if (environments.length > 1) return ` in each of ${environments.length} environments`;
  return ` in environment ${environments[0]?.name}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
