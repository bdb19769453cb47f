import type { Plan as PlanJson } from '../../generated/plan.d.ts';
import { isDeliberate } from '../domain/plan.ts';
import type { Conclusion, GitHub } from './github.ts';
import { checkName, externalId } from './identity.ts';
import { writeRecord } from './record.ts';
import type { WorkflowRun } from './workflow-run.ts';

export interface PlanCheck {
  readonly plan: PlanJson;
  /** The pull request's head, or a merge queue's commit. */
  readonly headSha: string;
  readonly run: WorkflowRun | null;
  /** One line. */
  readonly title: string;
  /** Markdown, within GitHub's limit. */
  readonly summary: string;
}

/** Writes what a plan would do on the commit that is reviewed. No editor of comments reaches it there. */
export async function writePlanCheck(github: GitHub, check: PlanCheck): Promise<void> {
  const { plan, headSha, run, title, summary } = check;
  const conclusion = conclusionOf(plan);
  // GitHub shows the newest of one name: the first part, which is written last.
  for (const text of writeRecord(plan, run).reverse()) {
    await github.createCheck(headSha, checkName('plan', plan), externalId(plan), {
      conclusion,
      title,
      summary,
      text,
    });
  }
}

/**
 * Failure where apply would fail: a guard refuses, something blocks, or live breaks a rule. Neutral where all that is left is left on
 * purpose, by a policy or a hold. Else success, also where there is nothing to do: the plan could be made.
 */
export function conclusionOf({ guards, operations, warnings }: PlanJson): Conclusion {
  const blocked = operations.filter(({ kind }) => kind === 'blocked');
  const deliberate = blocked.filter(isDeliberate);
  const broken = warnings.some(({ level }) => level === 'error');
  if (guards.length > 0 || deliberate.length < blocked.length || broken) return 'failure';
  return operations.length > 0 && blocked.length === operations.length ? 'neutral' : 'success';
}
