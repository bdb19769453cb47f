import type { OwnTask } from './task-log.ts';
import type { TriggerRuntime } from './trigger-runtime.ts';

/**
 * Something that an engine does at a moment. A class, as V8 takes what one literal makes for long-lived where the first
 * are, and a simulation then fills the memory with steps that are done.
 */
export class Step {
  /** Of a trigger's schedule there is one step, which is put back with the next run. */
  at: number;
  readonly kind: 'end' | 'due' | 'check';
  readonly order: number;
  readonly live: TriggerRuntime;
  readonly task: OwnTask | null;

  constructor(kind: Step['kind'], at: number, order: number, live: TriggerRuntime, task: OwnTask | null) {
    this.at = at;
    this.kind = kind;
    this.order = order;
    this.live = live;
    this.task = task;
  }
}

/** The earliest first; at one moment first what ends, then triggers in the order of their creation. */
export function inOrder(a: Step, b: Step): number {
  return a.at - b.at || Number(b.kind === 'end') - Number(a.kind === 'end') || a.order - b.order;
}
