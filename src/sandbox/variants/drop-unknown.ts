import type { JsonObject } from '../../domain/json.ts';
import { type Members, modelsOf } from '../operations/models.ts';
import type { Variant } from './variant.ts';

const declared = (config: JsonObject, members: Members | null): JsonObject =>
  members === null
    ? config
    : Object.fromEntries(Object.entries(config).filter(([name]) => Object.hasOwn(members, name)));

/** The open objects on the wire may be read into the models of each action and schedule, which ignore the rest. */
export const dropUnknown: Variant = {
  store: (sent) => {
    const { action, schedule } = modelsOf(sent);
    return {
      ...sent,
      action_config: declared(sent.action_config, action),
      schedule_config: declared(sent.schedule_config, schedule),
    };
  },
};
