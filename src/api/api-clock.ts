import { setTimeout as delay } from 'node:timers/promises';

/** Time and chance, injected so that tests need neither. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Rejects with an AbortError when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** At least 0, less than 1. */
  random(): number;
}

const sinceBoot = (): number => Number(process.hrtime.bigint()) / 1e6;
const boot = Date.now() - sinceBoot();

export const systemClock: Clock = {
  // Wall clock at the start, monotonic from then on: a stepped clock must not stretch a wait.
  now: () => boot + sinceBoot(),
  sleep: (ms, signal) => delay(ms, undefined, signal === undefined ? {} : { signal }),
  random: () => Math.random(),
};
