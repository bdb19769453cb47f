import { resolve } from 'node:path';
import type { OnOutcome } from '../../apply/apply-operations.ts';
import type { Plan } from '../../domain/plan.ts';
import { usageError } from '../../errors.ts';
import { eventJson } from '../../render/result/event-json.ts';
import type { Io } from '../../terminal/io.ts';
import { type LineFile, openLineFile } from '../../terminal/line-file.ts';

/** `apply --events`: a line an outcome, for one plan or, one after the other, for those of several environments. */
export interface Events {
  /**
   * Before the service is called for the first time: where the file cannot be written, nothing is applied.
   *
   * @throws MxtError `usage`
   */
  open(): void;
  of(plan: Plan): OnOutcome;
  /** @throws MxtError `usage` where a line could not be written: what was done is said before */
  close(): void;
}

/** @param path null where nobody wants them */
export function eventsTo(path: string | null, io: Io): Events {
  let file: LineFile | null = null;
  return {
    open() {
      if (path !== null) file ??= openLineFile(io, path);
    },
    of: (plan) => (outcome) => file?.write(eventJson(outcome, plan, io.now())),
    close: () => file?.close(),
  };
}

/** Events would take the place of what another flag names. @throws MxtError `usage` */
export function checkEventsFile(
  events: string | undefined,
  others: Readonly<Record<string, string | undefined>>,
  { cwd }: Pick<Io, 'cwd'>,
): void {
  if (events === undefined) return;
  for (const [what, path] of Object.entries(others)) {
    if (path === undefined || resolve(cwd, path) !== resolve(cwd, events)) continue;
    throw usageError(`--events ${events}: that is ${what}`, 'Name another file.');
  }
}
