// Property-based tests of the sandbox by Schemathesis, outside CI: as the service of February, against its own OpenAPI
// document, and as the newest, against a document made of the shapes in its client. Further arguments go to `st run`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pythonEnvironment, root, startSandbox } from './python-sandbox.mjs';

const read = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));
const parameter = (name, where, schema) => ({ name, in: where, required: where === 'path', schema });
const PAGE = [
  parameter('offset', 'query', { type: 'integer', minimum: 0 }),
  parameter('limit', 'query', { type: 'integer', minimum: 1, maximum: 1000 }),
];

const HEADERS = { Authorization: 'Bearer sk_schemathesis', 'X-Namespace': 'ns_schemathesis' };

/** A body that makes sense: by chance there would be hardly any. */
const SENSIBLE = {
  action_config: { cluster_id: 'clust_abc123' },
  schedule_config: {
    cron_expression: '0 2 * * *',
    interval_seconds: 600,
    event_type: 'x',
    condition_type: 'y',
  },
};

function sensible({ properties }) {
  for (const [name, value] of Object.entries(SENSIBLE)) {
    properties[name] = { anyOf: [{ enum: [value] }, properties[name]] };
  }
}

/** Triggers to ask for, among ids that nobody has. */
async function someTriggers(url) {
  const ids = [];
  for (let n = 0; n < 5; n++) {
    const body = JSON.stringify({ ...SENSIBLE, action_type: 'cluster', trigger_type: 'cron' });
    const response = await fetch(`${url}/v1/triggers`, { method: 'POST', headers: HEADERS, body });
    ids.push((await response.json()).trigger_id);
  }
  return ids;
}

/** The fixture has no parameters: prose and they were cut. */
function withParameters(document, ids) {
  const id = { anyOf: [{ enum: ids }, { type: 'string', minLength: 1 }] };
  for (const [name, schema] of Object.entries(document.components.schemas)) {
    if (name.endsWith('CreateTriggerRequest')) sensible(schema);
  }
  for (const [path, operations] of Object.entries(document.paths)) {
    if (path.includes('{trigger_id}')) operations.parameters = [parameter('trigger_id', 'path', id)];
    if (path.endsWith('/history')) operations.get.parameters = PAGE;
  }
  return document;
}

/** The same operations with the newest bodies and answers. */
function newest(old) {
  const text = JSON.stringify(read('test/fixtures/triggers-client-1.3.783.json').$defs);
  const schemas = JSON.parse(text.replaceAll('#/$defs/', '#/components/schemas/'));
  for (const name of ['CreateTriggerRequest', 'UpdateTriggerRequest', 'ListTriggersRequest']) {
    schemas[name].additionalProperties = false;
  }
  // Naive right after a create, which the format does not allow.
  for (const variant of schemas.TriggerModel.properties.next_scheduled_at.anyOf) delete variant.format;
  const content = (name) => ({ 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } });
  const answers = {
    'post /v1/triggers': 'TriggerModel',
    'post /v1/triggers/list': 'ListTriggersResponse',
    'post /v1/triggers/{trigger_id}/execute': 'TaskResponse',
    'get /v1/triggers/{trigger_id}/history': 'TriggerHistoryResponse',
  };
  const bodies = {
    'post /v1/triggers': ['CreateTriggerRequest', true],
    'post /v1/triggers/list': ['ListTriggersRequest', false],
    'patch /v1/triggers/{trigger_id}': ['UpdateTriggerRequest', true],
  };
  const paths = {};
  for (const [path, operations] of Object.entries(old.paths)) {
    paths[path] = operations.parameters ? { parameters: operations.parameters } : {};
    for (const method of ['get', 'post', 'patch', 'delete'].filter((name) => name in operations)) {
      const key = `${method} ${path}`;
      const [body, required] = bodies[key] ?? [];
      const success =
        method === 'delete'
          ? { 204: { description: 'deleted' } }
          : { 200: { description: 'ok', content: content(answers[key] ?? 'TriggerModel') } };
      const refusals = [400, 401, 403, 404, 422, 429, 500].map((status) => [
        status,
        { description: 'refused', content: content('ErrorResponse') },
      ]);
      paths[path][method] = {
        ...(operations[method].parameters ? { parameters: operations[method].parameters } : {}),
        ...(body ? { requestBody: { required, content: content(body) } } : {}),
        responses: { ...success, ...Object.fromEntries(refusals) },
      };
    }
  }
  paths['/v1/triggers'].get = { responses: paths['/v1/triggers/list'].post.responses };
  sensible(schemas.CreateTriggerRequest);
  const info = { title: 'Triggers', version: '0.82' };
  return { openapi: '3.1.0', info, paths, components: { schemas } };
}

const folder = mkdtempSync(join(tmpdir(), 'mxt-schemathesis-'));
const bin = pythonEnvironment(join(root, 'test/schemathesis/requirements.txt'));
let failed = false;
for (const api of ['0.81', '0.82']) {
  const { url, stop } = await startSandbox('--api', api);
  const old = withParameters(read('test/fixtures/triggers-openapi.json'), await someTriggers(url));
  const document = api === '0.81' ? old : newest(old);
  const location = join(folder, `triggers-${api}.json`);
  writeFileSync(location, JSON.stringify(document));
  const config = ['--config-file', join(root, 'test/schemathesis/schemathesis.toml')];
  const headers = Object.entries(HEADERS).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const run = ['run', location, '--url', url, ...headers, '--no-color', ...process.argv.slice(2)];
  const { status } = spawnSync(join(bin, 'st'), [...config, ...run], { stdio: 'inherit', cwd: folder });
  failed ||= status !== 0;
  stop();
}
rmSync(folder, { recursive: true, force: true });
process.exitCode = failed ? 1 : 0;
