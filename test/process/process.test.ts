import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Fault, SeenRequest } from '../../src/sandbox/http/faults.ts';
import { childEnv } from '../support/child-env.ts';
import { CONFIG, makeRepository, manifestYaml, NAMESPACE, withSandbox } from '../support/cli.ts';

// The bundle as users run it. `npm test` builds it first.
const MXT = fileURLToPath(new URL('../../dist/mxt.js', import.meta.url));
const PACKAGE = fileURLToPath(new URL('../../package.json', import.meta.url));

const PEOPLE = {
  'mxt.yaml': CONFIG,
  'manifests/a.yaml': manifestYaml('a'),
  'manifests/b.yaml': manifestYaml('b'),
};

function run(args: readonly string[], cwd: string, env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [MXT, ...args], {
    cwd,
    env: childEnv(env),
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data) => {
    stdout += data;
  });
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  const ended = new Promise<{ code: number | null; signal: string | null; stdout: string; stderr: string }>(
    (done) => child.on('close', (code, signal) => done({ code, signal, stdout, stderr })),
  );
  return { child, ended };
}

const isWrite = ({ method, path }: SeenRequest) => method !== 'GET' && path !== '/v1/triggers/list';

describe('the bundle', () => {
  it('knows its version without loading anything', async () => {
    const { version } = JSON.parse(readFileSync(PACKAGE, 'utf8')) as { version: string };
    expect(await run(['--version'], '/').ended).toMatchObject({
      code: 0,
      stdout: `${version}\n`,
      stderr: '',
    });
  });

  it('keeps the embedded sandbox from command to command', async () => {
    const { root } = makeRepository(PEOPLE);
    expect(await run(['apply', '--sandbox', '--yes'], root).ended).toMatchObject({ code: 0 });
    expect(await run(['plan', '--sandbox', '--detailed-exitcode'], root).ended).toMatchObject({
      code: 0,
      stderr: '',
    });
  });

  it('ends quietly where nobody reads any more', async () => {
    const { root } = makeRepository(PEOPLE);
    const { child, ended } = run(['plan', '--sandbox'], root);
    child.stdout.destroy();
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
  });

  it.each([
    ['text', []],
    ['json', ['--format', 'json']],
  ])('does all of what it began where nobody reads its %s: mxt apply | true', async (_, format) => {
    const { sandbox, env } = await withSandbox();
    const { root } = makeRepository(PEOPLE, env);
    const script = '{ "$@"; echo "ended with $?" >&2; } | true';
    const child = spawn('sh', ['-c', script, 'sh', process.execPath, MXT, 'apply', '--yes', ...format], {
      cwd: root,
      env: childEnv(env),
    });
    let stderr = '';
    child.stderr.on('data', (data) => {
      stderr += data;
    });
    await new Promise((done) => child.on('close', done));
    expect(stderr).toContain('ended with 0');
    expect(stderr).not.toMatch(/EPIPE|error/i);
    expect(sandbox.world(NAMESPACE).triggers).toHaveLength(2);
  });
});

/** Holds a request up until the process that sent it is gone. */
const holding = (when: 'before' | 'after', until: Promise<unknown>): Fault => ({
  kind: 'delay',
  when,
  until,
});

describe('killed with -9', () => {
  const change = {
    'manifests/a.yaml': manifestYaml('a', { action_config: '{ cluster_id: clust_other }' }),
    'manifests/c.yaml': manifestYaml('c'),
  };

  it.each([1, 2, 3, 4, 5, 6].flatMap((nth) => [[nth, 'before'] as const, [nth, 'after'] as const]))(
    'at its write number %i, %s the service acted: what --events has is done, and the next run converges',
    async (nth, when) => {
      let writes = 0;
      let kill = () => {};
      let armed = false;
      const gone = new Promise<void>((done) => {
        kill = done;
      });
      const { sandbox, env } = await withSandbox({
        faults: (request) => {
          if (!armed || !isWrite(request) || ++writes !== nth) return undefined;
          setTimeout(() => child?.kill('SIGKILL'), 20);
          return holding(when, gone);
        },
      });
      let child: ReturnType<typeof run>['child'] | undefined;
      const repository = makeRepository(PEOPLE, env);
      await repository.mxt('apply --yes');
      for (const [path, text] of Object.entries(change)) repository.write(path, text);
      repository.remove('manifests/b.yaml');

      armed = true;
      const killed = run(
        ['apply', '--yes', '--concurrency', '1', '--events', 'events.jsonl'],
        repository.root,
        env,
      );
      child = killed.child;
      expect(await killed.ended).toMatchObject({ signal: 'SIGKILL' });
      kill();
      armed = false;

      const live = () => sandbox.world(NAMESPACE).triggers.filter(({ status }) => status !== 'disabled');
      const events = readFileSync(join(repository.root, 'events.jsonl'), 'utf8').split('\n');
      expect(events.pop(), 'a whole last line').toBe('');
      for (const line of events) {
        const { kind, outcome, trigger_id: id } = JSON.parse(line);
        const there = live().some(({ trigger_id, status }) => trigger_id === id && status === 'active');
        expect({ line, outcome, there }).toEqual({ line, outcome: 'applied', there: kind !== 'delete' });
      }
      expect(
        live().filter(
          ({ action_config, status }) =>
            status === 'active' && JSON.stringify(action_config).includes('other'),
        ).length,
      ).toBeLessThan(2);
      expect(await repository.mxt('apply --yes')).toMatchObject({ code: 0 });
      expect(await repository.mxt('plan --detailed-exitcode')).toMatchObject({ code: 0 });
      expect(
        live()
          .map(({ action_config, status }) => [action_config['cluster_id'], status])
          .sort(),
      ).toEqual([
        ['clust_abc123', 'active'],
        ['clust_other', 'active'],
      ]);
    },
  );
});

describe('Ctrl-C', () => {
  it('lets the call in flight end, reports what was not done, and exits with 130', async () => {
    let release = () => {};
    const held = new Promise<void>((done) => {
      release = done;
    });
    const { sandbox, env } = await withSandbox({
      faults: (request) => {
        if (!isWrite(request) || request.n > 2) return undefined;
        child?.kill('SIGINT');
        setTimeout(release, 100);
        return holding('before', held);
      },
    });
    let child: ReturnType<typeof run>['child'] | undefined;
    const { root } = makeRepository(PEOPLE, env);
    const { child: started, ended } = run(['apply', '--yes', '--concurrency', '1'], root, env);
    child = started;
    const { code, stdout } = await ended;
    expect(code).toBe(130);
    expect(stdout).toContain('1 applied, 1 not done');
    expect(sandbox.world(NAMESPACE).triggers).toHaveLength(1);
  });

  it('ends a plan at once', async () => {
    const { env } = await withSandbox({
      faults: () => {
        child?.kill('SIGINT');
        return holding('before', new Promise(() => {}));
      },
    });
    let child: ReturnType<typeof run>['child'] | undefined;
    const { root } = makeRepository(PEOPLE, env);
    const { child: started, ended } = run(['plan'], root, env);
    child = started;
    expect(await ended).toMatchObject({ code: 130, stdout: '' });
  });

  it('stops the sandbox', async () => {
    const { root } = makeRepository({});
    const { child, ended } = run(['sandbox', '--port', '0', '--memory'], root);
    child.stdout.once('data', () => child.kill('SIGINT'));
    expect(await ended).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Sandbox at http:\/\/127\.0\.0\.1:\d+/),
      stderr: expect.stringMatching(/^(export MP_[A-Z_]+=\S+\n){3}$/),
    });
  });
});
