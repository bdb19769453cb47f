import { createRunReader, type RunReader } from '../api/run-client.ts';
import { preloadTransport } from '../api/transport/preload.ts';
import type { Execution } from '../domain/task.ts';
import { printableJson } from '../lib/printable.ts';
import { findOne } from '../plan/observe/find-owned.ts';
import { historyJson } from '../render/result/history-json.ts';
import { historyText } from '../render/result/history-text.ts';
import { colorsFor } from '../render/text/colors.ts';
import { lookupIn, readOwner } from '../session/owned.ts';
import { openService } from '../session/service.ts';
import { colored } from '../terminal/colored.ts';
import type { ServiceFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';

export interface HistoryFlags extends ServiceFlags {
  readonly format: 'text' | 'json';
  readonly limit: number;
  readonly all?: boolean;
}

/** The most that the service gives at once. */
const PAGE = 1_000;

/** `mxt history NAME`: the latest runs, as many pages of them as it takes. */
export async function historyCommand(name: string, flags: HistoryFlags, io: Io): Promise<0> {
  preloadTransport();
  const ours = await readOwner(flags, io);
  const service = await openService(ours, flags, io);
  const client = createRunReader(service.clientOptions);
  try {
    const { id } = findOne(name, lookupIn(ours, await client.listTriggers(), io.now()));
    const read = await readRuns(client, id, flags.all ? Number.POSITIVE_INFINITY : flags.limit);
    const history = { name, trigger_id: id, ...read };
    if (flags.format === 'json') io.out(`${printableJson(historyJson(history))}\n`);
    else io.out(historyText(history, io.now(), colorsFor(colored(flags, io))));
    return 0;
  } finally {
    await client.close();
    await service.close();
  }
}

/** Newest first. A run that begins meanwhile moves the others on: each counts once. */
async function readRuns(
  client: RunReader,
  id: string,
  most: number,
): Promise<{ readonly runs: readonly Execution[]; readonly total: number }> {
  const found = new Map<string, Execution>();
  let total = 0;
  for (let offset = 0; found.size < most; ) {
    const page = await client.listRuns(id, offset, Math.min(PAGE, most - found.size));
    const before = found.size;
    for (const run of page.runs) found.set(run.task_id, run);
    total = page.total;
    offset += page.runs.length;
    // Nothing new is the end, or a service that does not look at the offset.
    if (offset >= total || found.size === before) break;
  }
  return { runs: [...found.values()].slice(0, most), total: Math.max(total, found.size) };
}
