import { describe, expect, it } from 'vitest';
import type { Operation as OperationJson, Plan as PlanJson } from '../../generated/plan.d.ts';
import type { Action, Operation } from '../../src/domain/plan.ts';
import type { CheckRun, GitHub, PullRequest } from '../../src/github/github.ts';
import { checkName, externalId } from '../../src/github/identity.ts';
import { COMMITS_MAX } from '../../src/github/merged.ts';
import { writeRecord } from '../../src/github/record.ts';
import { readReview, unreviewed } from '../../src/github/review.ts';
import { difference } from '../../src/github/review-difference.ts';
import { operation, savedPlan } from './shapes.ts';

/** Main is `c0` (newest), `c1`, … to `c99`; each merge commit has a second parent that must not be walked. */
interface World {
  /** Commits that were applied, as the check runs on them say. */
  readonly applied?: Record<string, Partial<CheckRun>>;
  readonly pulls?: Record<string, readonly (Partial<PullRequest> & { number: number })[]>;
  /** Texts of check runs on heads. */
  readonly plans?: Record<string, readonly { text: string; externalId?: string; app?: string }[]>;
  /** Whose token it is. */
  readonly viewer?: string | null;
}

const plan = savedPlan();
const applyName = checkName('apply', plan);

function gitHub({ applied = {}, pulls = {}, plans = {}, viewer = null }: World): {
  github: GitHub;
  asked: string[];
} {
  const asked: string[] = [];
  const github: Partial<GitHub> = {
    viewer: async () => viewer,
    async commits(sha) {
      const from = Number(sha.slice(1));
      return Array.from({ length: 100 - from }, (_, at) => ({
        sha: `c${from + at}`,
        parents: from + at === 99 ? [] : [`c${from + at + 1}`, `side${at}`],
      }));
    },
    async pullsOf(sha) {
      asked.push(sha);
      return (pulls[sha] ?? []).map((pull) => ({
        headSha: `head${pull.number}`,
        base: 'main',
        merged: true,
        mergeSha: sha,
        ...pull,
      }));
    },
    async checkRuns(sha, name) {
      const apply = name === applyName ? applied[sha] : undefined;
      if (apply !== undefined) {
        const usual = {
          externalId: externalId(plan),
          app: 'github-actions',
          conclusion: 'success',
          text: '',
        };
        return [{ id: 1, ...usual, ...apply }];
      }
      return name !== checkName('plan', plan)
        ? []
        : (plans[sha] ?? []).map(
            ({ text, externalId: id = externalId(plan), app = 'github-actions' }, at) => ({
              id: at + 1,
              externalId: id,
              app,
              conclusion: 'success',
              text,
            }),
          );
    },
  };
  return { github: github as GitHub, asked };
}

const recorded = (operations: readonly Partial<OperationJson>[], more: Partial<PlanJson> = {}, run = 1) =>
  writeRecord(savedPlan(operations, more), { id: BigInt(run), attempt: 1n }).map((text) => ({ text }));
const names = ({ operations }: { operations: readonly { name: string }[] }) =>
  operations.map(({ name }) => name).sort();

describe('what was merged', () => {
  it('is what came after the last successful apply, by first parents', async () => {
    const { github, asked } = gitHub({
      applied: { c1: { conclusion: 'failure' }, c2: { externalId: 'mxt owner=other environment=' }, c3: {} },
      pulls: { c0: [{ number: 5 }], c1: [{ number: 5 }, { number: 4 }], c3: [{ number: 3 }] },
    });
    const review = await readReview(github, 'c0', plan, 'main');
    expect(asked).toEqual(['c0', 'c1', 'c2']);
    expect(review).toMatchObject({ since: 'c3', unrecorded: [5, 4], headHasPull: true });
  });

  it('is nothing where this very commit was applied', async () => {
    const { github, asked } = gitHub({ applied: { c0: {} }, pulls: { c0: [{ number: 5 }] } });
    expect(await readReview(github, 'c0', plan, 'main')).toMatchObject({ since: 'c0', pulls: [] });
    expect(asked).toEqual([]);
  });

  it('is bounded where nothing was applied yet', async () => {
    const { github, asked } = gitHub({});
    expect((await readReview(github, 'c0', plan, null)).since).toBeNull();
    expect(asked).toHaveLength(COMMITS_MAX);
  });

  it('leaves out pull requests that are open, or went into another branch', async () => {
    const pulls = {
      c0: [
        { number: 5, merged: false },
        { number: 6, base: 'next' },
      ],
    };
    const { github } = gitHub({ applied: { c1: {} }, pulls });
    expect(await readReview(github, 'c0', plan, 'main')).toMatchObject({ pulls: [], headHasPull: false });
    expect((await readReview(github, 'c0', plan, null)).pulls.map(({ number }) => number)).toEqual([6]);
  });
});

