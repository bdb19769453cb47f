import { stringify } from 'yaml';
import type { Answers } from './answers.ts';

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

/** All of it is a comment: an invented id would be sent to the service. */
export const EXAMPLE_YAML = `# A trigger: the create request of the service, plus a name. Take the # away and put your own ids in.
#
# name: nightly-products
# description: Nightly re-cluster of active products
# action_type: cluster
# action_config:
#   cluster_id: clust_abc123
#   filters: { status: active }
# trigger_type: cron
# schedule_config: { cron_expression: "0 2 * * *", timezone: America/New_York }
`;
