import type { Status } from '../../generated/status.d.ts';
import { countUnhealthy } from '../domain/health.ts';
import type { Plan } from '../domain/plan.ts';
import { printable } from '../lib/printable.ts';
import { statusMarkdown } from '../render/status/status-markdown.ts';
import { statusText } from '../render/status/status-text.ts';
import { statusCounts } from '../render/status/status-words.ts';
import { withAttachedUnmanaged } from '../session/attached.ts';
import { readDesiredAndLive } from '../session/desired-and-live.ts';
import { inEnvironments } from '../session/environments.ts';
import { planCode } from '../session/planner.ts';
import type { Repository } from '../session/repository.ts';
import { type ReadWorkspace, withReader } from '../session/session.ts';
import { statusOf } from '../status/status-report.ts';
import { printDocuments } from '../terminal/documents.ts';
import type { LiveFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';
import { planDesiredAndLive } from './plan.ts';

export interface StatusFlags extends LiveFlags {
  readonly format: 'text' | 'json' | 'markdown';
  readonly exitCode?: boolean;
  readonly allEnvironments?: boolean;
  readonly unhealthy?: boolean;
  readonly outOfSync?: boolean;
  readonly sort: 'name' | 'next';
}

interface Told {
  readonly status: Status;
  readonly code: 0 | 1 | 2 | 3;
}

/** `mxt status`: every managed trigger on a line. One list, and never a call per trigger. */
export function statusCommand(flags: StatusFlags, io: Io): Promise<number> {
  const { format } = flags;
  return inEnvironments(flags, io, {
    one: statusOfEnvironment,
    code: ({ code }) => (flags.exitCode ? code : 0),
    counts: ({ status }) => statusCounts(status),
    output: (several) =>
      printDocuments(flags, io, 'statuses', several, {
        json: ({ status }) => status,
        text: ({ status }, colors) =>
          format === 'markdown' ? statusMarkdown(status, io.now()) : statusText(status, io.now(), colors),
      }),
  });
}

/** What is out of sync wins over what is unhealthy: an apply comes first. */
function statusCode(plan: Plan): 0 | 1 | 2 | 3 {
  const code = planCode(plan, true);
  return code === 0 && countUnhealthy(plan.health) > 0 ? 3 : code;
}

async function statusOfEnvironment(
  read: ReadWorkspace<Repository, StatusFlags>,
  flags: StatusFlags,
  io: Io,
): Promise<Told> {
  const planning = { ...flags, replace: [] };
  const sides = await withReader(read, planning, io, async (session) =>
    withAttachedUnmanaged(await readDesiredAndLive(session, planning, io), session.client),
  );
  const plan = await planDesiredAndLive(sides, planning, io);
  const owned = sides.observed.owned.filter(({ id }) => !plan.unselected.has(id));
  for (const { guard, message } of plan.guards)
    io.err(`an apply would be refused (${guard}): ${printable(message)}\n`);
  const status = statusOf({ plan, owned, desired: sides.repository.desired, view: flags });
  return { status, code: statusCode(plan) };
}
