import type { Operation, Plan } from '../../generated/plan.d.ts';
import { digestOperation, digestPlan } from '../../src/plan/operation/digest.ts';

/** GitHub's answers as its documentation shows them, with the members that vary given. */

const API = 'https://api.github.com';
export const REPOSITORY = 'acme/search';

export function user(login: string) {
  return {
    login,
    id: 41898282,
    node_id: 'MDM6Qm90NDE4OTgyODI=',
    avatar_url: `https://avatars.githubusercontent.com/in/15368?v=4`,
    gravatar_id: '',
    url: `${API}/users/${encodeURIComponent(login)}`,
    html_url: `https://github.com/apps/${login}`,
    type: login.endsWith('[bot]') ? 'Bot' : 'User',
    site_admin: false,
  };
}

export function comment(id: number, body: string, login: string | null = 'github-actions[bot]', number = 7) {
  return {
    id,
    node_id: `IC_${id}`,
    url: `${API}/repos/${REPOSITORY}/issues/comments/${id}`,
    html_url: `https://github.com/${REPOSITORY}/pull/${number}#issuecomment-${id}`,
    issue_url: `${API}/repos/${REPOSITORY}/issues/${number}`,
    user: login === null ? null : user(login),
    created_at: '2026-11-24T12:00:00Z',
    updated_at: '2026-11-24T12:00:00Z',
    author_association: 'NONE',
    body,
    reactions: { total_count: 0 },
    performed_via_github_app: null,
  };
}

export function pull(
  number: number,
  more: { head?: string; merged?: boolean; merge?: string; base?: string } = {},
) {
  const { head = '1'.repeat(40), merged = false, merge = null, base = 'main' } = more;
  return {
    id: 1000 + number,
    number,
    state: merged ? 'closed' : 'open',
    title: `Change ${number}`,
    user: user('octocat'),
    html_url: `https://github.com/${REPOSITORY}/pull/${number}`,
    head: { label: `acme:change-${number}`, ref: `change-${number}`, sha: head },
    base: { label: `acme:${base}`, ref: base, sha: '0'.repeat(40) },
    merged_at: merged ? '2026-11-24T12:00:00Z' : null,
    merge_commit_sha: merge,
    draft: false,
  };
}

export function checkRun(
  id: number,
  more: {
    name: string;
    head_sha: string;
    external_id?: string;
    conclusion?: string | null;
    output?: { title?: string | null; summary?: string | null; text?: string | null };
  },
) {
  const { name, head_sha, external_id = '', conclusion = null, output = {} } = more;
  return {
    id,
    name,
    head_sha,
    external_id,
    url: `${API}/repos/${REPOSITORY}/check-runs/${id}`,
    html_url: `https://github.com/${REPOSITORY}/runs/${id}`,
    status: conclusion === null ? 'in_progress' : 'completed',
    conclusion,
    started_at: '2026-11-24T12:00:00Z',
    completed_at: conclusion === null ? null : '2026-11-24T12:00:00Z',
    output: { title: null, summary: null, text: null, annotations_count: 0, ...output },
    app: { id: 15368, slug: 'github-actions', name: 'GitHub Actions' },
    pull_requests: [],
  };
}

export function commit(sha: string, parents: readonly string[]) {
  return {
    sha,
    url: `${API}/repos/${REPOSITORY}/commits/${sha}`,
    commit: {
      message: 'A change',
      tree: { sha: '2'.repeat(40) },
      author: { name: 'A', date: '2026-11-24T12:00:00Z' },
    },
    author: user('octocat'),
    parents: parents.map((parent) => ({ sha: parent, url: `${API}/repos/${REPOSITORY}/commits/${parent}` })),
  };
}

/** A saved plan. */
export function savedPlan(operations: readonly Partial<Operation>[] = [], more: Partial<Plan> = {}): Plan {
  const kinds = [
    'create',
    'update',
    'pause',
    'resume',
    'replace',
    'delete',
    'adopt',
    'rename',
    'release',
  ] as const;
  const summary = Object.fromEntries(
    kinds.map((kind) => [kind, operations.filter((one) => one.kind === kind).length]),
  );
  const plan: Plan = {
    format_version: '1.0',
    owner: 'acme/search',
    environment: null,
    namespace: 'ns_prod',
    api_url: 'https://api.mixpeek.com',
    git: { commit: 'a'.repeat(40), dirty: false },
    summary: { ...summary, relabel: 0, blocked: 0, unchanged: 1 } as Plan['summary'],
    operations: operations.map(operation),
    guards: [],
    unmanaged: 0,
    foreign: 0,
    damaged: 0,
    warnings: [],
    digest: '',
    ...more,
  };
  return { ...plan, digest: more.digest ?? digestPlan(plan) };
}

export function operation(more: Partial<Operation>, at = 0): Operation {
  const whole: Operation = {
    kind: 'create',
    name: `trigger-${at}`,
    trigger_id: null,
    source: { file: `manifests/${at}.yaml`, line: 1 },
    cause: 'new',
    blocked_by: null,
    intended: null,
    changes: [{ path: '/schedule_config/cron_expression', before: null, after: '0 2 * * *' }],
    requests: [{ method: 'POST', path: '/v1/triggers', body: {} }],
    warnings: [],
    digest: '',
    pending: false,
    ...more,
  };
  return { ...whole, digest: more.digest ?? digestOperation(whole) };
}
