import type { Plan as PlanJson } from '../../../generated/plan.d.ts';
import { type Comment, prefixOf } from '../../github/upsert-comment.ts';
import { workflowRunFrom } from '../../github/workflow-run.ts';
import { COMMENT_LIMIT, linksFrom } from '../../render/markdown/markdown-options.ts';
import { planMarkdown } from '../../render/plan/plan-markdown.ts';
import { resultMarkdown } from '../../render/result/result-markdown.ts';
import type { ApplyResult } from '../apply/apply-result.ts';

/** The comment for a plan; for apply's result, where there is one. Within GitHub's limit, its marker included. */
export function commentFor(
  plan: PlanJson,
  result: ApplyResult | null,
  mayCreate: boolean,
  env: Readonly<Record<string, string | undefined>>,
): Comment {
  const says = (result ?? plan).operations.length + (result === null ? plan.guards.length : 0) > 0;
  const mark = {
    identity: { owner: plan.owner, environment: plan.environment },
    run: workflowRunFrom(env),
    applied: result !== null && says,
  };
  const common = { ...mark, create: mayCreate && says, idle: result !== null && !says };
  const options = { limit: COMMENT_LIMIT - prefixOf(mark).length, ...linksFrom(env) };
  if (result === null) return { ...common, markdown: planMarkdown(plan, options) };
  return { ...common, markdown: resultMarkdown(result, { ...options, target: plan }) };
}
