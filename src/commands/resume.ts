import type { Managed } from '../domain/plan.ts';
import { MxtError } from '../errors.ts';
import { planUnhold } from '../plan/decide/hold-actions.ts';
import type { Io } from '../terminal/io.ts';
import { type HoldFlags, runHold } from './hold/run-hold.ts';

/** `mxt resume NAME|--all`: takes holds off, and gives each trigger the status that it had. */
export function resumeCommand(name: string | undefined, flags: HoldFlags, io: Io): Promise<0 | 1 | 130> {
  return runHold(
    name,
    {
      verb: 'resume',
      actions: (ours) => ours.filter(({ label }) => label.hold !== null).map(planUnhold),
      question: (count, namespace) =>
        `Take the hold off ${count} ${count === 1 ? 'trigger' : 'triggers'} in ${namespace}?`,
      done: 'each as it was before it was held',
      nothing: (ours) => notHeld(name, ours),
    },
    flags,
    io,
  );
}

function notHeld(name: string | undefined, ours: readonly Managed[]): string {
  if (name === undefined) return 'Nothing is held.';
  if (ours.every(({ status }) => status === 'active')) return `${name} is not held, and it is active.`;
  const [one] = ours;
  const hint =
    one?.status === 'failed'
      ? 'mxt apply --resume-failed resumes what the service stopped.'
      : 'Say status: active in its manifest, then mxt apply resumes it.';
  throw new MxtError('usage', `${name} is not held: it is ${one?.status}, and no hold of mxt did that`, {
    hint,
  });
}
