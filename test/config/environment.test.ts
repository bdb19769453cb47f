import { describe, expect, it } from 'vitest';
import { type ConnectionFlags, connectionFrom } from '../../src/config/environment.ts';
import { MxtError } from '../../src/errors.ts';

const BASE = { MP_API_KEY: 'mxp_key', MP_NAMESPACE: 'ns_1' };

describe('how the service is reached', () => {
  it.each<[what: string, env: Record<string, string | undefined>, flags: ConnectionFlags, expected: object]>([
    [
      'the address has a default',
      BASE,
      {},
      { apiUrl: 'https://api.mixpeek.com', apiKey: 'mxp_key', namespace: 'ns_1' },
    ],
    [
      'slashes at its end fall',
      { ...BASE, MP_API_URL: 'https://Proxy.example:443/mixpeek//' },
      {},
      { apiUrl: 'https://proxy.example/mixpeek' },
    ],
    [
      'http for loopback',
      { ...BASE, MP_API_URL: 'http://localhost:8787' },
      {},
      { apiUrl: 'http://localhost:8787' },
    ],
    ['and its IPv4', { ...BASE, MP_API_URL: 'http://127.1.2.3:1/' }, {}, { apiUrl: 'http://127.1.2.3:1' }],
    ['and its IPv6', { ...BASE, MP_API_URL: 'http://[::1]:8787/' }, {}, { apiUrl: 'http://[::1]:8787' }],
    [
      'the names of the other command line are a fallback',
      {
        MIXPEEK_BASE_URL: 'https://b.example',
        MIXPEEK_API_KEY: 'k',
        MIXPEEK_NAMESPACE: 'my space',
        MP_API_KEY: '',
      },
      {},
      { apiUrl: 'https://b.example', apiKey: 'k', namespace: 'my space' },
    ],
    [
      'and only that',
      { ...BASE, MIXPEEK_API_KEY: 'k', MIXPEEK_NAMESPACE: 'ns_2' },
      {},
      { apiKey: 'mxp_key', namespace: 'ns_1' },
    ],
    [
      'flags beat them all',
      BASE,
      { apiUrl: 'https://f.example/', namespace: 'ns_3' },
      { apiUrl: 'https://f.example', namespace: 'ns_3' },
    ],
  ])('%s', (_, env, flags, expected) => {
    expect(connectionFrom(env, flags)).toMatchObject(expected);
  });
});

describe('what is missing or wrong, all at once', () => {
  it.each<[env: Record<string, string>, message: string]>([
    [
      {},
      'MP_API_KEY is not set: it holds the API key; MP_NAMESPACE is not set: it holds the id or the name of the namespace',
    ],
    [
      { ...BASE, MP_API_URL: 'api.mixpeek.com' },
      'MP_API_URL is not a URL: write one such as https://api.mixpeek.com',
    ],
    [
      { ...BASE, MP_API_URL: 'http://api.mixpeek.com' },
      'MP_API_URL must begin with https:// (http:// would show the key to the network)',
    ],
    [
      { ...BASE, MP_API_URL: 'http://localhost.evil.example' },
      'MP_API_URL must begin with https:// (http:// would show the key to the network)',
    ],
    [{ ...BASE, MP_API_URL: 'ftp://localhost' }, 'MP_API_URL must begin with https://'],
    [
      { ...BASE, MIXPEEK_BASE_URL: 'https://user:secret@x.example' },
      'MIXPEEK_BASE_URL must not hold a user name or a password',
    ],
    [{ ...BASE, MP_API_URL: 'https://x.example/?a=1' }, 'MP_API_URL must not have a query or a fragment'],
    [{ ...BASE, MP_API_URL: 'https://x.example/#' }, 'MP_API_URL must not have a query or a fragment'],
    [
      { ...BASE, MP_API_KEY: 'secret\n' },
      'MP_API_KEY holds spaces, line breaks or other characters that no key has',
    ],
    [
      { ...BASE, MP_API_KEY: 'secret secret' },
      'MP_API_KEY holds spaces, line breaks or other characters that no key has',
    ],
    [
      { ...BASE, MP_NAMESPACE: 'ns\r\nX-Evil: 1' },
      'MP_NAMESPACE holds characters that no header can carry, or spaces around them',
    ],
  ])('%j', (env, message) => {
    const error = (() => {
      try {
        return connectionFrom(env);
      } catch (reason) {
        return reason;
      }
    })();
    expect(error).toBeInstanceOf(MxtError);
    expect(error).toMatchObject({ code: 'usage', message });
    expect(String((error as MxtError).hint)).not.toContain('secret');
  });
});
