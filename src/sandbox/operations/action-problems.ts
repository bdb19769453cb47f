import type { JsonObject } from '../../domain/json.ts';
import type { ActionType } from '../../domain/trigger.ts';
import type { FieldProblem } from '../http/reply-outcome.ts';

/** Per action, groups of members of which one must be there. The rest of the object is open on the wire. */
const REQUIRED: Readonly<Record<ActionType, readonly (readonly string[])[]>> = {
  cluster: [['cluster_id']],
  taxonomy_enrichment: [['taxonomy_id'], ['collection_id']],
  // The guide names a collection, the OpenAPI document a batch.
  batch_rerun: [['collection_id', 'batch_id']],
  collection_trigger: [['collection_id']],
  retriever_execution: [['retriever_id']],
  // No model is published.
  alert_evaluation: [],
};

export function actionProblems(type: ActionType, config: JsonObject): readonly FieldProblem[] {
  return REQUIRED[type].flatMap((group) => {
    const given = group.filter((name) => (config[name] ?? null) !== null);
    if (given.length === 0) {
      return [{ field: `action_config.${group.join('|')}`, message: `is required for action ${type}` }];
    }
    return given
      .filter((name) => typeof config[name] !== 'string' || config[name] === '')
      .map((name) => ({ field: `action_config.${name}`, message: 'must be a non-empty string' }));
  });
}
