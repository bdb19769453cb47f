import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { childEnv } from '../support/child-env.ts';
import { KEY, makeRepository, manifestYaml, withSandbox } from '../support/cli.ts';
import { initGit } from '../support/git.ts';

const FOLDER = fileURLToPath(new URL('../../examples/gitlab/', import.meta.url));
const MXT = fileURLToPath(new URL('../../dist/mxt.js', import.meta.url));
const TOKEN = 'glpat-0123456789';

interface Note {
  readonly id: number;
  readonly author: { readonly id: number };
  body: string;
}

/** As much of GitLab as the example calls: two notes a page, the token's user is 7. */
async function gitLab(notes: Note[] = []) {
  const calls: string[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const part of request) text += part;
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    calls.push(`${request.method} ${pathname}`);
    const send = (status: number, body: unknown, headers = {}) =>
      response
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(JSON.stringify(body));
    if (request.headers['private-token'] !== TOKEN) return send(401, { message: '401 Unauthorized' });
    const [, id] = /^\/api\/v4\/projects\/5\/merge_requests\/3\/notes(?:\/(\d+))?$/.exec(pathname) ?? [];
    const { body } = text === '' ? { body: '' } : JSON.parse(text);
    if (pathname === '/api/v4/user') return send(200, { id: 7 });
    if (request.method === 'POST') {
      notes.push({ id: notes.length + 1, author: { id: 7 }, body });
      return send(201, notes.at(-1));
    }
    if (request.method === 'PUT') {
      const note = notes.find((one) => one.id === Number(id));
      if (note !== undefined) note.body = body;
      return send(200, note);
    }
    const page = Number(searchParams.get('page'));
    const next = notes.length > page * 2 ? String(page + 1) : '';
    return send(200, notes.slice(page * 2 - 2, page * 2), { 'x-next-page': next });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const env = {
    CI_API_V4_URL: `http://127.0.0.1:${port}/api/v4`,
    CI_PROJECT_ID: '5',
    CI_MERGE_REQUEST_IID: '3',
    GITLAB_TOKEN: TOKEN,
  };
  return { notes, calls, env };
}

interface Ran {
  readonly code: number;
  readonly output: string;
}

/** A job's script as the runner has it: one shell, which ends at the first error. */
function runScript(lines: readonly string[], cwd: string, env: Record<string, string>): Promise<Ran> {
  return new Promise((done) => {
    execFile('sh', ['-ec', lines.join('\n')], { cwd, env: childEnv(env) }, (error, out, err) =>
      done({ code: error === null ? 0 : Number(error.code), output: out + err }),
    );
  });
}

const ci = () => parse(readFileSync(join(FOLDER, '.gitlab-ci.yml'), 'utf8'));

const CONFIG = `owner: acme/search
environments:
  staging: { namespace: ns_staging }
  production: { namespace: ns_prod }
`;

/** A project whose default branch is applied nowhere yet, and a clone of it, with mxt on the path. */
async function project() {
  const { env, sandbox } = await withSandbox();
  const origin = makeRepository({ 'mxt.yaml': CONFIG, 'manifests/a.yaml': manifestYaml('a') });
  mkdirSync(join(origin.root, 'ci'));
  cpSync(join(FOLDER, 'note.mjs'), join(origin.root, 'ci/note.mjs'));
  const git = initGit(origin.root);
  git.git('checkout', '-q', '-B', 'main');
  git.commit();
  const clone = mkdtempSync(join(tmpdir(), 'mxt-gitlab-'));
  onTestFinished(() => rmSync(clone, { recursive: true, force: true }));
  const bin = join(clone, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'mxt'), `#!/bin/sh\nexec "${process.execPath}" "${MXT}" "$@"\n`);
  chmodSync(join(bin, 'mxt'), 0o755);
  const work = join(clone, 'work');
  const checkOut = (branch: string) => {
    rmSync(work, { recursive: true, force: true });
    execFileSync('git', ['clone', '-q', '-b', branch, origin.root, work]);
  };
  const { MP_NAMESPACE: _, ...service } = env;
  const variables = { ...service, MP_API_KEY: KEY, PATH: `${bin}:${process.env['PATH']}` };
  const run = (lines: readonly string[], more: Record<string, string>) =>
    runScript(lines, work, { ...variables, ...more });
  return { origin, git, work, checkOut, run, sandbox };
}

function expectFiles(folder: string, paths: readonly string[]): void {
  for (const path of paths) expect(readFileSync(join(folder, path), 'utf8')).not.toBe('');
}

