import type { RunClient } from '../api/run-client.ts';
import type { Managed } from '../domain/plan.ts';
import type { Task } from '../domain/task.ts';
import { ApiError, MxtError, usageError } from '../errors.ts';
import { describeHold } from '../label/describe-hold.ts';
import { printable } from '../lib/printable.ts';
import { parseDuration } from '../lib/when.ts';
import { findOne } from '../plan/observe/find-owned.ts';
import { type RunReport, runCode, runJson, runText } from '../render/result/run-report.ts';
import { withRunner } from '../session/session.ts';
import { lookupIn, readWorkspace } from '../session/workspace.ts';
import type { ServiceFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';
import { printResult } from '../terminal/output.ts';
import { follow } from './run/follow.ts';
import { watchFor } from './run/watch.ts';

export interface RunFlags extends ServiceFlags {
  readonly format: 'text' | 'json';
  readonly wait?: boolean;
  readonly timeout: string;
}

/** `mxt run NAME`: runs a trigger once, now; with `--wait` it follows the run to its end. */
export async function runCommand(name: string, flags: RunFlags, io: Io): Promise<0 | 1 | 130> {
  const timeoutMs = readTimeout(flags.timeout);
  return withRunner(readWorkspace, flags, io, async ({ workspace, client, gate }) => {
    const trigger = findOne(name, lookupIn(workspace, await client.listTriggers(), io.now()));
    if (trigger.held) {
      io.err(`${printable(`${name} is ${describeHold(trigger.label)}`)}; it runs this once nevertheless\n`);
    }
    const started = io.now().getTime();
    const task = await gate.suspend(() => start(name, trigger, client));
    const followed: Followed = flags.wait
      ? await wait(task, trigger, timeoutMs, client, flags, io)
      : { task, ended: 'started' };
    const waitedMs = io.now().getTime() - started;
    const report: RunReport = { name, trigger_id: trigger.id, ...followed, waitedMs };
    printResult(flags, io, { json: () => runJson(report), text: (colors) => runText(report, colors) });
    return runCode(report);
  });
}

function readTimeout(text: string): number {
  const ms = parseDuration(text);
  if (ms !== null) return ms;
  throw usageError(`--timeout ${text} is not a duration`, 'Write 90s, 30m or 2h.');
}

/** Sent once: a run costs credits, so where it may have begun, a person looks before starting another. */
async function start(name: string, { id }: Managed, client: RunClient): Promise<Task> {
  try {
    return await client.execute(id);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    // A state that forbids it is a 409, or a 400 where the service documents no other.
    if (error.failure.status === 409 || error.failure.status === 400) {
      throw new MxtError(error.code, error.message, {
        hint: `Nothing was started: its state forbids it, or its resource is busy. See mxt history ${name}`,
        cause: error,
      });
    }
    if (!error.failure.ambiguous) throw error;
    throw new MxtError(error.code, `${error.message}; the run may have begun all the same`, {
      hint: `It was not sent again. Check first: mxt history ${name}`,
      cause: error,
    });
  }
}

type Followed = Pick<RunReport, 'task' | 'ended'>;

async function wait(
  started: Task,
  trigger: Managed,
  timeoutMs: number,
  client: RunClient,
  flags: RunFlags,
  io: Io,
): Promise<Followed> {
  const watch = watchFor(trigger.label.name, flags, io);
  let task = started;
  const seen = (now: Task) => {
    task = now;
    watch.seen(now);
  };
  try {
    io.interrupted.throwIfAborted();
    const end = await follow(started, { client, triggerId: trigger.id, timeoutMs, seen }, io);
    return { task, ended: end === null ? 'timeout' : 'ended' };
  } catch (error) {
    if (io.interrupted.aborted) return { task, ended: 'interrupted' };
    throw error;
  } finally {
    watch.ended();
  }
}
