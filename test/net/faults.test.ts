import { describe, expect, it } from 'vitest';
import { ConnectError } from '../../src/net/connect-error.ts';
import { noAnswerFrom } from '../../src/net/no-answer.ts';
import { clientFor, reply, serve } from '../api/local-service.ts';

const coded = (code: string) => Object.assign(new Error('words that nobody reads'), { code });

describe('a certificate or TLS, each as what it is', () => {
  it.each([
    ['ERR_SSL_WRONG_VERSION_NUMBER', /does not speak TLS/, 'plain'],
    ['EPROTO', /does not speak TLS/, 'plain'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /is for another name/, 'name'],
    ['CERT_HAS_EXPIRED', /has expired/, 'renew'],
    ['CERT_NOT_YET_VALID', /not valid yet/, 'clock'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', /another version of TLS/, 'tls-version'],
    ['ERR_SSL_UNSUPPORTED_PROTOCOL', /another version of TLS/, 'tls-version'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', /is not trusted/, 'authority'],
    ['SELF_SIGNED_CERT_IN_CHAIN', /is not trusted/, 'authority'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /is not trusted/, 'authority'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', /is not trusted/, 'authority'],
    ['CERT_REVOKED', /was revoked/, 'renew'],
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', /no agreement/, null],
  ])('%s', (code, words, remedy) => {
    const told = noAnswerFrom(new ConnectError(coded(code)));
    expect(told).toMatchObject({ outcome: 'untrusted', code, remedy, message: expect.stringMatching(words) });
  });

  it('a plain port under https:// needs no authority', async () => {
    const { url } = await serve((_, response) => reply(response, 200, {}));
    const failing = clientFor(url.replace('http:', 'https:')).listTriggers();
    await expect(failing).rejects.toMatchObject({
      message: expect.stringMatching(/it does not speak TLS at this port/),
      hint: expect.stringMatching(/https:\/\/ may be wrong there, or the port/),
      failure: { attempts: 1, ambiguous: false },
    });
  });
});

describe('what this machine refuses is no network’s fault', () => {
  it.each([
    [coded('ERR_ACCESS_DENIED'), /permission model does not allow the network/],
    [coded('EMFILE'), /too many open files/],
    [coded('ENOMEM'), /no memory/],
    [coded('EACCES'), /does not allow the connection/],
    [new RangeError('WebAssembly.Instance(): Out of memory'), /WebAssembly\.Instance\(\): Out of memory/],
  ])('%s', (cause, words) => {
    for (const error of [cause, new ConnectError(cause)]) {
      expect(noAnswerFrom(error)).toMatchObject({ outcome: 'local', message: expect.stringMatching(words) });
    }
  });

  it('ends at once, in its own words', async () => {
    const dispatcher = {
      dispatch: () => {
        throw new RangeError('WebAssembly.Instance(): Out of memory');
      },
    };
    const client = clientFor('http://service.invalid', { dispatcher: dispatcher as never });
    await expect(client.listTriggers()).rejects.toMatchObject({
      message:
        'POST http://service.invalid/v1/triggers/list: could not be sent: WebAssembly.Instance(): Out of memory (RangeError)',
      failure: { attempts: 1 },
    });
  });
});

describe('what failed while connecting was not sent', () => {
  it.each(['ECONNRESET', 'UND_ERR_SOCKET', 'ETIMEDOUT', 'ECONNREFUSED'])('%s', (code) => {
    expect(noAnswerFrom(new ConnectError(coded(code))).outcome).toBe('refused');
  });
  it.each(['ECONNRESET', 'UND_ERR_SOCKET', 'ETIMEDOUT', 'EPIPE', 'HPE_INVALID_CONSTANT'])(
    '%s later may have been',
    (code) => {
      expect(noAnswerFrom(coded(code)).outcome).toBe('broken');
    },
  );
});
