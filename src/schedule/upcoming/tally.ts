import type { SimulatedEvent } from './event-log.ts';

/** Failed runs are runs, too. */
export interface Figures {
  readonly runs: number;
  readonly failed: number;
  readonly refused: number;
  readonly suppressed: number;
  readonly stopped: number;
}

const NOTHING: Figures = { runs: 0, failed: 0, refused: 0, suppressed: 0, stopped: 0 };

/** Counts events of each kind, by the trigger or the day that they belong to. */
export class Tally {
  readonly #figures = new Map<string, { -readonly [Kind in keyof Figures]: number }>();

  add(key: string, kind: SimulatedEvent['kind']): void {
    let figures = this.#figures.get(key);
    if (figures === undefined) {
      figures = { ...NOTHING };
      this.#figures.set(key, figures);
    }
    if (kind === 'run' || kind === 'failed_run') figures.runs += 1;
    if (kind === 'failed_run') figures.failed += 1;
    else if (kind !== 'run') figures[kind] += 1;
  }

  of(key: string): Figures {
    return this.#figures.get(key) ?? NOTHING;
  }

  total(): Figures {
    const sum = { ...NOTHING };
    for (const one of this.#figures.values()) {
      sum.runs += one.runs;
      sum.failed += one.failed;
      sum.refused += one.refused;
      sum.suppressed += one.suppressed;
      sum.stopped += one.stopped;
    }
    return sum;
  }
}
