import { createReadClient } from '../api/client.ts';
import { preloadTransport } from '../api/transport/preload.ts';
import { isDeliberate, type Plan } from '../domain/plan.ts';
import { printableJson } from '../lib/printable.ts';
import { selects } from '../plan/match/selection.ts';
import { observe } from '../plan/observe/observe.ts';
import { statusMarkdown } from '../render/status/status-markdown.ts';
import { statusText } from '../render/status/status-text.ts';
import { colorsFor } from '../render/text/colors.ts';
import { planFails, plannerFor } from '../session/planner.ts';
import { readRepository } from '../session/repository.ts';
import { resolveReferences } from '../session/resolve-references.ts';
import { openService } from '../session/service.ts';
import { statusOf } from '../status/status-report.ts';
import { colored } from '../terminal/colored.ts';
import type { LiveFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';

export interface StatusFlags extends LiveFlags {
  readonly format: 'text' | 'json' | 'markdown';
  readonly exitCode?: boolean;
}

/** `mxt status`: every managed trigger on a line. One list, and never a call per trigger. */
export async function statusCommand(flags: StatusFlags, io: Io): Promise<0 | 1 | 2> {
  preloadTransport();
  const repository = await readRepository(flags, io);
  const service = await openService(repository, flags, io);
  const client = createReadClient(service.clientOptions);
  try {
    const [settled, live] = await Promise.all([
      resolveReferences(repository, flags, client),
      client.listTriggers(),
    ]);
    const plan = await plannerFor(settled, service, { ...flags, replace: [] }, io).plan(live);
    const owned = observe(live, settled.config.owner, io.now()).owned.filter(({ label }) =>
      selects(flags, label.name),
    );
    const status = statusOf({ plan, owned, desired: settled.desired });
    switch (flags.format) {
      case 'json':
        io.out(`${printableJson(status)}\n`);
        break;
      case 'markdown':
        io.out(statusMarkdown(status, io.now()));
        break;
      case 'text':
        io.out(statusText(status, io.now(), colorsFor(colored(flags, io))));
        break;
      default:
        throw flags.format satisfies never;
    }
    return flags.exitCode ? codeOf(plan) : 0;
  } finally {
    await client.close();
    await service.close();
  }
}

/** As `plan --detailed-exitcode` would end. */
function codeOf(plan: Plan): 0 | 1 | 2 {
  if (planFails(plan)) return 1;
  return plan.operations.every(isDeliberate) ? 0 : 2;
}
