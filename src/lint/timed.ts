import type { Desired } from '../domain/manifest.ts';
import { runsBetween, runsPerMonth } from '../schedule/runs.ts';
import { type Clock, clockOf } from '../schedule/schedule-clock.ts';
import { shortestGap } from '../schedule/shortest-gap.ts';
import { type DstEffect, dstEffects } from '../schedule/dst-effects.ts';

const MINUTE = 60_000;

/** A clock, and what follows from it, worked out when it is first asked for. */
export class Timed {
  readonly clock: Clock;
  readonly #now: Date;
  #runs?: number;
  #gap?: number | null;
  #changes?: readonly DstEffect[];
  readonly #minutes = new Map<number, readonly number[]>();

  constructor(clock: Clock, now: Date) {
    this.clock = clock;
    this.#now = now;
  }

  get zone(): string {
    return this.clock.kind === 'cron' ? this.clock.zone : 'UTC';
  }

  get runsPerMonth(): number {
    this.#runs ??= runsPerMonth(this.clock, this.#now);
    return this.#runs;
  }

  /** In seconds; null where it runs once at most. */
  get shortestGap(): number | null {
    if (this.#gap === undefined) this.#gap = shortestGap(this.clock, this.#now);
    return this.#gap;
  }

  get dstEffects(): readonly DstEffect[] {
    this.#changes ??= dstEffects(this.clock, this.#now);
    return this.#changes;
  }

  /** When it runs in the coming minutes, as whole minutes from now, ascending. */
  within(minutes: number): readonly number[] {
    let found = this.#minutes.get(minutes);
    if (found === undefined) {
      const start = Math.floor(this.#now.getTime() / MINUTE);
      const until = new Date(this.#now.getTime() + minutes * MINUTE);
      const runs = runsBetween(this.clock, this.#now, until, this.#now);
      found = Array.from(runs, (run) => Math.floor(run.getTime() / MINUTE) - start);
      this.#minutes.set(minutes, found);
    }
    return found;
  }
}

/** Clocks of manifests. Each schedule is read once: many triggers share one, and have the same object then. */
export class Clocks {
  readonly now: Date;
  readonly #known = new Map<string, Timed | null>();
  readonly #of = new Map<Desired, Timed | null>();

  constructor(now: Date) {
    this.now = now;
  }

  /** Null where it does not run by time alone. */
  of(manifest: Desired): Timed | null {
    let timed = this.#of.get(manifest);
    if (timed === undefined) {
      timed = this.#read(manifest);
      this.#of.set(manifest, timed);
    }
    return timed;
  }

  #read({ fixed, patchable }: Desired): Timed | null {
    const { cron_expression: cron, timezone, interval_seconds: seconds } = patchable.schedule_config;
    const key = JSON.stringify([fixed.trigger_type, cron, timezone ?? 'UTC', seconds]);
    let timed = this.#known.get(key);
    if (timed === undefined) {
      const clock = clockOf(fixed.trigger_type, patchable.schedule_config);
      timed = clock === null ? null : new Timed(clock, this.now);
      this.#known.set(key, timed);
    }
    return timed;
  }

  /** An instant that is a number of whole minutes from now. */
  minute(minutes: number): Date {
    return new Date((Math.floor(this.now.getTime() / MINUTE) + minutes) * MINUTE);
  }
}
