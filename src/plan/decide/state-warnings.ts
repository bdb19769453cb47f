import type { Desired } from '../../domain/manifest.ts';
import type { Managed, Warning } from '../../domain/plan.ts';
import { describeHold } from '../../label/describe-hold.ts';
import type { Damaged } from '../observe/observe.ts';

/** `start_immediately` runs, and costs, at the moment of the write: worth a word before it. */
export function runsAtOnce(desired: Desired): Warning[] {
  if (desired.patchable.schedule_config['start_immediately'] !== true) return [];
  return [
    {
      code: 'runs_at_once',
      name: desired.name,
      message: 'start_immediately is true: it runs as soon as this is applied',
    },
  ];
}

/** A trigger of ours that nothing is planned for, since nobody knows what it says. */
export function unreadableWarning({ live, names, trouble }: Damaged): Warning[] {
  if (live.mxt_unreadable === undefined) return [];
  const message = `${live.trigger_id} ${trouble.what}: ${trouble.remedy}`;
  return [{ code: 'unreadable', name: names[0] ?? null, message }];
}

/** Whether {@link stateWarnings} says anything of it: of nearly all it does not. */
export function isWorthAWord({ status, held }: Managed): boolean {
  return status === 'failed' || held;
}

/** What a person should know about a trigger whether or not anything is to be done: its health, who holds it. */
export function stateWarnings(managed: Managed, resumeFailed: boolean): Warning[] {
  const { label, live } = managed;
  const warnings: Warning[] = [];
  if (managed.status === 'failed') {
    const failures = live.consecutive_failures;
    const times =
      typeof failures === 'number'
        ? ` after ${failures} ${failures === 1 ? 'failure' : 'failures'} in a row`
        : '';
    const last = live.last_execution_error ? `: ${live.last_execution_error}` : '';
    const out = resumeFailed ? '' : ' (apply --resume-failed resumes it)';
    warnings.push({
      code: 'failed',
      name: label.name,
      message: `the service stopped it${times}${last}${out}`,
    });
  }
  if (managed.held) {
    warnings.push({ code: 'held', name: label.name, message: describeHold(label) });
  }
  return warnings;
}
