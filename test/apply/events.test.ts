import { execFile, execFileSync } from 'node:child_process';
import { closeSync, constants, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import type { ApplyEvent } from '../../generated/events.d.ts';
import type { FaultHook } from '../../src/sandbox/http/faults.ts';
import {
  CONFIG,
  makeRepository,
  manifestYaml,
  NAMESPACE,
  type Repository,
  TestClock,
  withSandbox,
} from '../support/cli.ts';

const linesOf = ({ root }: Repository, file = 'events.jsonl'): ApplyEvent[] =>
  readFileSync(join(root, file), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

const short = ({ kind, name, outcome }: Pick<ApplyEvent, 'kind' | 'name' | 'outcome'>) =>
  `${outcome} ${kind} ${name}`;

/** A namespace in which an apply has something of each outcome to do. */
async function start(faults?: FaultHook) {
  const clock = new TestClock('2026-11-26T12:00:00Z');
  let armed = false;
  const { sandbox, env } = await withSandbox({
    clock: clock.now,
    faults: (request) => (armed ? faults?.(request) : undefined),
  });
  const config = `${CONFIG}environments: { production: { namespace: ${NAMESPACE} } }\n`;
  const repository = makeRepository({ 'mxt.yaml': config }, { ...env, MXT_ENV: 'production' });
  for (const name of ['edited', 'other', 'gone']) {
    repository.write(`manifests/${name}.yaml`, manifestYaml(name));
  }
  const kept = 'lifecycle: { protect: true }\n';
  repository.write('manifests/kept.yaml', `${manifestYaml('kept')}${kept}`);
  const first = await repository.mxt('apply --yes', { clock });
  expect(first).toMatchObject({ code: 0 });
  repository.write('manifests/edited.yaml', manifestYaml('edited', { description: 'Edited' }));
  repository.write(
    'manifests/other.yaml',
    manifestYaml('other', { action_config: '{ cluster_id: clust_2 }' }),
  );
  repository.write('manifests/new.yaml', manifestYaml('new'));
  repository.remove('manifests/gone.yaml');
  repository.remove('manifests/kept.yaml');
  armed = true;
  const before = sandbox.requests.length;
  const apply = (flags: string) => repository.mxt(`apply --yes --concurrency 1 ${flags}`, { clock });
  return { apply, clock, repository, sandbox, called: () => sandbox.requests.length - before };
}

const isWrite: (request: Parameters<FaultHook>[0]) => boolean = ({ method, path }) =>
  method !== 'GET' && path !== '/v1/triggers/list';

describe('apply --events', () => {
  it('writes a line for each outcome of the result, and no other, as the published schema has it', async () => {
    const refused = { kind: 'answer', when: 'before', status: 422, body: { detail: 'no' } } as const;
    const { apply, repository, clock } = await start((request) =>
      isWrite(request) && request.method === 'PATCH' ? refused : undefined,
    );
    const plan = JSON.parse((await repository.mxt('plan --format json', { clock })).stdout);
    const { code, stdout } = await apply('--events events.jsonl --format json');
    expect(code).toBe(1);
    const result = JSON.parse(stdout);
    const lines = linesOf(repository);
    expect(lines.map(short)).toEqual([
      'blocked blocked kept',
      'failed update edited',
      'applied create new',
      'failed replace other',
      'skipped delete gone',
    ]);
    const byName = (a: ApplyEvent, b: ApplyEvent) => a.name.localeCompare(b.name);
    const shared = ({ kind, name, trigger_id, outcome, error, attempts }: ApplyEvent) => ({
      kind,
      name,
      trigger_id,
      outcome,
      error,
      attempts,
    });
    expect([...lines].sort(byName).map(shared)).toEqual([...result.operations].sort(byName));
    for (const line of lines) {
      const { digest } = plan.operations.find(({ name }: ApplyEvent) => name === line.name);
      expect(line).toMatchObject({
        format_version: '1.0',
        environment: 'production',
        namespace: NAMESPACE,
        plan_digest: plan.digest,
        digest,
      });
      expect(new Date(line.at).toISOString()).toBe(line.at);
    }
    expect(lines[0]).toMatchObject({ intended: 'delete', blocked_by: 'protected' });
    expect(lines[1]).toMatchObject({ intended: null, blocked_by: null, error: { status: 422 } });
    const schema = JSON.parse((await repository.mxt('schema --of events', { clock })).stdout);
    const validate = new Ajv({ strict: true, allErrors: true }).compile(schema);
    for (const line of lines) expect(validate(line), JSON.stringify(validate.errors)).toBe(true);
  });

  it('writes each line before the next operation is sent', async () => {
    const seen: string[][] = [];
    const { apply, repository } = await start((request) => {
      if (isWrite(request)) seen.push(linesOf(repository).map(short));
      return undefined;
    });
    expect(await apply('--events events.jsonl')).toMatchObject({ code: 1 }); // one is protected
    expect(seen[0]).toEqual(['blocked blocked kept']);
    expect(seen.at(-1)).toEqual([
      'blocked blocked kept',
      'applied update edited',
      'applied create new',
      'applied replace other',
    ]);
    expect(linesOf(repository).map(short).at(-1)).toBe('applied delete gone');
  });

  it('writes what a full quota refused once, when it is final', async () => {
    let full = true;
    const { apply, repository } = await start(({ method, path }) => {
      if (method === 'DELETE') full = false;
      if (!full || method !== 'POST' || path !== '/v1/triggers') return undefined;
      const error = { message: 'full', type: 'QuotaExceededError' };
      return { kind: 'answer', when: 'before', status: 403, body: { success: false, status: 403, error } };
    });
    await apply('--events events.jsonl');
    expect(linesOf(repository).map((line) => `${short(line)} ${line.attempts}`)).toEqual([
      'blocked blocked kept 0',
      'applied update edited 1',
      'applied delete gone 1',
      'applied create new 2',
      'applied replace other 2',
    ]);
  });

  it('has no line where a guard refuses the plan, and none of an earlier run', async () => {
    const { apply, repository, called } = await start();
    writeFileSync(join(repository.root, 'events.jsonl'), 'of yesterday\n');
    repository.write(
      'mxt.yaml',
      `${readFileSync(join(repository.root, 'mxt.yaml'), 'utf8')}guard: { max_deletes: 0 }\n`,
    );
    expect(await apply('--events events.jsonl')).toMatchObject({ code: 1 });
    expect(linesOf(repository)).toEqual([]);
    expect(called()).toBeLessThan(3); // lists
  });

  it.each([
    ['a folder', 'events', /cannot write events: EISDIR/],
    ['in a folder that is not there', 'no/events.jsonl', /cannot write no\/events\.jsonl: ENOENT/],
    ['the saved plan', './plan.json', /--events \.\/plan\.json: that is the saved plan/],
    ['the file of --out-json', 'result.json', /--events result\.json: that is the file of --out-json/],
    ['the configuration', 'mxt.yaml', /--events mxt\.yaml: that is the configuration/],
    ['a manifest', 'manifests/new.yaml', /--events manifests\/new\.yaml: that is a manifest/],
    ['a full disk', '/dev/full', /error: cannot write \/dev\/full: ENOSPC.*\n {2}The disk is full/],
    ['without a name', '', /error: the value of --events is empty/],
  ])('a file that cannot be written (%s) costs nothing: nothing is called', async (_, file, message) => {
    const { apply, repository, clock, called } = await start();
    mkdirSync(join(repository.root, 'events'));
    await repository.mxt('plan --out plan.json', { clock });
    const saved = readFileSync(join(repository.root, 'plan.json'), 'utf8');
    const planned = called();
    const manifest = readFileSync(join(repository.root, 'manifests/new.yaml'), 'utf8');
    const { code, stdout, stderr } = await apply(`plan.json --out-json result.json --events=${file}`);
    expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(message) });
    expect(called()).toBe(planned);
    expect(readFileSync(join(repository.root, 'plan.json'), 'utf8')).toBe(saved);
    expect(readFileSync(join(repository.root, 'manifests/new.yaml'), 'utf8')).toBe(manifest);
    expect(existsSync(join(repository.root, 'result.json'))).toBe(false);
  });

  it('is not touched where the manifests are wrong', async () => {
    const { apply, repository, called } = await start();
    repository.write('manifests/new.yaml', 'name: Not A Name\n');
    expect(await apply('--events events.jsonl')).toMatchObject({ code: 1 });
    expect(existsSync(join(repository.root, 'events.jsonl'))).toBe(false);
    expect(called()).toBe(0);
  });

  it('does not stop what was begun where the reader goes away: all is done and said, and then that', async () => {
    let reader: number | null = null;
    const { apply, repository } = await start((request) => {
      if (isWrite(request) && reader !== null) {
        closeSync(reader);
        reader = null;
      }
      return undefined;
    });
    const pipe = join(repository.root, 'pipe');
    execFileSync('mkfifo', [pipe]);
    reader = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
    const { code, stdout, stderr } = await apply('--events pipe --out-json result.json');
    expect(stdout).toContain('Apply: 4 applied, 1 blocked.');
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/error: cannot write pipe: EPIPE/),
    });
  });

  it('goes down a pipe as well', async () => {
    const { apply, repository } = await start();
    execFileSync('mkfifo', [join(repository.root, 'pipe')]);
    const read = new Promise<string>((done) =>
      execFile('cat', [join(repository.root, 'pipe')], (_, text) => done(text)),
    );
    await apply('--events pipe');
    const lines = (await read).trimEnd().split('\n');
    expect(lines.map((line) => short(JSON.parse(line)))).toHaveLength(5);
  });
});

it('--all-environments: one file, each line with its environment, in the order in which they are applied', async () => {
  const { env } = await withSandbox();
  const { MP_NAMESPACE: _, ...without } = env;
  const environments = 'environments: { staging: { namespace: ns_1 }, production: { namespace: ns_2 } }\n';
  const files = { 'mxt.yaml': `${CONFIG}${environments}`, 'manifests/a.yaml': manifestYaml('a') };
  const repository = makeRepository(files, without);
  const { code } = await repository.mxt('apply --yes --all-environments --events events.jsonl');
  expect(code).toBe(0);
  expect(
    linesOf(repository).map(({ environment, namespace, name }) => [environment, namespace, name]),
  ).toEqual([
    ['staging', 'ns_1', 'a'],
    ['production', 'ns_2', 'a'],
  ]);
});
