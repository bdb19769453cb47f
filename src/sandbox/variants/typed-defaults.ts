import type { JsonObject } from '../../domain/json.ts';
import { type Members, modelsOf } from '../operations/models.ts';
import type { Variant } from './variant.ts';

const filled = (config: JsonObject, members: Members | null): JsonObject => {
  const defaults = Object.entries(members ?? {}).filter(
    ([name, value]) => value !== undefined && !Object.hasOwn(config, name),
  );
  return { ...config, ...(Object.fromEntries(defaults) as JsonObject) };
};

/** A model that was read is written out whole: what was left out is there with its default, null where it has no other. */
export const typedDefaults: Variant = {
  store: (sent) => {
    const { action, schedule } = modelsOf(sent);
    return {
      ...sent,
      action_config: filled(sent.action_config, action),
      schedule_config: filled(sent.schedule_config, schedule),
    };
  },
};
