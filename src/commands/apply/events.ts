import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { OnOutcome } from '../../apply/apply-operations.ts';
import type { Plan } from '../../domain/plan.ts';
import { type MxtError, usageError } from '../../errors.ts';
import { eventJson } from '../../render/result/event-json.ts';
import type { Io } from '../../terminal/io.ts';
import { type LineFile, openLineFile } from '../../terminal/line-file.ts';

/** `apply --events`: a line an outcome, for one plan or, one after the other, for those of several environments. */
export interface Events {
  /**
   * Before the service is called for the first time: where the file cannot be written, nothing is applied.
   *
   * @param manifests those that were read: none is written over
   * @throws MxtError `usage`
   */
  open(manifests: readonly { readonly real: string }[]): void;
  of(plan: Plan): OnOutcome;
  /** @throws MxtError `usage` where a line could not be written: what was done is said before */
  close(): void;
}

/** @param path null where nobody wants them */
export function eventsTo(path: string | null, io: Io): Events {
  let file: LineFile | null = null;
  return {
    open(manifests) {
      if (path === null || file !== null) return;
      const real = realPathOf(resolve(io.cwd, path));
      if (manifests.some((one) => one.real === real)) throw taken(path, 'a manifest');
      file = openLineFile(io, path);
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
    throw taken(events, what);
  }
}

function taken(events: string, what: string): MxtError {
  return usageError(`--events ${events}: that is ${what}`, 'Name another file.');
}

/** Null where there is no such file yet. */
function realPathOf(path: string): string | null {
  try {
    return realpathSync.native(path);
  } catch {
    return null;
  }
}
