import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { keyNames } from '../config/environment.ts';
import { type Config, loadConfig } from '../config/load-config.ts';
import { MxtError } from '../errors.ts';
import type { ProcessIo } from '../terminal/io.ts';
import type { Inputs } from './inputs.ts';

type Where = Pick<ProcessIo, 'env' | 'cwd'>;

/** The key as the variable that its environment reads: the one that `api_key_env` names, else MP_API_KEY. */
export async function keyVariable({ apiKey, args }: Inputs, where: Where): Promise<Record<string, string>> {
  if (apiKey === '') return {};
  const environments = (await configOf(args, where))?.environments ?? [];
  // Those of a group share it.
  const [chosen] = (flagsOf(args).env ?? where.env['MXT_ENV'] ?? '').split(',');
  const [name = 'MP_API_KEY'] = keyNames(environments.find((one) => one.name === chosen) ?? null);
  return { [name]: apiKey };
}

/** @returns null where it cannot be read: the command that needs it says why */
export async function configOf(
  args: readonly string[],
  { cwd }: Pick<ProcessIo, 'cwd'>,
): Promise<Config | null> {
  try {
    return await loadConfig(resolve(cwd, flagsOf(args).config ?? 'mxt.yaml'));
  } catch (error) {
    if (error instanceof MxtError) return null;
    throw error;
  }
}

/** Of the flags in `args`, those that matter here. */
function flagsOf(args: readonly string[]): { readonly config?: string; readonly env?: string } {
  const options = { config: { type: 'string' }, env: { type: 'string', short: 'e' } } as const;
  const { config, env } = parseArgs({ args, options, strict: false }).values;
  // A flag without its value is a mistake that the command reports.
  return {
    ...(typeof config === 'string' ? { config } : {}),
    ...(typeof env === 'string' ? { env } : {}),
  };
}
