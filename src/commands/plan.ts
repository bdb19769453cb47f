import { createReadClient } from '../api/client.ts';
import { isDeliberate } from '../apply/converge.ts';
import { printableJson } from '../lib/printable.ts';
import { planJson } from '../render/plan-json.ts';
import { planText } from '../render/plan-text.ts';
import { colorsFor } from '../render/style.ts';
import { colored } from './colored.ts';
import type { PlanFlags } from './flags.ts';
import type { Io } from './io.ts';
import { planFails, plannerFor } from './planning.ts';
import { readRepository, refuseEmpty } from './repository.ts';
import { writeJson } from './save.ts';
import { openService } from './service.ts';

export interface PlanCommandFlags extends PlanFlags {
  readonly out?: string;
  readonly detailedExitcode?: boolean;
}

/** `mxt plan`: manifests → desired, service → live, both → plan, plan → text. Writes nothing but `--out`. */
export async function planCommand(flags: PlanCommandFlags, io: Io): Promise<number> {
  const repository = await readRepository(flags, io);
  refuseEmpty(repository, flags.allowEmpty === true);
  const service = await openService(repository.root, flags, io);
  const client = createReadClient(service.clientOptions);
  try {
    const plan = await plannerFor(repository, service, flags, io).plan(await client.listTriggers());
    if (flags.out !== undefined) await writeJson(io, flags.out, planJson(plan));
    if (flags.format === 'json') io.out(`${printableJson(planJson(plan))}\n`);
    else io.out(planText(plan, colorsFor(colored(flags, io))));
    if (planFails(plan)) return 1;
    return flags.detailedExitcode && !plan.operations.every(isDeliberate) ? 2 : 0;
  } finally {
    await client.close();
    await service.close();
  }
}
