import { describe, expect, it } from 'vitest';
import { MxtError } from '../../src/errors.ts';
import { proxyFor } from '../../src/net/proxy-variables.ts';

const P = 'http://proxy.test:3128';
const HOST = 'https://api.example.com';

/** Measured with curl 7.88: through which variable each goes. Null goes straight there. */
const CURL: readonly (readonly [origin: string, env: Record<string, string>, variable: string | null])[] = [
  [HOST, {}, null],
  [HOST, { HTTPS_PROXY: P }, 'HTTPS_PROXY'],
  [HOST, { https_proxy: P }, 'https_proxy'],
  [HOST, { https_proxy: P, HTTPS_PROXY: 'http://other.test:1' }, 'https_proxy'],
  [HOST, { HTTP_PROXY: P }, null],
  [HOST, { http_proxy: P }, null],
  ['http://api.example.com', { HTTP_PROXY: P }, null],
  ['http://api.example.com', { http_proxy: P }, 'http_proxy'],
  [HOST, { ALL_PROXY: P }, 'ALL_PROXY'],
  [HOST, { all_proxy: P, ALL_PROXY: 'http://other.test:1' }, 'all_proxy'],
  [HOST, { https_proxy: '', HTTPS_PROXY: P }, 'HTTPS_PROXY'],
  [HOST, { https_proxy: '', all_proxy: '', ALL_PROXY: P }, 'ALL_PROXY'],
  [HOST, { HTTPS_PROXY: '' }, null],
  ...(
    [
      ['example.com', null],
      ['.example.com', null],
      ['example.com.', null],
      ['API.EXAMPLE.COM', null],
      ['foo api.example.com', null],
      ['foo,  api.example.com', null],
      ['*', null],
      ['*.example.com', 'HTTPS_PROXY'],
      ['foo,*', 'HTTPS_PROXY'],
      ['ample.com', 'HTTPS_PROXY'],
      ['api.example.com:443', 'HTTPS_PROXY'],
      ['example.com:443', 'HTTPS_PROXY'],
      ['example.com:8443', 'HTTPS_PROXY'],
    ] as const
  ).map(([list, variable]) => [HOST, { HTTPS_PROXY: P, NO_PROXY: list }, variable] as const),
  [HOST, { HTTPS_PROXY: P, no_proxy: '', NO_PROXY: 'example.com' }, null],
  [HOST, { HTTPS_PROXY: P, no_proxy: 'other.test', NO_PROXY: 'example.com' }, 'HTTPS_PROXY'],
  ['https://api.example.com.', { HTTPS_PROXY: P, NO_PROXY: 'example.com' }, null],
  ['https://api.example.com:8443', { HTTPS_PROXY: P, NO_PROXY: 'example.com' }, null],
  ...(
    [
      ['10.0.0.0/8', null],
      ['10.1.2.3', null],
      ['10.1.2.3/32', null],
      ['10.1.2.3/0', null],
      ['10.0.0.0/33', 'HTTPS_PROXY'],
      ['0.0.0.0/0', 'HTTPS_PROXY'],
      ['11.0.0.0/8', 'HTTPS_PROXY'],
      ['10.1', 'HTTPS_PROXY'],
      ['10.1.2.3:443', 'HTTPS_PROXY'],
      ['10.0.0.0/x', 'HTTPS_PROXY'],
    ] as const
  ).map(([list, variable]) => ['https://10.1.2.3', { HTTPS_PROXY: P, NO_PROXY: list }, variable] as const),
  ['https://[fd00::1]', { HTTPS_PROXY: P, NO_PROXY: 'fd00::1' }, null],
  ['https://[fd00::1]', { HTTPS_PROXY: P, NO_PROXY: 'fd00::/8' }, null],
  ['https://[fd00::1]', { HTTPS_PROXY: P, NO_PROXY: 'fe00::/8' }, 'HTTPS_PROXY'],
  ['https://[fd00::1]', { HTTPS_PROXY: P, NO_PROXY: '[fd00::1]' }, 'HTTPS_PROXY'],
];

