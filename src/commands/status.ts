import { createReadClient } from '../api/client.ts';
import { preloadTransport } from '../api/preload.ts';
import { isDeliberate } from '../apply/converge.ts';
import type { Plan } from '../domain/plan.ts';
import { printableJson } from '../lib/printable.ts';
import { classify } from '../plan/classify.ts';
import { selects } from '../plan/select.ts';
import { statusMarkdown } from '../render/status-markdown.ts';
import { statusText } from '../render/status-text.ts';
import { colorsFor } from '../render/style.ts';
import { statusOf } from '../status/status.ts';
import { colored } from './colored.ts';
import type { LiveFlags } from './flags.ts';
import type { Io } from './io.ts';
import { planFails, plannerFor } from './planning.ts';
import { readRepository } from './repository.ts';
import { settle } from './resources.ts';
import { openService } from './service.ts';

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
    const [settled, live] = await Promise.all([settle(repository, flags, client), client.listTriggers()]);
    const plan = await plannerFor(settled, service, { ...flags, replace: [] }, io).plan(live);
    const ours = classify(live, settled.config.owner).ours.filter(({ label }) => selects(flags, label.name));
    const status = statusOf({ plan, ours, desired: settled.desired, now: io.now() });
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