describe('the pipeline', () => {
  it('applies the default branch, and puts the plan of a merge request in one note, of the merge', async () => {
    const { origin, git, work, checkOut, run, sandbox } = await project();
    const lab = await gitLab();
    const { plan, validate } = ci();
    const apply = ci()['.apply'];
    const environments: string[] = plan.parallel.matrix[0].MXT_ENV;
    checkOut('main');
    expect((await run(validate.script, {})).code).toBe(0);
    expect(readFileSync(join(work, 'validate.xml'), 'utf8')).toContain('failures="0"');
    for (const MXT_ENV of environments) {
      const { code, output } = await run(apply.script, { MXT_ENV });
      expect(code, output).toBe(0);
      expectFiles(work, apply.artifacts.paths);
      const events = readFileSync(join(work, 'events.jsonl'), 'utf8').trim().split('\n');
      expect(events.map((line) => JSON.parse(line).environment)).toEqual([MXT_ENV]);
    }
    expect(sandbox.world('ns_prod').triggers).toHaveLength(1);

    git.git('checkout', '-q', '-b', 'feature');
    origin.write('manifests/b.yaml', manifestYaml('b'));
    git.commit();
    git.git('checkout', '-q', 'main');
    origin.write('manifests/c.yaml', manifestYaml('c')); // merged meanwhile
    git.commit();
    checkOut('feature');
    const target = { ...lab.env, CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main', MXT_ENV: 'production' };
    const planned = await run(plan.script, target);
    expect(planned.code, planned.output).toBe(0);
    expect(JSON.parse(readFileSync(join(work, 'counts.json'), 'utf8'))).toEqual({
      create: 2,
      update: 0,
      delete: 0,
    });
    const { operations } = JSON.parse(readFileSync(join(work, 'plan.json'), 'utf8'));
    expect(
      operations.map(({ name, pending }: { name: string; pending: boolean }) => [name, pending]),
    ).toEqual([
      ['b', false],
      ['c', true],
    ]);
    expect(lab.notes.map(({ body }) => body)).toEqual([
      expect.stringMatching(/^<!-- mxt:note .*\n[\s\S]*ns_prod/),
    ]);
    expectFiles(work, plan.artifacts.paths);
  });

  it('fails where a guard refuses the plan, and shows it all the same', async () => {
    const { origin, git, checkOut, run } = await project();
    const lab = await gitLab();
    checkOut('main');
    await run(ci()['.apply'].script, { MXT_ENV: 'staging' });
    origin.write('mxt.yaml', `${CONFIG}guard: { max_deletes: 0 }\n`);
    origin.remove('manifests/a.yaml');
    origin.write('manifests/b.yaml', manifestYaml('b'));
    git.commit();
    checkOut('main');
    const target = { ...lab.env, CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main', MXT_ENV: 'staging' };
    const { code, output } = await run(ci().plan.script, target);
    expect(code, output).toBe(1);
    expect(lab.notes).toEqual([
      expect.objectContaining({ body: expect.stringContaining('--max-deletes 1') }),
    ]);
  });

  it('keeps the key that writes from merge requests, and one job at a time in an environment', () => {
    const { plan, ...rest } = ci();
    expect(plan.environment).toEqual({ name: 'plan/$MXT_ENV', action: 'access' });
    expect(plan.rules).toEqual([{ if: '$CI_MERGE_REQUEST_SOURCE_PROJECT_PATH == $CI_PROJECT_PATH' }]);
    expect(rest['.apply']).toMatchObject({
      rules: [{ if: '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH' }],
      resource_group: 'mxt-$MXT_ENV',
      interruptible: false,
    });
  });
});

describe('note.mjs', () => {
  const note = async (env: Record<string, string>, operations: readonly object[], text: string) => {
    const { root, write } = makeRepository();
    const summary = { create: 1, update: 2, replace: 3, delete: 4 };
    const plan = { owner: 'acme/search', environment: 'production', summary, operations, guards: [] };
    write('plan.json', JSON.stringify(plan));
    write('plan.md', text);
    const ran = await runScript([`"${process.execPath}" "${FOLDER}note.mjs" plan.json plan.md`], root, env);
    return { ...ran, counts: () => JSON.parse(readFileSync(join(root, 'counts.json'), 'utf8')) };
  };
  const MARKER = '<!-- mxt:note ["acme/search","production"] -->';

  it('writes one, renews it, and leaves those of others alone, on whatever page', async () => {
    const others = [1, 2, 3].map((id) => ({ id, author: { id: 1 }, body: `${MARKER}\nforged` }));
    const lab = await gitLab(others);
    const { code, counts } = await note(lab.env, [{}], 'first');
    expect({ code, counts: counts() }).toEqual({ code: 0, counts: { create: 4, update: 2, delete: 7 } });
    await note(lab.env, [], 'second');
    expect(lab.notes.map(({ body }) => body)).toEqual([
      ...Array(3).fill(`${MARKER}\nforged`),
      `${MARKER}\nsecond`,
    ]);
  });

  it('writes none where nothing is to be done, and lets no line be a command of GitLab', async () => {
    const lab = await gitLab();
    await note(lab.env, [], 'No changes.');
    expect(lab.notes).toEqual([]);
    await note(lab.env, [{}], 'x\n/close\n  /merge\n');
    expect(lab.notes[0]?.body).toBe(`${MARKER}\nx\n&#47;close\n  &#47;merge\n`);
  });

  it.each([
    ['no token', { GITLAB_TOKEN: '' }, 'GITLAB_TOKEN is not set'],
    [
      'a token that may not',
      { GITLAB_TOKEN: 'glpat-other' },
      'GET /user was answered 401: may the token write notes',
    ],
  ])('says what is wrong with %s, and never shows it', async (_, env, message) => {
    const lab = await gitLab();
    const { code, output } = await note({ ...lab.env, ...env }, [{}], 'x');
    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining(message) });
    expect(output).not.toContain('glpat-');
  });
});
