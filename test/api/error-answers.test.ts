// nock 14 sees Node's own fetch and http, not the undici package: answers are played by undici's own MockAgent, on
// the same request path that the client takes to a real service.
import { MockAgent } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { asHttp, type WriteRequest } from '../../src/domain/request.ts';
import { ApiError } from '../../src/errors.ts';
import { clientFor } from './local-service.ts';

const ORIGIN = 'https://api.example';
const PATCH: WriteRequest = { op: 'patch', id: 'trg_1', body: { description: 'x' } };
const CREATE: WriteRequest = {
  op: 'create',
  id: null,
  body: {
    action_type: 'cluster',
    action_config: {},
    trigger_type: 'cron',
    schedule_config: {},
    description: '',
  },
};
const error = (type: string, message: string, details: unknown = null) => ({
  success: false,
  error: { type, message, details },
});

function mocked(path: string, method: string) {
  const agent = new MockAgent();
  agent.disableNetConnect();
  onTestFinished(() => agent.close());
  return { agent, interceptor: agent.get(ORIGIN).intercept({ path, method }) };
}

async function failureOf(promise: Promise<unknown>): Promise<ApiError> {
  const caught: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(caught).toBeInstanceOf(ApiError);
  return caught as ApiError;
}

interface Case {
  readonly name: string;
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Record<string, string>;
  readonly message: string;
  readonly hint?: RegExp | null;
  readonly type?: string | null;
  readonly ambiguous?: boolean;
}

const CASES: readonly Case[] = [
  {
    name: 'the service’s own form',
    status: 400,
    body: error('BadRequestError', 'cluster_id is unknown'),
    message: 'POST https://api.example/v1/triggers: answered 400 BadRequestError: cluster_id is unknown',
    type: 'BadRequestError',
    hint: null,
  },
  {
    name: 'a wrong key',
    status: 401,
    body: error('AuthenticationError', 'invalid key'),
    message: 'POST https://api.example/v1/triggers: answered 401 AuthenticationError: invalid key',
    type: 'AuthenticationError',
    hint: /MP_API_KEY .*https:\/\/api\.example.*ns_1/,
  },
  {
    name: 'no permission',
    status: 403,
    body: '',
    message: 'POST https://api.example/v1/triggers: answered 403',
    hint: /MP_API_KEY .*ns_1/,
  },
  {
    name: 'a full quota',
    status: 403,
    body: error('QuotaExceededError', 'too many triggers'),
    message: 'POST https://api.example/v1/triggers: answered 403 QuotaExceededError: too many triggers',
    type: 'QuotaExceededError',
    hint: /make room/,
  },
  {
    name: 'not in the plan',
    status: 402,
    body: error('NotEnabledError', 'no'),
    message: 'POST https://api.example/v1/triggers: answered 402 NotEnabledError: no',
    type: 'NotEnabledError',
    hint: /plan/,
  },
  {
    name: 'the framework’s 422',
    status: 422,
    body: {
      detail: [
        { loc: ['body', 'schedule_config', 0], msg: 'field required', type: 'missing' },
        { msg: 'and x' },
      ],
    },
    message:
      'POST https://api.example/v1/triggers: answered 422: body.schedule_config.0: field required; and x',
  },
  {
    name: 'a 422 for each form of a union',
    status: 422,
    body: {
      detail: ['BatchRerun', 'ClusterConfig', 'TaxonomyEnrichment'].map((form) => ({
        loc: ['body', 'action_config', form, 'id'],
        msg: 'Field required',
        type: 'missing',
      })),
    },
    message:
      'POST https://api.example/v1/triggers: answered 422: body.action_config.ClusterConfig.id: Field required; ' +
      '2 other forms of body.action_config left out',
  },
  {
    name: 'the service’s 422',
    status: 422,
    body: error('ValidationError', 'invalid', {
      validation_errors: [{ field: 'timezone', message: 'unknown' }],
    }),
    message: 'POST https://api.example/v1/triggers: answered 422 ValidationError: invalid: timezone: unknown',
    type: 'ValidationError',
  },
  {
    name: 'detail as text',
    status: 404,
    body: { detail: 'Not Found' },
    message: 'POST https://api.example/v1/triggers: answered 404: Not Found',
  },
  {
    name: 'error as text',
    status: 409,
    body: { error: 'conflict' },
    message: 'POST https://api.example/v1/triggers: answered 409: conflict',
  },
  {
    name: 'a proxy’s page',
    status: 502,
    body: '<html><head><title>502 Bad Gateway</title></head></html>',
    headers: { 'content-type': 'text/html' },
    message:
      'POST https://api.example/v1/triggers: answered 502: it is HTML, as a proxy would send ("502 Bad Gateway")',
    ambiguous: true,
  },
  {
    name: 'no JSON',
    status: 500,
    body: 'oops \u001b[2J',
    message: 'POST https://api.example/v1/triggers: answered 500: its body is not JSON: oops \\u{1b}[2J',
    ambiguous: true,
  },
  {
    name: 'not implemented',
    status: 501,
    body: '',
    message: 'POST https://api.example/v1/triggers: answered 501',
    ambiguous: true,
  },
  {
    name: 'a redirect',
    status: 307,
    body: '',
    headers: { location: 'https://elsewhere.example/v1' },
    message:
      'POST https://api.example/v1/triggers: answered 307: it points to https://elsewhere.example/v1, and redirects are not followed',
    hint: /MP_API_URL \(https:\/\/api\.example\)/,
  },
  {
    name: 'a long text, cut',
    status: 400,
    body: error('E', 'x'.repeat(5_000)),
    message: `POST https://api.example/v1/triggers: answered 400 E: ${'x'.repeat(484)}…`,
    type: 'E',
  },
  {
    name: 'a 2xx of HTML',
    status: 200,
    body: '<!doctype html>',
    message: 'POST https://api.example/v1/triggers: answered 200, and it is HTML, as a proxy would send',
    hint: /MP_API_URL/,
    ambiguous: true,
  },
  {
    name: 'an empty 2xx',
    status: 201,
    body: '',
    message: 'POST https://api.example/v1/triggers: answered 201, and its body is empty',
    ambiguous: true,
  },
];

