import type { Managed } from '../domain/plan.ts';
import { MxtError } from '../errors.ts';
import { planUnhold } from '../plan/decide/hold-actions.ts';
import type { Io } from '../terminal/io.ts';
import { type HoldAction, type HoldFlags, runHold } from './hold/run-hold.ts';

/**
 * `mxt resume NAME|--all`: takes holds off, and gives each trigger the status that it had before, or that its manifest has
 * given it since.
 */
export function resumeCommand(name: string | undefined, flags: HoldFlags, io: Io): Promise<0 | 1 | 130> {
  const prepare = (triggers: readonly Managed[]): HoldAction => ({
    actions: triggers.filter(({ label }) => label.hold !== null).map(planUnhold),
    hold: null,
    question: (count, namespace) =>
      `Take the hold off ${count} ${count === 1 ? 'trigger' : 'triggers'} in ${namespace}?`,
    done: 'each back to the status it would have without the hold',
    kept: [],
    nothing: () => notHeld(name, triggers),
  });
  return runHold(name, 'resume', prepare, flags, io);
}

function notHeld(name: string | undefined, triggers: readonly Managed[]): string {
  if (name === undefined) return 'Nothing is held.';
  if (triggers.every(({ status }) => status === 'active')) return `${name} is not held, and it is active.`;
  const [one] = triggers;
  const hint =
    one?.status === 'failed'
      ? 'mxt apply --resume-failed resumes what the service stopped.'
      : 'Set status: active in its manifest; the next mxt apply resumes it.';
  throw new MxtError('usage', `${name} is not held: it is ${one?.status}, but not by a hold of mxt`, {
    hint,
  });
}
