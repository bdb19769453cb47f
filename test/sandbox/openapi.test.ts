import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/domain/json.ts';
import { openapi } from '../support/openapi.ts';
import { CRON, create, handClock, INTERVAL, open } from './harness.ts';

/** A function that checks an answer against what the document says of its operation and status. */
function checker() {
  const { document, validator } = openapi();
  return (method: string, path: string, status: number, json: Json): void => {
    const operation = document.paths[path]?.[method.toLowerCase()];
    const response = operation?.responses[String(status)];
    expect(response, `${method} ${path} is not documented to answer ${status}`).toBeDefined();
    const reference = response?.content?.['application/json']?.schema.$ref;
    if (reference === undefined) {
      expect(json).toBeNull();
      return;
    }
    const validate = validator(reference);
    validate(json);
    expect(validate.errors ?? [], `${method} ${path} ${status}: ${JSON.stringify(json)}`).toEqual([]);
  };
}

const ONE = '/v1/triggers/{trigger_id}';

/** An operation, what it is sent (`{id}` is an existing trigger), and the status that it answers. */
const CASES: readonly (readonly [
  method: string,
  path: string,
  query: string,
  body: Json | undefined,
  status: number,
])[] = [
  ['POST', '/v1/triggers', '', CRON, 201],
  ['POST', '/v1/triggers', '', INTERVAL, 201],
  ['POST', '/v1/triggers', '', { ...CRON, description: null, status: 'paused' }, 201],
  [
    'POST',
    '/v1/triggers',
    '',
    { ...CRON, trigger_type: 'event', schedule_config: { event_type: 'documents_added' } },
    201,
  ],
  [
    'POST',
    '/v1/triggers',
    '',
    { ...CRON, trigger_type: 'conditional', schedule_config: { condition_type: 'drift' } },
    201,
  ],
  ['POST', '/v1/triggers', '', { ...CRON, schedule_config: {} }, 400],
  ['POST', '/v1/triggers', '', {}, 422],
  ['POST', '/v1/triggers', '', undefined, 422],
  ['POST', '/v1/triggers/list', '', undefined, 200],
  ['POST', '/v1/triggers/list', '', { status: 'active', limit: 1000, direction: 'asc' }, 200],
  ['POST', '/v1/triggers/list', '', { limit: 1001 }, 422],
  ['GET', ONE, '', undefined, 200],
  [
    'PATCH',
    ONE,
    '',
    { description: 'x', status: 'paused', schedule_config: { cron_expression: '1 2 * * *' } },
    200,
  ],
  ['PATCH', ONE, '', { action_config: {} }, 200],
  ['PATCH', ONE, '', { status: 'failed' }, 400],
  ['PATCH', ONE, '', { description: 7 }, 422],
  ['POST', `${ONE}/pause`, '', undefined, 200],
  ['POST', `${ONE}/resume`, '', undefined, 200],
  ['POST', `${ONE}/execute`, '', undefined, 200],
  ['GET', `${ONE}/history`, '?limit=10', undefined, 200],
  ['GET', `${ONE}/history`, '?limit=0', undefined, 422],
  ['DELETE', ONE, '', undefined, 204],
];

describe('every answer of --api 0.81 fits the OpenAPI document', () => {
  it.each(CASES)('%s %s%s %j → %i', async (method, path, query, body, status) => {
    const check = checker();
    const clock = handClock();
    const { call } = await open({ api: '0.81', clock: clock.now });
    const { trigger_id } = await create(call);
    // Once as new, and once with a run behind it.
    for (const wait of [0, 10_000]) {
      clock.forward(wait);
      const got = await call(method, path.replace('{trigger_id}', trigger_id) + query, body);
      if (method === 'DELETE' && wait > 0) break;
      expect(got.status).toBe(status);
      check(method, path, got.status, got.json);
      await call('POST', `/v1/triggers/${trigger_id}/execute`);
    }
  });

  const operations = [
    ...new Map(CASES.map(([method, path]) => [`${method} ${path}`, [method, path] as const])).values(),
  ];

  it.each(operations)('%s %s refuses as documented', async (method, path) => {
    const check = checker();
    const { call } = await open({ api: '0.81' });
    const url = path.replace('{trigger_id}', 'trg_unknown');
    const body = method === 'PATCH' ? { description: 'x' } : undefined;
    const refusals = [
      await call(method, url, body, { Authorization: '' }),
      await call(method, url, body, { 'X-Namespace': '' }),
      ...(path.includes('{') ? [await call(method, url, body)] : []),
    ];
    expect(refusals.map(({ status }) => status)).toEqual([401, 400, 404].slice(0, refusals.length));
    for (const { status, json } of refusals) check(method, path, status, json);
  });

  it.each([0, 1500, 5000])('GET /v1/tasks/{id} answers a TaskResponse after %i ms', async (wait) => {
    const clock = handClock();
    const { call } = await open({ api: '0.81', clock: clock.now });
    const { trigger_id } = await create(call);
    const { json } = await call('POST', `/v1/triggers/${trigger_id}/execute`);
    clock.forward(wait);
    const task = await call('GET', `/v1/tasks/${json['task_id']}`);
    // The document has the schema, as what /execute answers, and not the operation.
    checker()('POST', `${ONE}/execute`, task.status, task.json);
  });
});
