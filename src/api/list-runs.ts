import type { Execution } from '../domain/task.ts';
import { assertEnds, PAGE_LIMIT } from './list-all.ts';
import type { RunPage } from './run-answers.ts';

/**
 * The latest runs of a trigger, newest first, in as many pages as it takes. A run that begins meanwhile moves the
 * others on: each counts once.
 *
 * @param most how many are wanted
 * @throws MxtError `incomplete` where the history has no end
 */
export async function listRuns(
  readPage: (offset: number, limit: number) => Promise<RunPage>,
  most: number,
): Promise<RunPage> {
  const found = new Map<string, Execution>();
  let total = 0;
  for (let offset = 0, pages = 1; found.size < most; pages++) {
    assertEnds('runs', found.size, pages);
    const page = await readPage(offset, Math.min(PAGE_LIMIT, most - found.size));
    const before = found.size;
    for (const run of page.runs) found.set(run.task_id, run);
    total = page.total;
    offset += page.runs.length;
    // Nothing new: the end, or a service that ignores the offset.
    if (offset >= total || found.size === before) break;
  }
  return { runs: [...found.values()].slice(0, most), total: Math.max(total, found.size) };
}
