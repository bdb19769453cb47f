import type { Run } from '../../../generated/run.d.ts';
import { outcomeOf, type Task } from '../../domain/task.ts';
import { printable } from '../../lib/printable.ts';
import { FORMAT_VERSION } from '../plan/plan-json.ts';
import type { Colors } from '../text/colors.ts';
import { showDuration } from '../text/time.ts';

/** A run as far as it was followed. */
export interface RunReport {
  readonly name: string;
  readonly trigger_id: string;
  /** As it was seen last. */
  readonly task: Task;
  /** Whether it was followed to its end; `started`: nobody asked to. */
  readonly ended: 'started' | 'ended' | 'timeout' | 'interrupted';
  readonly waitedMs: number;
}

export function runJson({ name, trigger_id, task, ended, waitedMs }: RunReport): Run {
  return {
    format_version: FORMAT_VERSION,
    name,
    trigger_id,
    task_id: task.task_id,
    status: task.status,
    outcome: ended === 'ended' ? outcomeOf(task.status) : ended,
    error: task.error,
    waited_ms: waitedMs,
  };
}

/** 0 where it is done or has begun as asked; a run that the service skipped had nothing to do. */
export function runCode({ task, ended }: RunReport): 0 | 1 | 130 {
  if (ended === 'interrupted') return 130;
  if (ended === 'timeout') return 1;
  const outcome = outcomeOf(task.status);
  return outcome === 'failed' || outcome === 'partly' ? 1 : 0;
}

export function runText(report: RunReport, colors: Colors): string {
  const { name, task, ended, waitedMs } = report;
  const status = printable(task.status);
  const id = colors.dim(printable(task.task_id));
  const about = `${printable(name)}: `;
  const later = `mxt history ${printable(name)} shows how it ends`;
  const error = task.error === null ? '' : `: ${printable(task.error)}`;
  switch (ended) {
    case 'started':
      return `${about}started ${id} (${status}). ${later}.\n`;
    case 'timeout':
      return `${about}${colors.yellow(`still ${status}`)} after ${showDuration(waitedMs)} ${id}. It continues: ${later}.\n`;
    case 'interrupted':
      return `${about}${colors.yellow('no longer followed')} ${id} (${status}). It continues: ${later}.\n`;
    case 'ended': {
      const paint = runCode(report) === 0 ? colors.green : colors.red;
      return `${about}${paint(status)} after ${showDuration(waitedMs)} ${id}${error}\n`;
    }
    default:
      return ended satisfies never;
  }
}
