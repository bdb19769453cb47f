import { statSync } from 'node:fs';
import { basename, posix } from 'node:path';
import type { Configuration } from '../../generated/config.d.ts';
import { validate } from '../../generated/validate-config.js';
import type { Json } from '../domain/json.ts';
import type { GuardLimits, Policy } from '../domain/policy.ts';
import type { Problem } from '../domain/problem.ts';
import { InvalidError, MxtError } from '../errors.ts';
import { locate, strictParser } from '../manifest/parse.ts';
import { parseFast } from '../manifest/parse-fast.ts';
import { readText } from '../manifest/read.ts';
import { schemaMistakes } from '../manifest/schema-mistakes.ts';
import { findSecrets, SECRET } from '../manifest/secrets.ts';
import { byPlace, fileProblem, problemAt, type TextFile } from '../manifest/text-file.ts';
import { ruleMistakes, subjectOf } from './check.ts';

/** What mxt.yaml says, defaults filled in. */
export interface Config {
  readonly owner: string;
  /** Folders relative to the configuration file, at least one. */
  readonly manifests: readonly string[];
  readonly policy: Policy;
  readonly guard: GuardLimits;
  /** Properties to accept though the schema does not know them: `action_config.new_option`. */
  readonly allowUnknown: readonly string[];
  /** The file's name, as problems show it. */
  readonly file: string;
}

/** As few as a person reviews without tiring; half-way through a deletion of everything it is too late. */
const GUARD: GuardLimits = { max_deletes: 5, max_delete_percent: 30 };

/**
 * Reads and checks the configuration.
 *
 * @param secret the current key, which must not stand in it and is never shown
 * @throws MxtError `usage` where there is no such file; InvalidError with every problem of it
 */
export async function loadConfig(path: string, secret?: string): Promise<Config> {
  const name = basename(path);
  if (statSync(path, { throwIfNoEntry: false }) === undefined) {
    throw new MxtError('usage', `there is no ${name} at ${path}`, {
      hint: 'Write one that says "owner: your-organisation/your-repository", or run mxt init.',
    });
  }
  const text = readText(path);
  if (typeof text !== 'string') throw new InvalidError([fileProblem(name, text)]);
  const file: TextFile = { path: name, text };
  const [value, ...more] = parseFast(text) ?? [];
  if (value === undefined || more.length > 0 || findSecrets(text, secret).length > 0)
    return strictly(file, secret);
  return isSound(value) ? configFrom(value as unknown as Configuration, name) : strictly(file, secret);
}

function isSound(value: Json): boolean {
  return validate(value) && ruleMistakes(value).length === 0;
}

/** With the strict parser, which is only loaded where there is something to say about the file. */
async function strictly(file: TextFile, secret?: string): Promise<Config> {
  const result = (await strictParser())(file, secret);
  const problems: Problem[] = [...result.problems];
  for (const span of findSecrets(file.text, secret)) problems.push(problemAt(file, span, SECRET, secret));
  const [first, second] = result.documents;
  if (second !== undefined) {
    const complaint = { code: 'value', message: 'there must be one document in this file', hint: null };
    problems.push(problemAt(file, second.find([], 'value'), complaint, secret));
  }
  const value = first?.value ?? (problems.length === 0 ? {} : undefined);
  if (value !== undefined) {
    const mistakes = validate(value) ? [] : schemaMistakes(validate.errors ?? [], subjectOf(value));
    for (const mistake of [...mistakes, ...ruleMistakes(value)]) {
      problems.push(locate(file, result, 0, null, mistake, secret));
    }
  }
  if (problems.length > 0) throw new InvalidError(problems.sort(byPlace));
  return configFrom(value as unknown as Configuration, file.path);
}

function configFrom(value: Configuration, file: string): Config {
  return {
    owner: value.owner,
    manifests: (value.manifests ?? ['manifests']).map(plainFolder),
    policy: value.policy ?? 'sync',
    guard: { ...GUARD, ...value.guard },
    allowUnknown: value.allow_unknown ?? [],
    file,
  };
}

/** `./manifests/` is `manifests`: what Git is asked about and what problems show. */
function plainFolder(folder: string): string {
  return posix.normalize(folder).replace(/(?<=.)\/+$/, '');
}
