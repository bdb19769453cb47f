import { describe, expect, it } from 'vitest';
import { type Answer, type Play, playWorkflow } from '../support/play-workflow.ts';
import { type Contexts, evaluate, interpolate, workflowOf } from '../support/workflow.ts';

const SETTINGS: Contexts = {
  vars: { MP_NAMESPACE: 'ns_var' },
  secrets: {
    MP_API_KEY: 'write',
    MP_API_KEY_READ: 'read',
    MP_API_KEY_PROD: 'write-prod',
    MP_API_KEY_PROD_READ: 'read-prod',
  },
};

function pull(repository: string | null, author = 'someone', actor = author): Contexts {
  return {
    ...SETTINGS,
    github: {
      event_name: 'pull_request',
      repository: 'acme/search',
      actor,
      event: {
        pull_request: {
          head: { repo: repository === null ? null : { full_name: repository } },
          user: { login: author },
          base: { sha: 'b'.repeat(40) },
        },
      },
    },
  };
}

const BRANCH = pull('acme/search');
const FORK = pull('mallory/search');
const GROUP: Contexts = {
  ...SETTINGS,
  github: {
    event_name: 'merge_group',
    repository: 'acme/search',
    actor: 'someone',
    event: { merge_group: { base_sha: 'c'.repeat(40) } },
  },
};

/** What the action answers where mxt.yaml defines none, and where it defines two. */
const NONE = [{ environment: '', namespace: '', api_key_env: 'MP_API_KEY' }];
const TWO = [
  { environment: 'staging', namespace: 'ns_staging', api_key_env: 'MP_API_KEY' },
  { environment: 'production', namespace: 'ns_prod', api_key_env: 'MP_API_KEY_PROD' },
];

/** A workflow in which these environments are touched; the rest as is told, by job and environment. */
function play(
  name: string,
  contexts: Contexts,
  include: readonly object[],
  answers: Record<string, Answer> = {},
): Play {
  return playWorkflow(
    name,
    contexts,
    (job, { environment = '' }) => {
      if (job !== 'environments') return answers[`${job} ${environment}`.trim()] ?? {};
      const outputs = { matrix: JSON.stringify({ include }), count: String(include.length) };
      return answers[job] ?? { outputs };
    },
    leaveOut,
  );
}

/** What the script of the job `changed` comes to: scripts.test.ts runs it. */
function leaveOut(_: unknown, env: Record<string, string>, before: Play['instances']) {
  const changed = before.filter(({ job, steps }) => job === 'plan' && steps.includes('There are changes'));
  const names = changed.map(({ inputs }) => inputs['environment']);
  const all = JSON.parse(env['MATRIX'] ?? '') as { include: { environment: string }[] };
  const include = all.include.filter(({ environment }) => names.includes(environment));
  return { matrix: JSON.stringify({ include }), count: String(include.length) };
}

const names = ({ instances }: Play) => instances.map(({ name }) => name);
const inputsOf = ({ instances }: Play, job: string) =>
  instances.filter((one) => one.job === job).map(({ inputs }) => inputs);

describe('plan.yml', () => {
  it.each<[string, Contexts, string[]]>([
    ['a branch of this repository is planned', BRANCH, ['environments', 'plan', 'mxt']],
    ['a merge queue is planned', GROUP, ['environments', 'plan', 'mxt']],
    ['a fork gets no key', FORK, ['offline', 'mxt']],
    ['a fork that is gone gets no key', pull(null), ['offline', 'mxt']],
    ['Dependabot counts as a fork', pull('acme/search', 'dependabot[bot]'), ['offline', 'mxt']],
    ['so does what Dependabot reruns', pull('acme/search', 'someone', 'dependabot[bot]'), ['offline', 'mxt']],
    [
      "and what somebody reruns of Dependabot's",
      pull('acme/search', 'dependabot[bot]', 'someone'),
      ['offline', 'mxt'],
    ],
  ])('%s', (_, contexts, jobs) => {
    const played = play('plan', contexts, NONE);
    expect(names(played)).toEqual(jobs);
    expect(played.results['mxt']).toBe('success');
  });

  it('plans each environment that is touched, with its namespace and its key that reads', () => {
    const played = play('plan', BRANCH, TWO);
    expect(names(played)).toEqual(['environments', 'plan (staging)', 'plan (production)', 'mxt']);
    expect(inputsOf(played, 'plan')).toMatchObject([
      { environment: 'staging', namespace: 'ns_staging', 'api-key': 'read' },
      { environment: 'production', namespace: 'ns_prod', 'api-key': 'read-prod' },
    ]);
  });

  it('without environments, takes the one namespace from the variable', () => {
    expect(inputsOf(play('plan', BRANCH, NONE), 'plan')).toMatchObject([
      { environment: '', namespace: 'ns_var', 'api-key': 'read' },
    ]);
  });

  it.each<[string, Contexts, string]>([
    ['the base that the merge was made on', BRANCH, 'HEAD^1'],
    ["a queue's base", GROUP, 'c'.repeat(40)],
  ])('compares with %s, twice', (_, contexts, base) => {
    const played = play('plan', contexts, NONE);
    expect(inputsOf(played, 'environments')).toMatchObject([{ 'changed-since': base }]);
    expect(inputsOf(played, 'plan')).toMatchObject([{ base }]);
  });

  it('keeps every secret away from the jobs that need none', () => {
    const { environments, offline, mxt } = workflowOf('plan').jobs;
    expect(JSON.stringify([environments, offline, mxt])).not.toContain('secrets');
  });
});

