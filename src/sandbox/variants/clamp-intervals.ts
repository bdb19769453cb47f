import type { Variant } from './variant.ts';

/** The least that a page of the service named, which has been removed since. */
const LEAST_SECONDS = 300;

export const clampIntervals: Variant = {
  store: (sent) => {
    const { interval_seconds } = sent.schedule_config;
    if (typeof interval_seconds !== 'number' || interval_seconds >= LEAST_SECONDS) return sent;
    return { ...sent, schedule_config: { ...sent.schedule_config, interval_seconds: LEAST_SECONDS } };
  },
};
