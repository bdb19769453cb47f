import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/domain/json.ts';
import { ACTION_TYPES, TRIGGER_TYPES } from '../../src/domain/trigger.ts';
import { type Client, CRON, create, handClock, open } from './harness.ts';

/** The shapes of the newest client. Its readers ignore what they do not know, so nothing here forbids it. */
const ajv = new Ajv({ strict: false, allErrors: true });
ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/);
const shapes = new URL('../fixtures/triggers-client-1.3.783.json', import.meta.url);
ajv.addSchema(JSON.parse(readFileSync(shapes, 'utf8')), 'client');

function expectShape(name: string, json: Json): void {
  const validate = ajv.getSchema(`client#/$defs/${name}`);
  if (validate === undefined) throw new Error(`no shape ${name}`);
  validate(json);
  expect(validate.errors ?? [], `${name}: ${JSON.stringify(json)}`).toEqual([]);
}

const CONFIGS: Record<(typeof ACTION_TYPES)[number], Json> = {
  cluster: { cluster_id: 'clust_abc123', mode: 'assign', assignment_threshold: 0.7 },
  taxonomy_enrichment: { taxonomy_id: 'tax_products', collection_id: 'col_inventory' },
  batch_rerun: { batch_id: 'batch_1', retry_failed_only: true },
  collection_trigger: { collection_id: 'col_inventory', include_buckets: ['bkt_1'] },
  retriever_execution: { retriever_id: 'ret_products', acceptance: { min_results: 1 } },
  alert_evaluation: { alert_id: 'alert_1' },
};
const SCHEDULES: Record<(typeof TRIGGER_TYPES)[number], Json> = {
  cron: { cron_expression: '0 2 * * *' },
  interval: { interval_seconds: 3600 },
  event: { event_type: 'documents_added' },
  conditional: { condition_type: 'drift' },
};
const ALL = ACTION_TYPES.flatMap((action) => TRIGGER_TYPES.map((type) => [action, type] as const));

describe('every answer has the shape that the newest client reads', () => {
  it.each(ALL)('%s by %s, through its whole life', async (action_type, trigger_type) => {
    const clock = handClock();
    const { call } = await open({ clock: clock.now });
    const made = await call('POST', '/v1/triggers', {
      action_type,
      action_config: CONFIGS[action_type],
      trigger_type,
      schedule_config: SCHEDULES[trigger_type],
      name: 'For people',
    });
    expect(made).toMatchObject({ status: 200, json: { name: 'For people', is_overdue: false } });
    expectShape('TriggerModel', made.json);
    const url = `/v1/triggers/${made.json['trigger_id']}`;
    const steps = [
      ['PATCH', url, { name: 'Renamed', description: null }],
      ['POST', `${url}/pause`, undefined],
      ['POST', `${url}/resume`, undefined],
      ['GET', url, undefined],
    ] as const;
    for (const [method, path, body] of steps) {
      const { status, json } = await call(method, path, body);
      expect([status, json['name']]).toEqual([200, 'Renamed']);
      expectShape('TriggerModel', json);
    }
    const task = (await call('POST', `${url}/execute`)).json;
    expectShape('TaskResponse', task);
    clock.forward(10_000);
    const ended = await call('GET', `/v1/tasks/${task['task_id']}`, undefined, { 'X-Namespace': '' });
    expectShape('TaskResponse', ended.json);
    expect(ended.json).toMatchObject({ status: 'COMPLETED' });
    const history = (await call('GET', `${url}/history`)).json;
    expectShape('TriggerHistoryResponse', history);
    expect(history.executions).toMatchObject([{ status: 'COMPLETED', execution_time_ms: 2000 }]);
    expectShape('ListTriggersResponse', (await call('POST', '/v1/triggers/list', { action_type })).json);
    expect((await call('DELETE', url)).status).toBe(204);
  });

  it.each<[string, (call: Client, id: string) => ReturnType<Client>, number]>([
    ['an undeclared member', (call) => call('POST', '/v1/triggers', { ...CRON, nmae: 'x' }), 422],
    [
      'a configuration in a PATCH',
      (call, id) => call('PATCH', `/v1/triggers/${id}`, { action_config: {} }),
      422,
    ],
    ['a bad schedule', (call) => call('POST', '/v1/triggers', { ...CRON, schedule_config: {} }), 400],
    ['an unknown id', (call) => call('GET', '/v1/triggers/trg_none'), 404],
    ['no key', (call) => call('POST', '/v1/triggers/list', {}, { Authorization: '' }), 401],
    ['an unknown task', (call) => call('GET', '/v1/tasks/task_1', undefined, { 'X-Namespace': '' }), 404],
  ])('%s is refused in its form', async (_, ask, status) => {
    const { call } = await open();
    const { trigger_id } = await create(call);
    const got = await ask(call, trigger_id);
    expect(got.status).toBe(status);
    expectShape('ErrorResponse', got.json);
  });
});
