import type { WriteClient } from '../api/client.ts';
import { applyOperations, type OnOutcome } from '../apply/apply-operations.ts';
import type { Outcome } from '../apply/outcome.ts';
import type { Operation } from '../domain/plan.ts';
import type { ServiceFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';
import { progressFor } from '../terminal/progress.ts';
import type { WriteSession } from './session.ts';

/** Carries out operations and shows how they end. Ctrl-C lets those in flight finish, and starts no other. */
export function send(
  operations: readonly Operation[],
  { client, gate }: WriteSession<unknown, WriteClient>,
  flags: ServiceFlags,
  io: Io,
  onOutcome?: OnOutcome,
): Promise<Outcome[]> {
  return gate.suspend(() =>
    applyOperations(operations, {
      client,
      concurrency: flags.concurrency,
      stop: io.interrupted,
      progress: progressFor(flags, io),
      onOutcome,
    }),
  );
}
