import type { RunRule } from '../store/namespace-state.ts';

type Target = Pick<RunRule, 'trigger_id' | 'cluster_id'>;

/** A rule in the place of the one for the same trigger, cluster or namespace. */
export function withRule(rules: readonly RunRule[], rule: RunRule): readonly RunRule[] {
  const others = rules.filter(
    ({ trigger_id, cluster_id }) => trigger_id !== rule.trigger_id || cluster_id !== rule.cluster_id,
  );
  return [...others, rule];
}

/** The rule that a run goes by, if any, and the rules that are left for the next one. */
export function takeRule(
  rules: readonly RunRule[],
  target: Target,
): { readonly rule: RunRule | null; readonly rules: readonly RunRule[] } {
  const rule =
    rules.find(({ trigger_id }) => trigger_id !== null && trigger_id === target.trigger_id) ??
    rules.find(({ cluster_id }) => cluster_id !== null && cluster_id === target.cluster_id) ??
    rules.find(({ trigger_id, cluster_id }) => trigger_id === null && cluster_id === null) ??
    null;
  if (rule === null || rule.left === null) return { rule, rules };
  const left = rule.left - 1;
  return {
    rule,
    rules: rules.flatMap((other) => (other !== rule ? [other] : left > 0 ? [{ ...rule, left }] : [])),
  };
}
