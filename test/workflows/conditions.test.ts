import { describe, expect, it } from 'vitest';
import { type Contexts, evaluate, interpolate, workflowOf } from '../support/workflow.ts';

/** Which jobs of a workflow run for an event. */
function jobsFor(name: string, contexts: Contexts): string[] {
  return Object.entries(workflowOf(name).jobs)
    .filter(([, job]) => job.if === undefined || evaluate(job.if, contexts) === true)
    .map(([job]) => job);
}

function pull(repository: string | null, author = 'someone', actor = author): Contexts {
  return {
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

const GROUP: Contexts = {
  github: {
    event_name: 'merge_group',
    repository: 'acme/search',
    actor: 'someone',
    event: { merge_group: { base_sha: 'c'.repeat(40) } },
  },
};

describe('plan.yml', () => {
  it.each<[string, Contexts, string]>([
    ['a branch of this repository is planned', pull('acme/search'), 'plan'],
    ['a merge queue is planned', GROUP, 'plan'],
    ['a fork gets no key', pull('mallory/search'), 'offline'],
    ['a fork that is gone gets no key', pull(null), 'offline'],
    ['Dependabot counts as a fork', pull('acme/search', 'dependabot[bot]'), 'offline'],
    ['so does what Dependabot reruns', pull('acme/search', 'someone', 'dependabot[bot]'), 'offline'],
    [
      "and what somebody reruns of Dependabot's",
      pull('acme/search', 'dependabot[bot]', 'someone'),
      'offline',
    ],
  ])('%s', (_, contexts, job) => {
    expect(jobsFor('plan', contexts)).toEqual([job]);
  });

  it('compares with the base that the merge was made on', () => {
    const step = workflowOf('plan').jobs['plan']?.steps.at(-1);
    const base = String(step?.with?.['base']);
    expect(interpolate(base, pull('acme/search'))).toBe('HEAD^1');
    expect(interpolate(base, GROUP)).toBe('c'.repeat(40));
  });

  it('keeps every secret away from the offline job', () => {
    expect(JSON.stringify(workflowOf('plan').jobs['offline'])).not.toContain('secrets.');
  });
});

function push(ref: string, changes: string): Contexts {
  return {
    github: { ref_name: ref, event: { repository: { default_branch: 'main' } } },
    needs: { plan: { outputs: { changes } } },
  };
}

describe('apply.yml', () => {
  it.each<[string, Contexts, string[]]>([
    ['changes on main are applied', push('main', 'true'), ['plan', 'apply']],
    ['where nothing is to be done, nobody is asked to approve it', push('main', 'false'), ['plan']],
    ['without a plan there is no apply', push('main', ''), ['plan']],
    ['another branch cannot be dispatched', push('feature', ''), []],
  ])('%s', (_, contexts, jobs) => {
    expect(jobsFor('apply', contexts)).toEqual(jobs);
  });

  it('checks out the tip of the branch, with all history', () => {
    const event = { github: { sha: 'd'.repeat(40), event: { repository: { default_branch: 'main' } } } };
    for (const { steps } of Object.values(workflowOf('apply').jobs)) {
      expect(interpolate(String(steps[0]?.with?.['ref']), event)).toBe('main');
      expect(steps[0]?.with).toMatchObject({ 'fetch-depth': 0 });
    }
  });
});
