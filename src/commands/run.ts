import { createRunClient, type RunClient } from '../api/run-client.ts';
import { preloadTransport } from '../api/transport/preload.ts';
import type { Managed } from '../domain/plan.ts';
import type { Task } from '../domain/task.ts';
import { ApiError, MxtError } from '../errors.ts';
import { printable, printableJson } from '../lib/printable.ts';
import { parseDuration } from '../lib/when.ts';
import { findOne } from '../plan/observe/find-owned.ts';
import { describeHold } from '../plan/observe/hold.ts';
import { type RunReport, runCode, runJson, runText } from '../render/result/run-report.ts';
import { colorsFor } from '../render/text/colors.ts';
import { lookupIn, readOwner } from '../session/owned.ts';
import { openService } from '../session/service.ts';
import { colored } from '../terminal/colored.ts';
import type { ServiceFlags } from '../terminal/flags.ts';
import { InterruptGate } from '../terminal/interrupt-gate.ts';
import type { Io } from '../terminal/io.ts';
import { follow } from './run/follow.ts';
import { watchFor } from './run/watch.ts';

export interface RunFlags extends ServiceFlags {
  readonly format: 'text' | 'json';
  readonly wait?: boolean;
  readonly timeout: string;
}

/** `mxt run NAME`: runs a trigger now, once, and follows it to its end where that is wanted. */
export async function runCommand(name: string, flags: RunFlags, io: Io): Promise<0 | 1 | 130> {
  const timeoutMs = readTimeout(flags.timeout);
  preloadTransport();
  const ours = await readOwner(flags, io);
  const reading = new InterruptGate(io.interrupted, () =>
    io.err('interrupted: the call in flight ends first; once more ends at once\n'),
  );
  const service = await openService(ours, flags, io, reading.signal);
  const client = createRunClient(service.clientOptions);
  try {
    const trigger = findOne(name, lookupIn(ours, await client.listTriggers(), io.now()));
    if (trigger.held) {
      io.err(`${printable(`${name} is ${describeHold(trigger.label)}`)}; it runs this once all the same\n`);
    }
    const started = io.now().getTime();
    const task = await reading.suspend(() => start(name, trigger, client));
    const followed: Followed = flags.wait
      ? await wait(task, trigger, timeoutMs, client, flags, io)
      : { task, ended: 'started' };
    const waitedMs = io.now().getTime() - started;
    const report: RunReport = { name, trigger_id: trigger.id, ...followed, waitedMs };
    if (flags.format === 'json') io.out(`${printableJson(runJson(report))}\n`);
    else io.out(runText(report, colorsFor(colored(flags, io))));
    return runCode(report);
  } finally {
    await client.close();
    await service.close();
  }
}

function readTimeout(text: string): number {
  const ms = parseDuration(text);
  if (ms !== null) return ms;
  throw new MxtError('usage', `--timeout ${text}: this is no duration`, { hint: 'Write 90s, 30m or 2h.' });
}

/** Sent once: a run costs credits, so where nobody knows whether it began a person looks before another one does. */
async function start(name: string, { id }: Managed, client: RunClient): Promise<Task> {
  try {
    return await client.execute(id);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.failure.status === 409) {
      throw new MxtError(error.code, error.message, {
        hint: `Nothing was started: its state forbids it, or what it runs on is busy. Look: mxt history ${name}`,
        cause: error,
      });
    }
    if (!error.failure.ambiguous) throw error;
    throw new MxtError(error.code, `${error.message}; it may have begun all the same`, {
      hint: `It was not sent again. Look first: mxt history ${name}`,
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
