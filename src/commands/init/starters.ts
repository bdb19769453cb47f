/** mxt.yaml to begin with. Without a slash, an owner could be a number or a boolean to YAML: it is quoted. */
export function configYaml(owner: string): string {
  return `# Configuration of mxt for this repository.

# Who owns the triggers that these manifests make. It is written into each trigger's label: triggers of another owner,
# and those without a label, are never touched. Two repositories never share one.
owner: ${owner.includes('/') ? owner : `"${owner}"`}
`;
}

/** A manifest that makes nothing: all of it is a comment, since an invented id would be sent as it is. */
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
