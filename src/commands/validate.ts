import { relative, resolve } from 'node:path';
import type { Validation } from '../../generated/validation.d.ts';
import { announceWarnings } from '../ci/announce.ts';
import { ciFor } from '../ci/ci.ts';
import { chooseEnvironment } from '../config/environment.ts';
import type { Environment } from '../config/load-config.ts';
import type { PlacedWarning } from '../domain/plan.ts';
import type { Problem } from '../domain/problem.ts';
import { InvalidError } from '../errors.ts';
import { findCheckout } from '../git/checkout.ts';
import { printable } from '../lib/printable.ts';
import { unique } from '../lib/unique.ts';
import { byPlace } from '../manifest/files/text-file.ts';
import { FORMAT_VERSION } from '../render/plan/plan-json.ts';
import { groupWarnings } from '../render/text/warning-groups.ts';
import { type Checked, warningLine } from '../render/validation/checked.ts';
import { asComposed } from '../session/composed-manifest.ts';
import { placed } from '../session/placed-warnings.ts';
import { unusedWarnings } from '../session/plan-findings.ts';
import { type Files, readFiles } from '../session/read-files.ts';
import { type InEnvironment, resolveEnvironments } from '../session/repository.ts';
import type { CommonFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';
import { printJson } from '../terminal/output.ts';

export interface ValidateFlags extends CommonFlags {
  readonly format: 'text' | 'json' | 'sarif' | 'junit';
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
  // What one that was not read would have used is not known.
  const some = paths.length > 0 || read.problems.length > 0;
  const resolved = await resolveAll(read, some, flags, io);
  const problems = [...read.problems, ...resolved.problems];
  if (read.config !== null) problems.sort(byPlace); // else its own come first
  const { warnings } = resolved;
  const { files } = read.loaded;
  const manifests = read.loaded.manifests.length;
  if (flags.format === 'json') {
    const valid = problems.length === 0;
    const report: Validation = {
      format_version: FORMAT_VERSION,
      valid,
      manifests,
      files,
      problems: problems.map((one) => ({ ...one })),
      warnings: warnings.map((one) => ({ ...one, source: one.source && { ...one.source } })),
      composed: composedIn(resolved.resolved),
    };
    printJson(io, report);
    return valid ? 0 : 1;
  }
  if (flags.format !== 'text') {
    const config = read.config === null ? null : relative(read.root, resolve(io.cwd, flags.config));
    const prefix = await prefixOf(read.root);
    const checked = { manifests: read.loaded.manifests, config, problems, warnings, prefix };
    await printFor(flags.format, checked, io);
    return problems.length === 0 ? 0 : 1;
  }
  if (problems.length > 0) throw new InvalidError(problems);
  announceWarnings(ciFor(io), warnings, (file) => resolve(read.root, file));
  for (const group of groupWarnings(warnings)) io.err(`${printable(warningLine(group))}\n`);
  const counted = `${count(manifests, 'manifest')} in ${count(files, 'file')}`;
  if (!flags.quiet)
    io.say(`${counted}: ${manifests === 1 ? 'valid' : 'all valid'}${inWhich(resolved.environments)}.\n`);
  return 0;
}

/** Other CI systems look for files from the top of the checkout. */
async function prefixOf(root: string): Promise<string> {
  const found = await findCheckout(root);
  return found.kind === 'found' ? found.checkout.prefix : '';
}

async function printFor(format: 'sarif' | 'junit', checked: Checked, io: Io): Promise<void> {
  switch (format) {
    case 'sarif': {
      const { sarifLog } = await import('../render/validation/sarif.ts');
      printJson(io, sarifLog(checked, MXT_VERSION));
      return;
    }
    case 'junit': {
      const { junitXml } = await import('../render/validation/junit.ts');
      io.out(junitXml(checked));
      return;
    }
  }
}

interface ResolvedAll {
  readonly problems: readonly Problem[];
  readonly warnings: readonly PlacedWarning[];
  readonly environments: readonly Environment[];
  readonly resolved: readonly InEnvironment[];
}

/**
 * In the environment that was chosen, or in each. Names of resources are not looked up: nothing is called.
 *
 * @param some whether not every manifest was read: paths were given, or something is wrong in one
 */
async function resolveAll(
  { config, loaded }: Files,
  some: boolean,
  flags: ValidateFlags,
  io: Io,
): Promise<ResolvedAll> {
  if (config === null) return { problems: [], warnings: [], environments: [], resolved: [] };
  const choosing = flags.env !== undefined || (io.env['MXT_ENV'] ?? '') !== '';
  const environments =
    choosing || config.environments.length === 0
      ? [chooseEnvironment(config, flags.env, io.env)]
      : config.environments;
  const { resolved, problems } = await resolveEnvironments(config, loaded, environments, flags, io);
  const { lintWarnings } = await import('../lint/lint.ts');
  const warnings: PlacedWarning[] = [];
  for (const { environment, unused, untaken, desired } of resolved) {
    const settings = environment ?? config;
    const found = [
      ...(some ? [] : unusedWarnings({ environment, unused, untaken, desired, loaded, settings, config })),
      ...lintWarnings(desired, settings, io.now()),
    ];
    warnings.push(...(await placed(found, loaded.manifests, environment?.name ?? null, config.written)));
  }
  return {
    problems,
    warnings: unique(warnings),
    environments: environments.filter((one) => one !== null),
    resolved,
  };
}

/** Every manifest as it is in each environment, for other tools. */
function composedIn(resolved: readonly InEnvironment[]): Validation['composed'] {
  return resolved.flatMap(({ environment, desired, composed }) =>
    desired.map((one) => ({
      environment: environment?.name ?? null,
      name: one.name,
      source: { file: one.source.file, line: one.source.line },
      manifest: asComposed(one, composed),
    })),
  );
}

function inWhich(environments: readonly Environment[]): string {
  if (environments.length === 0) return '';
  if (environments.length > 1) return ` in each of ${environments.length} environments`;
  return ` in environment ${environments[0]?.name}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