describe('what was reviewed', () => {
  const world = (plans: World['plans'] = {}) =>
    gitHub({ applied: { c2: {} }, pulls: { c0: [{ number: 5 }], c1: [{ number: 4 }] }, plans }).github;

  it('is what the plans of all of them say', async () => {
    const github = world({ head5: recorded([{ name: 'a' }]), head4: recorded([{ name: 'b' }]) });
    const review = await readReview(github, 'c0', plan, 'main');
    expect(names(review)).toEqual(['a', 'b']);
    expect(review.unrecorded).toEqual([]);
  });

  it('is the newest plan of a head, whole, whatever the order of its check runs', async () => {
    const many = Array.from({ length: 3_000 }, (_, at) => operation({ name: `n${at}` }, at));
    const newest = recorded(many, { digest: `sha256:${'e'.repeat(64)}` }, 10);
    expect(newest.length).toBeGreaterThan(1);
    const github = world({ head5: [...newest, ...recorded([{ name: 'old' }], {}, 9)] });
    expect((await readReview(github, 'c0', plan, 'main')).operations).toHaveLength(3_000);
  });

  it.each([
    ['another namespace', recorded([{ name: 'a' }], { namespace: 'ns_other' })],
    ['another service', recorded([{ name: 'a' }], { api_url: 'https://other.example' })],
    [
      'another owner',
      recorded([{ name: 'a' }]).map((one) => ({ ...one, externalId: 'mxt owner=x environment=' })),
    ],
    ['nothing that can be read', [{ text: 'edited by hand' }]],
  ])('is not a plan for %s', async (_, head5) => {
    const review = await readReview(world({ head5 }), 'c0', plan, 'main');
    expect(review).toMatchObject({ operations: [], unrecorded: [5, 4] });
  });
});

describe('an operation', () => {
  /** As the planner has it: what is asked of it here. */
  const planned = (more: Partial<OperationJson>): Operation => {
    const { trigger_id, ...rest } = operation(more);
    return { ...rest, managed: trigger_id === null ? null : { id: trigger_id } } as unknown as Operation;
  };
  const replace = { kind: 'replace', name: 'a', trigger_id: 'trg_1' } as const;
  const rest = { ...replace, cause: 'recovery', digest: `sha256:${'f'.repeat(64)}` } as const;

  it.each([
    ['that was planned the same', [{ name: 'a' }], { name: 'a' }, true],
    ['that was planned otherwise', [{ name: 'a' }], { name: 'a', digest: `sha256:${'f'.repeat(64)}` }, false],
    ['that is blocked', [], { kind: 'blocked', blocked_by: 'lookalike', intended: 'create' }, true],
    ['that is the rest of a reviewed replacement', [replace], rest, true],
    ['that is the rest of some other replacement', [{ ...replace, trigger_id: 'trg_2' }], rest, false],
    ['that is the rest of a replacement nobody saw', [], rest, false],
  ] as const)('%s', async (_, before, now, expected) => {
    const plans = { head5: recorded(before as readonly Partial<OperationJson>[]) };
    const { github } = gitHub({ applied: { c1: {} }, pulls: { c0: [{ number: 5 }] }, plans });
    const review = await readReview(github, 'c0', plan, 'main');
    expect(unreviewed([planned(now as Partial<OperationJson>)], review)).toHaveLength(expected ? 0 : 1);
  });

  it.each([
    ['of the workflow, for a person', null, 'github-actions', true],
    ['of the workflow, for the workflow', 'github-actions[bot]', 'github-actions', true],
    ['of the app whose token it is', 'acme-deploy[bot]', 'acme-deploy', true],
    ['of the workflow, for an app of its own', 'acme-deploy[bot]', 'github-actions', false],
    ['of another app, for the workflow', 'github-actions[bot]', 'somebody-else', false],
    ['of another app, for a person', 'octocat', 'somebody-else', false],
  ])('counts as reviewed by the check run %s: %s, %s', async (_, viewer, app, counts) => {
    const plans = { head5: recorded([{ name: 'a' }]).map((one) => ({ ...one, app })) };
    const applied = { c1: { app: viewer?.endsWith(']') ? viewer.slice(0, -5) : 'github-actions' } };
    const { github } = gitHub({ applied, pulls: { c0: [{ number: 5 }] }, plans, viewer });
    const review = await readReview(github, 'c0', plan, 'main');
    expect(unreviewed([planned({ name: 'a' })], review)).toHaveLength(counts ? 0 : 1);
    expect(review.unrecorded).toEqual(counts ? [] : [5]);
  });

  it('is shown beside the nearest that was reviewed', async () => {
    const change = (after: string) => [{ path: '/description', before: 'x', after }];
    const plans = {
      head5: recorded([
        { kind: 'delete', name: 'a', trigger_id: 'trg_0' },
        { kind: 'update', name: 'a', trigger_id: 'trg_1', changes: change('y') },
        { kind: 'update', name: 'long', trigger_id: 'trg_2', changes: change('y'.repeat(5_000)) },
      ]),
    };
    const { github } = gitHub({ applied: { c1: {} }, pulls: { c0: [{ number: 5 }] }, plans });
    const review = await readReview(github, 'c0', plan, 'main');
    const show = (more: Partial<OperationJson>) => difference(planned(more) as Action, review);
    expect(show({ kind: 'update', name: 'a', trigger_id: 'trg_1', changes: change('z\u001b[31m') })).toEqual([
      '--- reviewed in #5',
      '+++ planned now',
      ' update a trg_1',
      '   /description',
      '     before: "x"',
      '-    after:  "y"',
      '+    after:  "z\\u001b[31m"',
    ]);
    expect(show({ kind: 'update', name: 'a', trigger_id: 'trg_1', changes: change('y') })).toEqual([
      'reviewed in #5 with the same changes, but other requests',
    ]);
    expect(show({ kind: 'delete', name: 'b', trigger_id: 'trg_3', changes: [] })).toEqual([
      '--- reviewed: nothing of this name',
      '+++ planned now',
      '+delete b trg_3',
    ]);
    expect(show({ kind: 'update', name: 'long', trigger_id: 'trg_2', changes: change('z') })).toContain(
      '-  (its changes were too long for the record)',
    );
  });
});
