import { usageError } from '../errors.ts';
import { listWords } from '../lib/plain-words.ts';
import { nearest } from '../lib/suggest.ts';
import type { Config, Environment } from './load-config.ts';

/**
 * The environment of a name, for what takes several.
 *
 * @param said what the name is called in a message: the flag, where there is one
 * @throws MxtError `usage` with the nearest names
 */
export function environmentNamed({ environments, file }: Config, wanted: string, said = wanted): Environment {
  const found = environments.find(({ name }) => name === wanted);
  if (found !== undefined) return found;
  if (environments.length === 0) {
    throw usageError(`${file} defines no environments`, 'There must be two at least.');
  }
  const names = environments.map(({ name }) => name);
  const near = nearest(wanted, names);
  throw usageError(
    `${said}: there is no such environment in ${file}`,
    near.length === 0 ? `It has ${listWords(names)}.` : `Did you mean ${near.join(' or ')}?`,
  );
}