describe('a create that is answered with', () => {
  it.each(CASES)(
    '$name',
    async ({ status, body, headers = {}, message, hint, type = null, ambiguous = false }) => {
      const { agent, interceptor } = mocked('/v1/triggers', 'POST');
      interceptor.reply(status, body as string | object, {
        headers: { 'x-request-id': 'req_1', ...headers },
      });
      const client = clientFor(ORIGIN, { dispatcher: agent });
      const failed = await failureOf(client.send(CREATE));
      expect(failed.message).toBe(message);
      if (hint !== undefined) expect(failed.hint).toEqual(hint === null ? null : expect.stringMatching(hint));
      expect(failed.failure).toEqual({
        request: 'POST /v1/triggers',
        status,
        type,
        requestId: 'req_1',
        ambiguous,
        attempts: 1,
      });
      expect(client.calls).toBe(1);
    },
  );
});

it('a list that is answered 404 asks for the namespace', async () => {
  const { agent, interceptor } = mocked('/v1/triggers/list', 'POST');
  interceptor.reply(404, error('NotFoundError', 'Namespace not found'));
  const failed = await failureOf(clientFor(ORIGIN, { dispatcher: agent }).listTriggers());
  expect(failed.hint).toMatch(/namespace ns_1 \(MP_NAMESPACE\)/);
});

describe('sent again', () => {
  const passing = [429, 500, 502, 503, 504];
  it.each(passing)('a PATCH after %i', async (status) => {
    const { agent, interceptor } = mocked(asHttp(PATCH).path, 'PATCH');
    interceptor.reply(status, '').times(2);
    agent
      .get(ORIGIN)
      .intercept({ path: asHttp(PATCH).path, method: 'PATCH' })
      .reply(200, { trigger_id: 'trg_1' });
    const client = clientFor(ORIGIN, { dispatcher: agent });
    expect(await client.send(PATCH)).toEqual({ trigger_id: 'trg_1' });
    expect(client.calls).toBe(3);
  });

  it('a create after a 429, and not after what followed', async () => {
    const { agent, interceptor } = mocked('/v1/triggers', 'POST');
    interceptor.reply(429, '');
    agent.get(ORIGIN).intercept({ path: '/v1/triggers', method: 'POST' }).reply(503, '');
    const failed = await failureOf(clientFor(ORIGIN, { dispatcher: agent }).send(CREATE));
    expect(failed.failure).toMatchObject({ status: 503, attempts: 2, ambiguous: true });
  });

  it('an endless outage ends after two minutes', async () => {
    const { agent, interceptor } = mocked(asHttp(PATCH).path, 'PATCH');
    interceptor.reply(503, '').persist();
    const client = clientFor(ORIGIN, { dispatcher: agent });
    const failed = await failureOf(client.send(PATCH));
    expect(failed.failure).toMatchObject({ status: 503, attempts: client.calls });
    expect(client.calls).toBeGreaterThan(10);
    expect(client.calls).toBeLessThan(40);
  });

  it('an endless 429 ends too', async () => {
    const { agent, interceptor } = mocked(asHttp(PATCH).path, 'PATCH');
    interceptor.reply(429, error('TooManyRequestsError', 'slow down', { retry_after: 600 })).persist();
    const failed = await failureOf(clientFor(ORIGIN, { dispatcher: agent }).send(PATCH));
    expect(failed.failure).toMatchObject({
      status: 429,
      ambiguous: false,
      attempts: 10,
      type: 'TooManyRequestsError',
    });
  });
});