describe('which proxy, as curl has it:', () => {
  it.each(CURL)('%s with %o: %s', (origin, env, variable) => {
    expect(proxyFor(origin, env)?.variable ?? null).toBe(variable);
  });

  it.each(['http://localhost:8787', 'http://127.0.0.1:8787', 'http://[::1]:8787', 'http://a.localhost'])(
    '%s is this machine itself: no proxy elsewhere reaches it',
    (origin) => {
      expect(proxyFor(origin, { http_proxy: P, ALL_PROXY: P })).toBeNull();
    },
  );
});

describe('what stands in the variable', () => {
  it.each<[text: string, kind: string, host: string, port: number]>([
    ['proxy.test:3128', 'http', 'proxy.test', 3128],
    ['proxy.test', 'http', 'proxy.test', 1080],
    ['http://proxy.test', 'http', 'proxy.test', 1080],
    ['http://proxy.test:80', 'http', 'proxy.test', 80],
    ['http://proxy.test:80/', 'http', 'proxy.test', 80],
    ['http://proxy.test:3128/path', 'http', 'proxy.test', 3128],
    ['HTTP://proxy.test:3128', 'http', 'proxy.test', 3128],
    ['https://proxy.test', 'https', 'proxy.test', 443],
    ['socks5h://proxy.test', 'socks5h', 'proxy.test', 1080],
    ['socks://proxy.test', 'socks4', 'proxy.test', 1080],
    ['http://[fd00::1]:3128', 'http', 'fd00::1', 3128],
  ])('%s', (text, kind, host, port) => {
    expect(proxyFor(HOST, { HTTPS_PROXY: text })).toMatchObject({ kind, host, port, credentials: null });
  });

  it.each<[text: string, user: string, password: string]>([
    ['http://u:p@proxy.test:1', 'u', 'p'],
    ['u:p@proxy.test:1', 'u', 'p'],
    ['http://u@proxy.test:1', 'u', ''],
    ['http://u:@proxy.test:1', 'u', ''],
    ['http://u:50%25@proxy.test:1', 'u', '50%'],
    ['http://u:50%@proxy.test:1', 'u', '50%'],
    ['http://u:%zz@proxy.test:1', 'u', '%zz'],
    ['http://u:a%23b@proxy.test:1', 'u', 'a#b'],
    ['http://u:say"hi"@proxy.test:1', 'u', 'say"hi"'],
    ['http://u:größe@proxy.test:1', 'u', 'größe'],
    ['http://dom%5Cuser:p@proxy.test:1', 'dom\\user', 'p'],
  ])('%s', (text, user, password) => {
    const { credentials, name } = proxyFor(HOST, { HTTPS_PROXY: text }) ?? {};
    expect(credentials?.user.toString()).toBe(user);
    expect(credentials?.password.toString()).toBe(password);
    expect(name).toBe('proxy.test:1 (HTTPS_PROXY)');
  });

  it.each([
    ['"http://u:secret@proxy.test:1"', /quotation marks/],
    ["'proxy.test:3128'", /quotation marks/],
    [' http://u:secret@proxy.test:1', /blanks/],
    ['http://u:secret#x@proxy.test:1', /# as %23/],
    ['http://u:12#secret@proxy.test:1', /# as %23/],
    ['http://u:12/secret@proxy.test:1', /\/ as %2F/],
    ['http://proxy.test:port', /%23/],
    ['ftp://u:secret@proxy.test:1', /http, https, socks4, socks4a, socks5, socks5h, not ftp/],
    ['http://', /%23/],
  ])('%s cannot be read, and is not shown', (text, hint) => {
    const read = () => proxyFor(HOST, { HTTPS_PROXY: text });
    expect(read).toThrow(MxtError);
    expect(read).toThrow(/^HTTPS_PROXY cannot be read as a proxy/);
    expect(read).not.toThrow(/secret/);
    expect(read).toThrow(expect.objectContaining({ code: 'usage', hint: expect.stringMatching(hint) }));
  });
});
