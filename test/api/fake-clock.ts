import type { Clock } from '../../src/api/api-clock.ts';

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/**
 * Time that passes only while everybody sleeps: when nothing is left to do, it jumps to the next one who wakes.
 * Real sockets do not count as something to do, so what waits for them must not race against a sleep.
 */
export class FakeClock implements Clock {
  readonly sleeps: number[] = [];
  readonly #chance: () => number;
  #now: number;
  #sleepers: Sleeper[] = [];
  #ticking = false;

  constructor(start = Date.UTC(2026, 10, 24, 12, 0, 0, 300), chance: () => number = () => 0.5) {
    this.#now = start;
    this.#chance = chance;
  }

  now(): number {
    return this.#now;
  }

  random(): number {
    return this.#chance();
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    this.sleeps.push(ms);
    return new Promise((wake, fail) => {
      if (signal?.aborted) return fail(signal.reason);
      const onAbort = () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        fail(signal?.reason);
      };
      const wakeUp = () => {
        signal?.removeEventListener('abort', onAbort);
        wake();
      };
      const sleeper = { at: this.#now + Math.max(0, ms), wake: wakeUp };
      this.#sleepers.push(sleeper);
      signal?.addEventListener('abort', onAbort);
      this.#tick();
    });
  }

  #tick(): void {
    if (this.#ticking) return;
    this.#ticking = true;
    setImmediate(() => {
      this.#ticking = false;
      const next = this.#sleepers.reduce<Sleeper | null>((a, b) => (a === null || b.at < a.at ? b : a), null);
      if (next === null) return;
      this.#sleepers = this.#sleepers.filter((other) => other !== next);
      this.#now = Math.max(this.#now, next.at);
      next.wake();
      if (this.#sleepers.length > 0) this.#tick();
    });
  }
}