describe('the check to require', () => {
  const fails = { fails: true };
  it.each<[string, Contexts, readonly object[], Record<string, Answer>, string]>([
    ['passes where nothing is touched', BRANCH, [], {}, 'success'],
    ['passes where all plans are made', BRANCH, TWO, {}, 'success'],
    ['fails where one plan of many does', BRANCH, TWO, { 'plan production': fails }, 'failure'],
    ['fails where the environments cannot be read', BRANCH, TWO, { environments: fails }, 'failure'],
    ["fails where a fork's files are wrong", FORK, NONE, { offline: fails }, 'failure'],
  ])('%s', (_, contexts, include, answers, result) => {
    expect(play('plan', contexts, include, answers).results['mxt']).toBe(result);
  });

  it('fails where one was cut off', () => {
    const [step] = workflowOf('plan').jobs['mxt']?.steps ?? [];
    const needs = {
      environments: { result: 'success' },
      plan: { result: 'cancelled' },
      offline: { result: 'skipped' },
    };
    expect(evaluate(step?.if ?? '', { needs })).toBe(true);
  });
});

function push(ref = 'main', event: object = { before: 'b'.repeat(40) }, inputs: object = {}): Contexts {
  return {
    ...SETTINGS,
    inputs,
    github: {
      ref_name: ref,
      run_id: 7,
      token: 'ghs_1',
      repository: 'acme/search',
      event: { repository: { default_branch: 'main' }, ...event },
    },
  };
}

const CHANGES = { outputs: { changes: 'true' } };
const NO_CHANGES = { outputs: { changes: 'false' } };
/** Something is blocked, and something else is not. */
const BLOCKED = { ...CHANGES, fails: true };
const MAIN = push();

