import { statusMarkdown } from '../render/status/status-markdown.ts';
import { statusText } from '../render/status/status-text.ts';
import { withAttachedUnmanaged } from '../session/attached.ts';
import { readDesiredAndLive } from '../session/desired-and-live.ts';
import { planCode } from '../session/planner.ts';
import { readRepository } from '../session/repository.ts';
import { withReader } from '../session/session.ts';
import { statusOf } from '../status/status-report.ts';
import type { LiveFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';
import { colorsOn, printJson } from '../terminal/output.ts';
import { planDesiredAndLive } from './plan.ts';

export interface StatusFlags extends LiveFlags {
  readonly format: 'text' | 'json' | 'markdown';
  readonly exitCode?: boolean;
}

/** `mxt status`: every managed trigger on a line. One list, and never a call per trigger. */
export async function statusCommand(flags: StatusFlags, io: Io): Promise<0 | 1 | 2> {
  const planning = { ...flags, replace: [] };
  const sides = await withReader(readRepository, planning, io, async (session) =>
    withAttachedUnmanaged(await readDesiredAndLive(session, planning, io), session.client),
  );
  const plan = await planDesiredAndLive(sides, planning, io);
  const owned = sides.observed.owned.filter(({ id }) => !plan.unselected.has(id));
  const status = statusOf({ plan, owned, desired: sides.repository.desired });
  switch (flags.format) {
    case 'json':
      printJson(io, status);
      break;
    case 'markdown':
      io.out(statusMarkdown(status, io.now()));
      break;
    case 'text':
      io.out(statusText(status, io.now(), colorsOn(flags, io)));
      break;
    default:
      throw flags.format satisfies never;
  }
  return flags.exitCode ? planCode(plan, true) : 0;
}
