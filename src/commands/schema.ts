import config from '../../schemas/config.schema.json' with { type: 'json' };
import plan from '../../schemas/plan.schema.json' with { type: 'json' };
import schedule from '../../schemas/schedule.schema.json' with { type: 'json' };
import simulation from '../../schemas/simulation.schema.json' with { type: 'json' };
import status from '../../schemas/status.schema.json' with { type: 'json' };
import trigger from '../../schemas/trigger.schema.json' with { type: 'json' };
import type { Io } from '../terminal/io.ts';

/** The schemas that are shipped: what the tool enforces, and what editors complete from. */
const SCHEMAS = { trigger, config, plan, status, schedule, simulation } as const;

export function schemaCommand({ of }: { readonly of: keyof typeof SCHEMAS }, io: Io): number {
  io.out(`${JSON.stringify(SCHEMAS[of], null, 2)}\n`);
  return 0;
}
