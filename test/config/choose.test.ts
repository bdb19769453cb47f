import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chooseEnvironment, connectionFrom } from '../../src/config/environment.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { MxtError } from '../../src/errors.ts';
import { scratch } from '../manifest/scratch.ts';

const CONFIG = `owner: a
environments:
  staging: { namespace: ns_s }
  production: { namespace: ns_p, api_key_env: MP_API_KEY_PROD }
`;
const KEYS = { MP_API_KEY: 'usual_key', MP_API_KEY_PROD: 'prod_key' };

async function connect(env: Record<string, string>, flag?: string, text = CONFIG) {
  const config = await loadConfig(join(scratch({ 'mxt.yaml': text }), 'mxt.yaml'));
  return connectionFrom(env, {}, chooseEnvironment(config, flag, env));
}

describe('the environment that is chosen', () => {
  it.each([
    ['by the flag', KEYS, 'staging', { namespace: 'ns_s', apiKey: 'usual_key', apiKeyEnv: 'MP_API_KEY' }],
    [
      'its own key',
      KEYS,
      'production',
      { namespace: 'ns_p', apiKey: 'prod_key', apiKeyEnv: 'MP_API_KEY_PROD' },
    ],
    ['by a variable', { ...KEYS, MXT_ENV: 'production' }, undefined, { namespace: 'ns_p' }],
    ['the flag wins', { ...KEYS, MXT_ENV: 'production' }, 'staging', { namespace: 'ns_s' }],
    [
      'the same namespace is no contradiction',
      { ...KEYS, MP_NAMESPACE: 'ns_s' },
      'staging',
      { namespace: 'ns_s' },
    ],
  ])('%s', async (_, env, flag, expected) => {
    expect(await connect(env, flag)).toMatchObject(expected);
  });

  it.each([
    [
      'none',
      KEYS,
      undefined,
      'mxt.yaml defines environments, and none is chosen',
      'Choose one with --env or MXT_ENV: staging, production.',
    ],
    [
      'an empty variable is none',
      { ...KEYS, MXT_ENV: '' },
      undefined,
      'mxt.yaml defines environments, and none is chosen',
      undefined,
    ],
    [
      'a typo',
      KEYS,
      'prodution',
      '--env prodution: there is no such environment in mxt.yaml',
      'Did you mean production?',
    ],
    [
      'something else',
      { ...KEYS, MXT_ENV: 'qa' },
      undefined,
      'MXT_ENV qa: there is no such environment in mxt.yaml',
      'It has staging and production.',
    ],
    [
      'a stray namespace',
      { ...KEYS, MP_NAMESPACE: 'ns_p' },
      'staging',
      'MP_NAMESPACE is ns_p, and environment staging has ns_s: unset it',
      undefined,
    ],
    [
      'and under its other name',
      { ...KEYS, MIXPEEK_NAMESPACE: 'ns_x' },
      'staging',
      'MIXPEEK_NAMESPACE is ns_x, and environment staging has ns_s: unset it',
      undefined,
    ],
    [
      'an unset key never falls back',
      { MP_API_KEY: 'usual_key' },
      'production',
      'MP_API_KEY_PROD is not set: it holds the API key of environment production',
      undefined,
    ],
  ])('is refused: %s', async (_, env, flag, message, hint) => {
    const error = await connect(env as Record<string, string>, flag).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MxtError);
    expect(error).toMatchObject({ code: 'usage', message, ...(hint === undefined ? {} : { hint }) });
  });

  it.each([
    [{ ...KEYS, MP_NAMESPACE: 'ns' }, 'staging', '--env staging: mxt.yaml defines no environments'],
    [
      { ...KEYS, MP_NAMESPACE: 'ns', MXT_ENV: 'staging' },
      undefined,
      'MXT_ENV staging: mxt.yaml defines no environments',
    ],
  ])('is an error where none are defined', async (env, flag, message) => {
    await expect(connect(env, flag, 'owner: a\n')).rejects.toThrow(message);
  });
});
