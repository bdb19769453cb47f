import { ACTION_TYPES, type ActionType } from '../../domain/trigger.ts';
import type { ApiVersion } from '../variants/names.ts';

const LATER: readonly ActionType[] = ['retriever_execution', 'alert_evaluation'];

/** The actions that the OpenAPI document of February knows. */
export const ACTION_TYPES_081: readonly ActionType[] = ACTION_TYPES.filter(
  (action) => !LATER.includes(action),
);

/** What becomes of members of a body that its model does not declare. */
export const undeclared = (api: ApiVersion): 'forbidden' | 'ignored' =>
  api === '0.81' ? 'ignored' : 'forbidden';
