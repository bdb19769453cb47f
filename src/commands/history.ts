import type { RunReader } from '../api/run-client.ts';
import type { Execution } from '../domain/task.ts';
import { MxtError } from '../errors.ts';
import { findOne } from '../plan/observe/find-owned.ts';
import { historyJson } from '../render/result/history-json.ts';
import { historyText } from '../render/result/history-text.ts';
import { withRunReader } from '../session/session.ts';
import { lookupIn, readWorkspace } from '../session/workspace.ts';
import type { ServiceFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';
import { printResult } from '../terminal/output.ts';

export interface HistoryFlags extends ServiceFlags {
  readonly format: 'text' | 'json';
  readonly limit: number;
  readonly all?: boolean;
}

/** The most that the service gives at once. */
const PAGE = 1_000;
/** Far beyond any history: a list that goes on after that has no end. */
const MOST_RUNS = 200_000;

/** `mxt history NAME`: the latest runs, as many pages of them as it takes. */
export function historyCommand(name: string, flags: HistoryFlags, io: Io): Promise<number> {
  return withRunReader(readWorkspace, flags, io, async ({ workspace, client }) => {
    const { id } = findOne(name, lookupIn(workspace, await client.listTriggers(), io.now()));
    const read = await readRuns(client, id, flags.all ? Number.POSITIVE_INFINITY : flags.limit);
    const history = { name, trigger_id: id, ...read };
    printResult(flags, io, {
      json: () => historyJson(history),
      text: (colors) => historyText(history, io.now(), colors),
    });
    return 0;
  });
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
    if (found.size > MOST_RUNS) {
      throw new MxtError('incomplete', `the list of runs does not end: ${found.size} were read`);
    }
    const page = await client.listRuns(id, offset, Math.min(PAGE, most - found.size));
    const before = found.size;
    for (const run of page.runs) found.set(run.task_id, run);
    total = page.total;
    offset += page.runs.length;
    // Nothing new: the end, or a service that ignores the offset.
    if (offset >= total || found.size === before) break;
  }
  return { runs: [...found.values()].slice(0, most), total: Math.max(total, found.size) };
}
