import { stringify } from 'yaml';

/** What a new mxt.yaml says. */
export interface Answers {
  readonly owner: string;
  /** In the order given; empty: there is one namespace, which MP_NAMESPACE names. */
  readonly environments: readonly NamedSpace[];
}

export interface NamedSpace {
  readonly name: string;
  readonly namespace: string;
}

/** A first mxt.yaml. */
export function configYaml({ owner, environments }: Answers): string {
  return `# Configuration of mxt for this repository.

# Who owns the triggers that these manifests make. It is written into each trigger's label: triggers of another owner,
# and those without a label, are never touched. Each repository has its own.
owner: ${scalar(owner)}
${environments.length === 0 ? '' : environmentsYaml(environments)}`;
}

function environmentsYaml(environments: Answers['environments']): string {
  const lines = environments.map(
    ({ name, namespace }) => `  ${scalar(name)}: { namespace: ${scalar(namespace)} }\n`,
  );
  return `
# Each has a namespace of its own, and may have its own key (api_key_env: MP_API_KEY_PROD), vars, policy and guard.
environments:
${lines.join('')}`;
}

/** Quotes a text that YAML could read as something else: a number, a boolean, an indicator. */
function scalar(text: string): string {
  const plain = /^[A-Za-z][\w./-]*$/.test(text) && stringify(text).trimEnd() === text;
  return plain ? text : JSON.stringify(text);
}

/** A manifest that plans as it stands. It is paused, so that even one that is applied unread runs nothing. */
export const EXAMPLE_YAML = `# A trigger: the service's create request, plus a name. Its cluster is invented, so it is paused: put an id of your own in,
# and take the line with status away. For triggers that exist already, mxt export writes manifests.
name: nightly-clusters
description: Nightly re-cluster of active products
action_type: cluster
action_config:
  cluster_id: clust_abc123
  filters: { status: active }
trigger_type: cron
schedule_config: { cron_expression: "0 3 * * *", timezone: UTC }
status: paused
`;
