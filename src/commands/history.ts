import { findOne } from '../plan/observe/find-owned.ts';
import { historyJson } from '../render/result/history-json.ts';
import { historyText } from '../render/result/history-text.ts';
import { zoneFor } from '../schedule/schedule-clock.ts';
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

/** `mxt history NAME`: the latest runs, as many pages of them as it takes. */
export function historyCommand(name: string, flags: HistoryFlags, io: Io): Promise<number> {
  return withRunReader(readWorkspace, flags, io, async ({ workspace, client }) => {
    const { id, fixed, patchable } = findOne(
      name,
      lookupIn(workspace, await client.listTriggers(), io.now()),
    );
    const read = await client.readRuns(id, flags.all ? Number.POSITIVE_INFINITY : flags.limit);
    const history = { name, trigger_id: id, ...read };
    printResult(flags, io, {
      json: () => historyJson(history),
      text: (colors) =>
        historyText(history, zoneFor(fixed.trigger_type, patchable.schedule_config), io.now(), colors),
    });
    return 0;
  });
}