describe('apply.yml', () => {
  it.each<[string, Contexts, readonly object[], Record<string, Answer>, string[]]>([
    [
      'changes on main are applied',
      MAIN,
      NONE,
      { plan: CHANGES },
      ['environments', 'plan', 'changed', 'apply'],
    ],
    [
      'where nothing is to be done, nobody is asked',
      MAIN,
      NONE,
      { plan: NO_CHANGES },
      ['environments', 'plan', 'changed'],
    ],
    ['nothing was touched', MAIN, [], {}, ['environments']],
    [
      'without a plan there is no apply',
      MAIN,
      NONE,
      { plan: { fails: true } },
      ['environments', 'plan', 'changed'],
    ],
    [
      'what is not blocked is applied',
      MAIN,
      NONE,
      { plan: BLOCKED },
      ['environments', 'plan', 'changed', 'apply'],
    ],
    ['another branch cannot be dispatched', push('feature'), NONE, {}, []],
  ])('%s', (_, contexts, include, answers, jobs) => {
    expect(names(play('apply', contexts, include, answers))).toEqual(jobs);
  });

  it('has a job for each environment, in the one of the same name on GitHub, with the key of that one', () => {
    const answers = { 'plan staging': CHANGES, 'plan production': BLOCKED };
    const { instances } = play('apply', MAIN, TWO, answers);
    expect(instances.filter(({ job }) => job === 'apply')).toMatchObject([
      {
        name: 'apply (staging)',
        environment: 'staging',
        group: 'mxt-apply-staging',
        inputs: { environment: 'staging', namespace: 'ns_staging', 'api-key': 'write' },
      },
      {
        name: 'apply (production)',
        environment: 'production',
        group: 'mxt-apply-production',
        inputs: { environment: 'production', namespace: 'ns_prod', 'api-key': 'write-prod' },
      },
    ]);
    expect(instances.filter(({ job }) => job !== 'apply').map(({ environment }) => environment)).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it.each<[string, Answer, Answer, string[]]>([
    ['the first', CHANGES, NO_CHANGES, ['apply (staging)']],
    ['the second', NO_CHANGES, CHANGES, ['apply (production)']],
    ['the one that could be planned', { fails: true }, CHANGES, ['apply (production)']],
    ['none', NO_CHANGES, NO_CHANGES, []],
  ])('asks for approval only where something changes: %s', (_, staging, production, asked) => {
    const played = play('apply', MAIN, TWO, { 'plan staging': staging, 'plan production': production });
    expect(names(played).filter((name) => name.startsWith('apply'))).toEqual(asked);
  });

  it('goes from one to the next only where it went well, unless they are peers', () => {
    const { strategy } = workflowOf('apply').jobs['apply'] ?? {};
    const under = (vars: object) =>
      [strategy?.['fail-fast'], strategy?.['max-parallel']].map((one) => evaluate(String(one), { vars }));
    expect(under({})).toEqual([true, 1]);
    expect(under({ MXT_PARALLEL: '10' })).toEqual([false, 10]);
  });

  it('has a job for a group of a fleet, in an environment of its own, with the key that they share', () => {
    const group = [{ environment: 'a,b', namespace: 'ns_a,ns_b', api_key_env: 'MP_API_KEY_PROD' }];
    const { instances } = play('apply', MAIN, group, { 'plan a,b': CHANGES });
    expect(instances.at(-1)).toMatchObject({
      name: 'apply (a,b)',
      environment: 'mxt-fleet',
      group: 'mxt-apply-a,b',
      inputs: { environment: 'a,b', 'api-key': 'write-prod' },
    });
  });

  it('without environments, is in "production"', () => {
    const { instances } = play('apply', MAIN, NONE, { plan: CHANGES });
    expect(instances.at(-1)).toMatchObject({ environment: 'production', group: 'mxt-apply-production' });
  });

  it.each<[string, Contexts, string]>([
    ['a push', MAIN, 'b'.repeat(40)],
    ['a push of a new branch', push('main', { before: '0'.repeat(40), created: true }), ''],
    ['a push that overwrites', push('main', { before: 'b'.repeat(40), forced: true }), ''],
    ['by hand', push('main', {}), ''],
  ])('looks what is touched: %s', (_, contexts, since) => {
    expect(inputsOf(play('apply', contexts, NONE), 'environments')).toMatchObject([
      { 'changed-since': since },
    ]);
  });

  it('hands on what a person said', () => {
    const said = { environment: 'staging', max_deletes: '7', max_credits: '9', on_mismatch: 'fail' };
    const played = play('apply', push('main', {}, said), TWO.slice(0, 1), { 'plan staging': CHANGES });
    expect(inputsOf(played, 'environments')).toMatchObject([{ environment: 'staging' }]);
    expect(inputsOf(played, 'plan')).toMatchObject([{ 'max-deletes': '7', 'max-credits': '9' }]);
    expect(inputsOf(played, 'apply')).toMatchObject([
      { 'max-deletes': '7', 'max-credits': '9', 'on-mismatch': 'fail' },
    ]);
  });

  it('checks out the tip of the branch, with all history', () => {
    const event = { github: { sha: 'd'.repeat(40), event: { repository: { default_branch: 'main' } } } };
    for (const { steps } of Object.values(workflowOf('apply').jobs)) {
      if (steps[0]?.uses === undefined) continue;
      expect(interpolate(String(steps[0]?.with?.['ref']), event)).toBe('main');
      expect(steps[0]?.with).toMatchObject({ 'fetch-depth': 0 });
    }
  });
});

describe('drift.yml', () => {
  it.each<[readonly object[], string[]]>([
    [NONE, ['environments', 'drift']],
    [TWO, ['environments', 'drift (staging)', 'drift (production)']],
  ])('looks at all environments, whatever changed', (include, jobs) => {
    const played = play('drift', push(), include, { 'drift staging': { fails: true } });
    expect(names(played)).toEqual(jobs);
    expect(inputsOf(played, 'environments')).toEqual([{ command: 'environments' }]);
    expect(inputsOf(played, 'drift').map((inputs) => inputs['api-key'])).toEqual(
      include === NONE ? ['read'] : ['read', 'read-prod'],
    );
  });
});

describe('each matrix', () => {
  const strategies = ['plan', 'apply', 'drift'].flatMap((name) =>
    Object.values(workflowOf(name).jobs).flatMap(({ strategy }) => strategy ?? []),
  );

  it('goes on where one job fails, but for apply', () => {
    const failFast = strategies.map((strategy) => strategy['fail-fast']);
    expect(failFast.filter((one) => one === false)).toHaveLength(3);
    expect(failFast.filter((one) => one !== false)).toEqual(['${{ !vars.MXT_PARALLEL }}']);
  });
});
