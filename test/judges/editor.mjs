// The language server behind YAML in VS Code, Neovim and others, driven over stdio: what it says of a manifest and
// completes in one, by the published schemas alone.
import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';

/** @returns {Promise<{ check, complete, stop }>} */
export async function startEditor(binary, schemaFile) {
  const child = spawn(process.execPath, [binary, '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const settings = {
    validate: true,
    completion: true,
    schemaStore: { enable: false },
    schemas: { [pathToFileURL(schemaFile).href]: '*' },
  };
  const [answers, diagnostics] = [new Map(), new Map()];
  const send = (message) => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  const receive = ({ id, method, params, result, error }) => {
    if (method === 'workspace/configuration') {
      send({
        id,
        result: params.items.map(({ section }) => (section?.startsWith('yaml') ? settings : null)),
      });
    } else if (method === 'textDocument/publishDiagnostics')
      diagnostics.get(params.uri)?.(params.diagnostics);
    else if (method !== undefined && id !== undefined) send({ id, result: null });
    else answers.get(id)?.(error ?? result);
  };
  let rest = Buffer.alloc(0);
  child.stdout.on('data', (data) => {
    rest = Buffer.concat([rest, data]);
    for (let head = rest.indexOf('\r\n\r\n'); head !== -1; head = rest.indexOf('\r\n\r\n')) {
      const length = Number(/Content-Length: (\d+)/.exec(rest.subarray(0, head))?.[1]);
      if (rest.length < head + 4 + length) return;
      const message = JSON.parse(rest.subarray(head + 4, head + 4 + length));
      rest = rest.subarray(head + 4 + length);
      receive(message);
    }
  });
  let count = 0;
  const ask = (method, params) =>
    new Promise((answer) => {
      answers.set(++count, answer);
      send({ id: count, method, params });
    });
  const open = async (text) => {
    const uri = `file:///judged-${++count}.yaml`;
    const told = new Promise((tell) => diagnostics.set(uri, tell));
    const textDocument = { uri, languageId: 'yaml', version: 1, text };
    send({ method: 'textDocument/didOpen', params: { textDocument } });
    return { uri, diagnostics: await told };
  };
  const capabilities = { workspace: { configuration: true } };
  await ask('initialize', { processId: process.pid, rootUri: null, capabilities });
  send({ method: 'initialized', params: {} });
  send({ method: 'workspace/didChangeConfiguration', params: { settings: { yaml: settings } } });
  return {
    /** `5:3 Missing property "x".`, from 1 on. */
    async check(text) {
      const found = (await open(text)).diagnostics;
      return found.map(
        ({ range: { start }, message }) => `${start.line + 1}:${start.character + 1} ${message}`,
      );
    },
    /** Words for the place of the `|`. */
    async complete(text) {
      const before = text.slice(0, text.indexOf('|'));
      const { uri } = await open(text.replace('|', ''));
      const lines = before.split('\n');
      const position = { line: lines.length - 1, character: lines.at(-1).length };
      const answer = await ask('textDocument/completion', { textDocument: { uri }, position });
      return (answer.items ?? answer).map(({ label }) => label);
    },
    stop: () => child.kill(),
  };
}

const base = (action, schedule) =>
  `name: nightly\n${action}\n${schedule ?? 'trigger_type: cron\nschedule_config: { cron_expression: "0 2 * * *" }'}\n`;
const cluster = (more = '') => base(`action_type: cluster\naction_config:\n  cluster_id: clust_1${more}`);
const NAME = '1 to 63 of a-z, 0-9 and -, beginning with a letter or a digit';

/** Texts, and what an editor is to say of each: where, and in a sentence. */
export const SAID = [
  [cluster(), []],
  [`${cluster()}---\n${cluster()}`, []],
  [cluster('\n  assignment_threshold: ${{ vars.t }}'), []],
  [
    cluster().replace('cluster_id', 'clustr_id'),
    ['3:1 Missing property "cluster_id".', '4:3 Property clustr_id is not allowed.'],
  ],
  [cluster().replace('name: nightly', 'name: Nightly Clusters'), [`1:7 Value must be "${NAME}".`]],
  [cluster().replace('name: nightly', 'name: 12'), ['1:7 Incorrect type. Expected "string".']],
  [cluster('\n  mode: assin'), ['5:9 Value is not accepted. Valid values: "full", "assign", "composite".']],
  [cluster('\n  assignment_threshold: abc'), ['5:25 Incorrect type. Expected "number".']],
  [`- ${cluster().trim().replaceAll('\n', '\n  ')}\n  titel: x\n`, ['7:3 Property titel is not allowed.']],
  [
    base(
      'action_type: cluster\naction_config: { cluster_id: c }',
      'trigger_type: interval\nschedule_config: { interval_seconds: 0 }',
    ),
    ['5:38 Value is below the minimum of 1.'],
  ],
  [
    `${cluster()}tags: ["in-\${{ each.key }}"]
lifecycle: { protect: "\${{ each.value.protect }}", ignore: ["\${{ each.value.ignore }}"] }
environments: { staging: { tags: null, lifecycle: null, status: paused }, production: null }
`,
    [],
  ],
  [
    `${cluster()}tags: null\nlint: null\nlifecycle: null\nadopt: null\nrenamed_from: null\nrelease: null\n`,
    [],
  ],
];

/** Texts with a `|`, and what an editor is to offer there, among others that it makes of them. */
export const COMPLETED = [
  [
    'action_type: |',
    [
      'cluster',
      'taxonomy_enrichment',
      'batch_rerun',
      'collection_trigger',
      'retriever_execution',
      'alert_evaluation',
    ],
  ],
  [
    base('action_type: cluster\naction_config:\n  |'),
    ['cluster_id', 'filters', 'mode', 'source_execution_ids'],
  ],
  [
    base('action_type: taxonomy_enrichment\naction_config:\n  |'),
    ['taxonomy_id', 'incremental', 'parallelism'],
  ],
  ['trigger_type: |', ['cron', 'interval', 'event', 'conditional']],
  [`${cluster()}status: |`, ['active', 'paused']],
  [`${cluster()}environments:\n  staging:\n    status: |`, ['active', 'paused']],
  [cluster('\n  mode: |'), ['full', 'assign', 'composite']],
  [
    `${cluster()}environments:\n  staging:\n    action_config:\n      mode: |`,
    ['full', 'assign', 'composite'],
  ],
  [
    base(
      'action_type: cluster\naction_config: { cluster_id: c }',
      'trigger_type: event\nschedule_config:\n  event_type: |',
    ),
    ['documents_added', 'documents_updated', 'batch_completed'],
  ],
  [
    base(
      'action_type: cluster\naction_config: { cluster_id: c }',
      'trigger_type: conditional\nschedule_config:\n  condition_type: |',
    ),
    ['drift', 'volume', 'quality', 'custom'],
  ],
  [
    base(
      'action_type: cluster\naction_config: { cluster_id: c }',
      'trigger_type: conditional\nschedule_config:\n  condition_type: drift\n  metric: |',
    ),
    ['cosine_drift', 'embedding_drift'],
  ],
];
