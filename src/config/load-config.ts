import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, posix, relative } from 'node:path';
import type { Configuration } from '../../generated/config.d.ts';
import { isConfiguration } from '../../generated/is-configuration.js';
import type { Json, JsonObject } from '../domain/json.ts';
import type { Layer } from '../domain/layer.ts';
import type { Budget, GuardLimits, Policy } from '../domain/policy.ts';
import type { Problem } from '../domain/problem.ts';
import type { Rules, ScheduleSettings } from '../domain/schedule-settings.ts';
import { InvalidError, MxtError } from '../errors.ts';
import { trimEndOf } from '../lib/trim.ts';
import { findSecrets, SECRET, type Secrets } from '../manifest/files/key-patterns.ts';
import { CONFLICT, conflictIn } from '../manifest/files/not-a-manifest.ts';
import { leaves, readText, realInside } from '../manifest/files/repository-file.ts';
import { byPlace, fileProblem, problemAt, type TextFile } from '../manifest/files/text-file.ts';
import { fastParser, locate, strictParser } from '../manifest/parse/parse-file.ts';
import { parsePlain } from '../manifest/parse/parse-plain.ts';
import { configRuleDiagnostics, layersDiagnostics } from './check-config.ts';

/** What may differ from one environment to the next. */
export interface Settings extends ScheduleSettings {
  readonly policy: Policy;
  readonly guard: GuardLimits;
  readonly budget: Budget;
  /** What `${{ vars.NAME }}` stands for, the defaults at the top of the file included. */
  readonly vars: Vars;
}

export type Vars = Readonly<Record<string, string | number | boolean>>;

export interface Environment extends Settings {
  readonly name: string;
  /** Id or name. */
  readonly namespace: string;
  /** The variable that holds the key; null where that is the usual one. */
  readonly apiKeyEnv: string | null;
  /** What is laid over every manifest here, before its own overlay. */
  readonly overlay: Layer | null;
}

/** What mxt.yaml says, defaults filled in. Its own settings hold where it defines no environments. */
export interface Config extends Settings {
  readonly owner: string;
  /** Whose triggers go over to `owner`, by their names. */
  readonly previousOwners: readonly string[];
  /** Folders relative to the configuration file, at least one. */
  readonly manifests: readonly string[];
  /** What is laid under every manifest. */
  readonly defaults: Layer | null;
  /** Properties to accept though the schema does not know them: `action_config.new_option`. */
  readonly allowUnknown: readonly string[];
  /** Whether ids that manifests name are looked up. */
  readonly checkRefs: boolean;
  /** In the order of the file; empty where it defines none. */
  readonly environments: readonly Environment[];
  /** The file's name, as problems show it. */
  readonly file: string;
  /** The file as it is written: where a setting stands is found in it. */
  readonly written: Layer;
}

/** A clustering run of middling size; as many as a service with the smallest plan may take at once. */
const ASSUMED = { run_minutes: 30, herd: 10 };

/** Characters: what other resources of the service take for theirs. None is documented for triggers. */
const DESCRIPTION_LIMIT = 500;

/** As few as a person reviews without tiring; half-way through a deletion of everything it is too late. */
const GUARD: GuardLimits = { max_deletes: 5, max_delete_percent: 30 };

/**
 * Reads and checks the configuration.
 *
 * @param secrets the current keys, which must not stand in it and is never shown
 * @throws MxtError `usage` where there is no such file; InvalidError with every problem of it
 */
export async function loadConfig(path: string, secrets?: Secrets): Promise<Config> {
  const name = basename(path);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) {
    throw new MxtError('usage', `${path} is a folder`, {
      hint: `Name the file in it: --config ${join(path, 'mxt.yaml')}.`,
    });
  }
  if (found === undefined) {
    const above = findAbove(path);
    throw new MxtError('usage', `there is no ${name} at ${path}`, {
      hint:
        above === null
          ? 'Write one that says "owner: your-organisation/your-repository", or run mxt init.'
          : `There is one at ${above}: run mxt there, or use --config ${relative(dirname(path), above)}.`,
    });
  }
  const real = realInside(dirname(path), path);
  const text = real === null ? leaves(dirname(path), path) : readText(real);
  if (typeof text !== 'string') throw new InvalidError([fileProblem(name, text)]);
  const file: TextFile = { path: name, text };
  const conflict = conflictIn(text);
  if (conflict !== null) throw new InvalidError([problemAt(file, conflict, CONFLICT, secrets)]);
  const plain = parsePlain(text);
  const [value, ...more] = plain === null ? ((await fastParser())(text) ?? []) : [plain];
  if (value === undefined || more.length > 0 || findSecrets(text, secrets).length > 0)
    return strictly(file, real ?? path, secrets);
  return (await isSound(value))
    ? configFrom(value as unknown as Configuration, name, real ?? path)
    : strictly(file, real ?? path, secrets);
}

/** One of the same name in a folder around it: whoever stands in a subfolder wants no second repository there. */
function findAbove(path: string): string | null {
  for (let folder = dirname(path); dirname(folder) !== folder; folder = dirname(folder)) {
    const above = join(dirname(folder), basename(path));
    if (existsSync(above)) return above;
  }
  return null;
}

async function isSound(value: Json): Promise<boolean> {
  return (
    isConfiguration(value) &&
    configRuleDiagnostics(value).length === 0 &&
    (await layersDiagnostics(value)).length === 0
  );
}

