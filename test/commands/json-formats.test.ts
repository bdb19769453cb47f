import { Ajv } from 'ajv';
import { expect, it } from 'vitest';
import { SCHEMA_KINDS, type SchemaKind } from '../../src/schema/schema-kinds.ts';
import { KEY, makeRepository, manifestYaml, TestClock, withSandbox } from '../support/cli.ts';

const CONFIG = `owner: acme/search
environments:
  staging: { namespace: ns_staging }
  production: { namespace: ns_prod }
`;
const FILES = {
  'mxt.yaml': CONFIG,
  'manifests/a.yaml': manifestYaml('a'),
  'manifests/b.yaml': manifestYaml('b', {
    action_type: 'collection_trigger',
    action_config: '{ collection_id: col_1 }',
    trigger_type: 'interval',
    schedule_config: '{ interval_seconds: 60, start_immediately: true }',
  }),
  'manifests/c.yaml': manifestYaml('c', {
    trigger_type: 'event',
    schedule_config: '{ event_type: documents_added }',
  }),
};

/** One after the other, in one namespace: each finds what the ones before it have left. */
const STEPS: readonly (readonly [command: string, kind: SchemaKind, files?: Record<string, string>])[] = [
  ['validate', 'validation'],
  ['validate', 'validation', { 'manifests/d.yaml': 'name: Not A Name\n' }],
  ['validate', 'validation', { 'manifests/d.yaml': manifestYaml('d') }],
  ['environments', 'environments'],
  ['doctor', 'doctor'],
  ['plan --all-environments', 'plan'],
  ['plan', 'plan'],
  ['dry-run', 'dry-run'],
  ['apply --yes', 'result'],
  ['plan', 'plan', { 'manifests/a.yaml': manifestYaml('a', { action_config: '{ cluster_id: clust_2 }' }) }],
  ['dry-run', 'dry-run'],
  ['simulate --days 1', 'simulation'],
  ['apply --yes', 'result', { 'manifests/d.yaml': '# gone\n' }],
  ['status', 'status'],
  ['run a', 'run'],
  ['run b --wait', 'run'],
  ['history a', 'history'],
  ['history c', 'history'],
  ['show a', 'show'],
  ['show c --all-environments', 'show'],
  ['pause a --reason trouble --until 2h', 'result'],
  ['show a', 'show'],
  ['status', 'status'],
  ['resume a', 'result'],
  ['resume a', 'result'],
  ['schedule --days 2', 'schedule'],
  ['schedule --live', 'schedule'],
  ['apply --yes --all-environments', 'result'],
  ['status --all-environments', 'status'],
  ['doctor --all-environments', 'doctor'],
  ['schedule --all-environments', 'schedule'],
  ['environments --jobs 1', 'environments'],
  [
    'compare staging production',
    'compare',
    { 'manifests/d.yaml': manifestYaml('d', { environments: '[staging]' }) },
  ],
  ['compare staging production --live', 'compare'],
];

it('every --format json is a versioned document that its published schema takes, in strict ajv', async () => {
  const clock = new TestClock('2026-11-26T09:15:00Z');
  const { env } = await withSandbox({ clock: clock.now });
  const { MP_NAMESPACE: _, ...without } = env;
  const { mxt, write } = makeRepository(FILES, { ...without, MP_API_KEY: KEY });
  const ajv = new Ajv({ strict: true, allErrors: true });
  const validators = new Map(
    await Promise.all(
      SCHEMA_KINDS.map(async (kind) => {
        const { stdout } = await mxt(`schema --of ${kind}`, { clock });
        return [kind, ajv.compile(JSON.parse(stdout))] as const;
      }),
    ),
  );
  for (const [command, kind, files] of STEPS) {
    for (const [path, text] of Object.entries(files ?? {})) write(path, text);
    const all = command.includes('--all-') || command.startsWith('environments');
    const chosen = all ? {} : { env: { MXT_ENV: 'staging' } };
    const { stdout, stderr } = await mxt(`${command} --format json`, { clock, ...chosen });
    const validate = validators.get(kind);
    const { format_version: version, ...document } = JSON.parse(stdout || '{}');
    expect({ command, stderr, version }).toMatchObject({ version: '1.0' });
    const valid = validate?.({ format_version: version, ...document });
    expect({ command, valid, errors: validate?.errors }).toEqual({ command, valid: true, errors: null });
    expect(validate?.(document), `${command} without its version`).toBe(false);
  }
  const commands = (await mxt(['__complete', '--', ''], { clock })).stdout
    .split('\n')
    .flatMap((line) => line.split('\t')[0] || []);
  const helps = await Promise.all(
    commands.map(async (name) => [name, await mxt(`${name} --help`, { clock })] as const),
  );
  const printJson = helps.flatMap(([name, { stdout }]) => (/--format[^-]*"json"/.test(stdout) ? [name] : []));
  expect([...new Set(STEPS.map(([command]) => command.split(' ')[0]))].sort()).toEqual(printJson.sort());
});
