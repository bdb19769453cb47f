import type { Variant } from './variant.ts';

/** The service's page patches `cron_expression` alone where there was a zone too, and does not say what becomes of it. */
export const mergeSchedules: Variant = {
  store: (sent, before) =>
    before === null
      ? sent
      : { ...sent, schedule_config: { ...before.schedule_config, ...sent.schedule_config } },
};