/** With the strict parser, which is only loaded where there is something to say about the file. */
async function strictly(file: TextFile, real: string, secrets?: Secrets): Promise<Config> {
  const result = (await strictParser())(file, secrets);
  const problems: Problem[] = [...result.problems];
  for (const span of findSecrets(file.text, secrets)) problems.push(problemAt(file, span, SECRET, secrets));
  const [first, second] = result.documents;
  if (second !== undefined) {
    const diagnostic = { code: 'value', message: 'this file must hold one YAML document', hint: null };
    problems.push(problemAt(file, second.find([], 'value'), diagnostic, secrets));
  }
  const value = first?.value ?? (problems.length === 0 ? {} : undefined);
  if (value !== undefined) {
    const { explainConfig } = await import('./explain-config.ts');
    const diagnostics = explainConfig(value);
    const ofLayers = await layersDiagnostics(value);
    for (const diagnostic of [...diagnostics, ...configRuleDiagnostics(value), ...ofLayers]) {
      problems.push(locate(file, result, 0, null, diagnostic, secrets));
    }
  }
  if (problems.length > 0) throw new InvalidError(problems.sort(byPlace));
  return configFrom(value as unknown as Configuration, file.path, real);
}

function configFrom(value: Configuration, file: string, real: string): Config {
  const usual: Settings = {
    policy: 'sync',
    guard: GUARD,
    budget: {},
    vars: {},
    credits: {},
    rules: {},
    lint: {},
    assume: ASSUMED,
    label: { owner: value.owner, limit: value.description_limit ?? DESCRIPTION_LIMIT },
  };
  const settings = settingsFrom(value, usual);
  const layer = (kind: Layer['kind'], at: readonly string[], laid: object | undefined): Layer | null =>
    laid === undefined ? null : { kind, file, real, document: 0, at, value: laid as JsonObject };
  return {
    ...settings,
    owner: value.owner,
    previousOwners: [value.previous_owner ?? []].flat(),
    manifests: (value.manifests ?? ['manifests']).map(plainFolder),
    defaults: layer('defaults', ['defaults'], value.defaults),
    allowUnknown: value.allow_unknown ?? [],
    checkRefs: value.check_refs ?? false,
    environments: Object.entries(value.environments ?? {}).map(([name, environment]) => ({
      ...settingsFrom(environment, settings),
      name,
      namespace: environment.namespace,
      apiKeyEnv: environment.api_key_env ?? null,
      overlay: layer('overlay', ['environments', name, 'overlay'], environment.overlay),
    })),
    file,
    written: { kind: 'defaults', file, real, document: 0, at: [], value: value as object as JsonObject },
  };
}

/** Groups of settings are laid over what holds otherwise, member by member. */
function settingsFrom(
  value: Pick<Configuration, Exclude<keyof Settings, 'label'>>,
  otherwise: Settings,
): Settings {
  return {
    policy: value.policy ?? otherwise.policy,
    guard: { ...otherwise.guard, ...value.guard },
    budget: { ...otherwise.budget, ...value.budget },
    vars: { ...otherwise.vars, ...value.vars },
    credits: { ...otherwise.credits, ...creditsFrom(value.credits) },
    rules: mergeRules(otherwise.rules, rulesFrom(value.rules)),
    lint: { ...otherwise.lint, ...value.lint },
    assume: { ...otherwise.assume, ...value.assume },
    label: otherwise.label,
  };
}

function creditsFrom(credits: Configuration['credits'] = {}): Settings['credits'] {
  return Object.fromEntries(
    Object.entries(credits).map(([action, range]) => {
      const [min, max] = typeof range === 'number' ? [range, range] : (range as readonly number[]);
      return [action, { min: min ?? 0, max: max ?? 0 }];
    }),
  );
}

function rulesFrom({ tags, ...rules }: NonNullable<Configuration['rules']> = {}): Rules {
  if (tags === undefined) return ruleSetFrom(rules);
  const ofTags = Object.entries(tags).map(([tag, some]) => [tag, ruleSetFrom(some)] as const);
  return { ...ruleSetFrom(rules), tags: Object.fromEntries(ofTags) };
}

type Written<T> = Omit<T, 'allowed_hours'> & { readonly allowed_hours?: readonly (number | string)[] };

function ruleSetFrom<T extends object>({ allowed_hours: hours, ...rules }: Written<T>) {
  return hours === undefined ? rules : { ...rules, allowed_hours: hours.flatMap(hoursIn) };
}

/** Sums and tags are groups of their own, laid over each other member by member as well. */
function mergeRules(otherwise: Rules, rules: Rules): Rules {
  const names = Object.keys({ ...otherwise.tags, ...rules.tags });
  const tags = names.map((tag) => [tag, mergeRules(otherwise.tags?.[tag] ?? {}, rules.tags?.[tag] ?? {})]);
  return {
    ...otherwise,
    ...rules,
    ...(otherwise.total && rules.total ? { total: { ...otherwise.total, ...rules.total } } : {}),
    ...(names.length === 0 ? {} : { tags: Object.fromEntries(tags) }),
  };
}

/** `22-5` goes over midnight. */
function hoursIn(range: number | string): number[] {
  const [from = 0, to = from] = String(range).split('-').map(Number);
  const length = ((to - from + 24) % 24) + 1;
  return Array.from({ length }, (_, at) => (from + at) % 24);
}

/** `./manifests/` is `manifests`: what Git is asked about and what problems show. */
function plainFolder(folder: string): string {
  return trimEndOf(posix.normalize(folder), '/') || '/';
}
